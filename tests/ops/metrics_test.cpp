#include "ops/metrics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "ops/metric_labels.hpp"
#include "support/golden.hpp"

namespace wasl::test {
namespace {

using core::Deed;
using core::Outcome;
using core::Reason;
using std::chrono::nanoseconds;

// The page's samples: "name{labels}" and value.
std::map<std::string, std::string> samples_of(const ops::Metrics& metrics) {
  std::map<std::string, std::string> samples;
  std::istringstream page(ops::metrics_page(metrics));
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t space = line.rfind(' ');
    const bool fresh = samples.emplace(line.substr(0, space), line.substr(space + 1)).second;
    EXPECT_TRUE(fresh) << line;
  }
  return samples;
}

std::string value_of(const ops::Metrics& metrics, const std::string& sample) {
  const auto samples = samples_of(metrics);
  const auto found = samples.find(sample);
  return found == samples.end() ? "absent" : found->second;
}

// Of as many funds, in each of which five held claims wait, two of them late.
core::PendingReport pending(std::size_t funds) {
  core::PendingReport report;
  report.at = core::Instant{std::chrono::seconds{1'000}};
  report.took = std::chrono::milliseconds{250};
  for (std::size_t i = 0; i < funds; ++i) {
    core::FundPending& fund = report.funds.emplace_back();
    fund.fund = *core::FundCode::make("FUND" + std::to_string(10 + i));
    fund.states[static_cast<std::size_t>(core::PendingState::kHeldForCentre)] = {
        .items = 5, .late = 2, .oldest = report.at - std::chrono::seconds{300 + i}};
    fund.day_began = core::Instant{std::chrono::seconds{900}};
  }
  return report;
}

TEST(Metrics, ExportThePinnedSeriesFromTheStart) {
  ops::Metrics metrics("0.0.0");
  metrics.pending(pending(1));
  std::istringstream page(ops::metrics_page(metrics));
  Golden golden("metrics.txt", "Every series. Alerts and dashboards name them.");
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("# HELP") || line.find("_bucket{") != std::string::npos) continue;
    const bool sample = !line.starts_with('#');
    golden.add_line(sample ? line.substr(0, line.rfind(' ')) : line);
  }
  golden.check();
}

TEST(Metrics, HaveTheSameSeriesWhateverHappened) {
  ops::Metrics metrics("0.0.0");
  const auto before = samples_of(metrics);
  metrics.decided(Deed::kSubmitClaim, Outcome::kDeclined, Reason::kCardOpposed);
  metrics.line_declined(Reason::kHistoryFull);
  metrics.stage(core::Stage::kTotal, nanoseconds{1});
  metrics.connection_opened(core::Role::kDesk);
  metrics.ready(true);
  const auto after = samples_of(metrics);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin(), after.end(),
                         [](const auto& a, const auto& b) { return a.first == b.first; }));
}

// What `promtool check metrics` looks at.
TEST(Metrics, FollowTheTextFormatAndItsNamingRules) {
  std::istringstream page(ops::metrics_page(ops::Metrics("0.0.0")));
  const std::regex sample(
      R"re(([a-z_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+|.*_bucket\{.*le="[^"]+"\} 0)re");
  std::set<std::string> families;
  std::string family;
  std::string type;
  for (std::string line; std::getline(page, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "#") {
      words >> word;
      std::string name;
      words >> name;
      if (word == "HELP") {
        EXPECT_TRUE(families.insert(name).second) << name << " twice";
        family = name;
        EXPECT_TRUE(line.ends_with('.')) << line;
      } else {
        EXPECT_EQ(word, "TYPE");
        EXPECT_EQ(name, family);
        words >> type;
        EXPECT_EQ(name.ends_with("_total"), type == "counter") << name;
      }
      EXPECT_TRUE(name.starts_with("wasl_")) << name;
      continue;
    }
    EXPECT_TRUE(std::regex_match(line, sample)) << line;
    EXPECT_TRUE(line.starts_with(family)) << line;
    for (const char* unit : {"_ms", "_milliseconds", "_microseconds", "_kib", "_percent"}) {
      EXPECT_EQ(family.find(unit), std::string::npos) << family;
    }
  }
  EXPECT_GT(families.size(), 25U);
}

TEST(Metrics, CountClaimsByOutcomeAndReason) {
  ops::Metrics metrics("0.0.0");
  metrics.decided(Deed::kSubmitClaim, Outcome::kApproved, Reason::kNone);
  metrics.decided(Deed::kSubmitClaim, Outcome::kApproved, Reason::kNone);
  metrics.decided(Deed::kSubmitClaim, Outcome::kApprovedPartially, Reason::kNone);
  metrics.decided(Deed::kSubmitClaim, Outcome::kDeclined, Reason::kCardOpposed);
  metrics.decided(Deed::kQuoteClaim, Outcome::kDeclined, Reason::kCardOpposed);
  metrics.decided(Deed::kConfirmClock, Outcome::kApproved, Reason::kNone);
  metrics.line_declined(Reason::kRefillTooSoon);
  EXPECT_EQ(value_of(metrics, R"(wasl_claims_total{outcome="approved",reason="NONE"})"), "2");
  EXPECT_EQ(value_of(metrics, R"(wasl_claims_total{outcome="approved_partially",reason="NONE"})"),
            "1");
  EXPECT_EQ(value_of(metrics, R"(wasl_claims_total{outcome="declined",reason="CARD_OPPOSED"})"),
            "1");
  EXPECT_EQ(value_of(metrics, R"(wasl_claim_lines_declined_total{reason="REFILL_TOO_SOON"})"), "1");
  EXPECT_EQ(
      value_of(metrics, R"(wasl_requests_decided_total{deed="submit_claim",result="granted"})"),
      "3");
  EXPECT_EQ(
      value_of(metrics, R"(wasl_requests_decided_total{deed="quote_claim",result="refused"})"),
      "1");
  EXPECT_EQ(
      value_of(metrics, R"(wasl_requests_decided_total{deed="confirm_clock",result="granted"})"),
      "1");
}

TEST(Metrics, CountEveryReasonOfTheTable) {
  for (const core::ReasonEntry& entry : core::reasons()) {
    ops::Metrics metrics("0.0.0");
    metrics.decided(Deed::kSubmitClaim, Outcome::kDeclined, entry.reason);
    metrics.line_declined(entry.reason);
    int counted = 0;
    for (const auto& [sample, value] : samples_of(metrics)) {
      const bool names_it = sample.find('"' + std::string(entry.name) + '"') != std::string::npos;
      if (names_it && value == "1") ++counted;
    }
    EXPECT_EQ(counted, entry.reason == Reason::kNone ? 0 : 1) << entry.name;
  }
}

TEST(Metrics, PutADurationAtABoundIntoItsBucket) {
  ops::Metrics metrics("0.0.0");
  metrics.stage(core::Stage::kSync, nanoseconds{1'000'000});
  metrics.stage(core::Stage::kSync, nanoseconds{1'000'001});
  metrics.stage(core::Stage::kSync, std::chrono::seconds{100});
  metrics.stage(core::Stage::kSync, nanoseconds{-5});
  const auto bucket = [&](const std::string& bound) {
    return value_of(metrics,
                    R"(wasl_stage_duration_seconds_bucket{stage="sync",le=")" + bound + R"("})");
  };
  EXPECT_EQ(bucket("0.0005"), "1") << "a clock that ran backwards counts as no time";
  EXPECT_EQ(bucket("0.001"), "2");
  EXPECT_EQ(bucket("0.0025"), "3");
  EXPECT_EQ(bucket("10"), "3");
  EXPECT_EQ(bucket("+Inf"), "4");
  EXPECT_EQ(value_of(metrics, R"(wasl_stage_duration_seconds_count{stage="sync"})"), "4");
  const std::string sum = value_of(metrics, R"(wasl_stage_duration_seconds_sum{stage="sync"})");
  EXPECT_NEAR(std::strtod(sum.c_str(), nullptr), 100.002000001, 1e-6);
  EXPECT_EQ(value_of(metrics, R"(wasl_stage_duration_seconds_count{stage="apply"})"), "0");
}

TEST(Metrics, ShowHowFarStoreAndHeadAreBehind) {
  ops::Metrics metrics("0.0.0");
  metrics.journal_synced(4'096, 100);
  metrics.journal_head(90);
  metrics.store_applied(40);
  EXPECT_EQ(value_of(metrics, "wasl_journal_bytes_total"), "4096");
  EXPECT_EQ(value_of(metrics, "wasl_journal_sequence"), "100");
  EXPECT_EQ(value_of(metrics, "wasl_journal_head_lag_records"), "10");
  EXPECT_EQ(value_of(metrics, "wasl_store_lag_records"), "60");
  metrics.store_applied(101);
  EXPECT_EQ(value_of(metrics, "wasl_store_lag_records"), "0") << "reported in any order";
}

TEST(Metrics, CountEverythingElseUnderItsOwnName) {
  ops::Metrics metrics("1.2.3");
  metrics.busy(core::BusyCause::kDisk);
  metrics.busy(core::BusyCause::kKeys);
  metrics.refused(core::Refusal::kRequestIdReused);
  metrics.repeated();
  metrics.group_committed(64);
  metrics.queue_depth(5);
  metrics.parked(6);
  metrics.cache(10, 2);
  metrics.accept_refused(core::AcceptRefusal::kAddressLimit);
  metrics.handshake_done(core::HandshakeResult::kCertificateLimit);
  metrics.frame_refused(core::FrameRefusal::kSlow);
  metrics.connection_opened(core::Role::kCentre);
  metrics.connection_opened(core::Role::kCentre);
  metrics.connection_closed(core::Role::kCentre, core::CloseCause::kStopping);
  metrics.disk_free(7);
  metrics.disk_reserve(8);
  metrics.clock_alarm(true);
  metrics.ready(true);
  metrics.reloaded(true);
  metrics.reloaded(true);
  metrics.reloaded(false);
  metrics.log_left_out(12);
  metrics.expires(ops::Expiring::kRevocationList, core::Instant{std::chrono::seconds{9}});
  const std::pair<const char*, const char*> expected[] = {
      {R"(wasl_busy_total{cause="disk"})", "1"},
      {R"(wasl_busy_total{cause="keys"})", "1"},
      {R"(wasl_refused_total{cause="request_id_reused"})", "1"},
      {"wasl_repeats_total", "1"},
      {R"(wasl_group_commands_bucket{le="32"})", "0"},
      {R"(wasl_group_commands_bucket{le="64"})", "1"},
      {"wasl_group_commands_sum", "64"},
      {"wasl_queue_commands", "5"},
      {"wasl_parked_commands", "6"},
      {"wasl_cache_hits_total", "10"},
      {"wasl_cache_misses_total", "2"},
      {R"(wasl_accepts_refused_total{cause="address_limit"})", "1"},
      {R"(wasl_handshakes_total{result="certificate_limit"})", "1"},
      {R"(wasl_frames_refused_total{cause="slow"})", "1"},
      {R"(wasl_connections{role="centre"})", "1"},
      {R"(wasl_connections_opened_total{role="centre"})", "2"},
      {R"(wasl_connections_closed_total{cause="stopping"})", "1"},
      {"wasl_disk_free_bytes", "7"},
      {"wasl_disk_reserve_bytes", "8"},
      {"wasl_clock_alarm", "1"},
      {"wasl_ready", "1"},
      {R"(wasl_reloads_total{result="done"})", "2"},
      {R"(wasl_reloads_total{result="failed"})", "1"},
      {"wasl_log_left_out_total", "12"},
      {R"(wasl_expiry_timestamp_seconds{what="revocation_list"})", "9"},
      {R"(wasl_build_info{version="1.2.3"})", "1"}};
  const auto samples = samples_of(metrics);
  for (const auto& [sample, value] : expected) {
    ASSERT_TRUE(samples.contains(sample)) << sample;
    EXPECT_EQ(samples.at(sample), value) << sample;
  }
}

TEST(Metrics, SayWhatWaitsByFundStateAndWhoOwesTheNextStep) {
  ops::Metrics metrics("0.0.0");
  EXPECT_EQ(value_of(metrics, "wasl_pending_scan_timestamp_seconds"), "0") << "nobody has looked";
  metrics.pending(pending(2));
  const std::string held = R"({fund="FUND11",state="held",owner="centre"})";
  EXPECT_EQ(value_of(metrics, "wasl_pending_items" + held), "5");
  EXPECT_EQ(value_of(metrics, "wasl_pending_late_items" + held), "2");
  EXPECT_EQ(value_of(metrics, "wasl_pending_oldest_seconds" + held), "301");
  const std::string exported = R"({fund="FUND11",state="exported",owner="bank"})";
  EXPECT_EQ(value_of(metrics, "wasl_pending_items" + exported), "0");
  EXPECT_EQ(value_of(metrics, "wasl_pending_oldest_seconds" + exported), "0");
  EXPECT_EQ(value_of(metrics, R"(wasl_business_day_start_timestamp_seconds{fund="FUND10"})"),
            "900");
  EXPECT_EQ(value_of(metrics, "wasl_pending_scan_seconds"), "0.25");
  EXPECT_EQ(value_of(metrics, "wasl_pending_scan_timestamp_seconds"), "1000");
}

TEST(Metrics, ShowFundsBeyondTheLimitAsOne) {
  ops::Metrics metrics("0.0.0");
  metrics.pending(pending(ops::kFundsShownMax));
  const std::string others = R"(wasl_pending_items{fund="all others",state="held",owner="centre"})";
  EXPECT_EQ(value_of(metrics, others), "absent");
  metrics.pending(pending(ops::kFundsShownMax + 2));
  EXPECT_EQ(value_of(metrics, others), "10");
  EXPECT_EQ(
      value_of(metrics,
               R"(wasl_pending_oldest_seconds{fund="all others",state="held",owner="centre"})"),
      "332");
}

TEST(Metrics, LoseNothingOfManyThreads) {
  constexpr std::uint64_t kThreads = 40;  // More than there are shards.
  constexpr std::uint64_t kEach = 5'000;
  ops::Metrics metrics("0.0.0");
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (std::uint64_t n = 0; n < kEach; ++n) {
        metrics.stage(core::Stage::kDecide, nanoseconds{1'500});
        metrics.decided(Deed::kSubmitClaim, Outcome::kApproved, Reason::kNone);
      }
    });
  }
  (void)metrics.Collect();  // While they count.
  for (std::thread& thread : threads) thread.join();
  const std::string all = std::to_string(kThreads * kEach);
  EXPECT_EQ(value_of(metrics, R"(wasl_claims_total{outcome="approved",reason="NONE"})"), all);
  EXPECT_EQ(value_of(metrics, R"(wasl_stage_duration_seconds_count{stage="decide"})"), all);
}

}  // namespace
}  // namespace wasl::test
