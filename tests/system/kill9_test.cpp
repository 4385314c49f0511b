// kill -9 under load, 50 times, on one directory and one port. The judge is the clients' own
// record, kept in this process: the switch's word is only asked for after it has ended.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <random>
#include <thread>

#include "cli/demo_proof.hpp"
#include "support/seed.hpp"
#include "system/stage.hpp"

namespace wasl::test {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 50;
constexpr std::size_t kConnections = 16;
// Claims answered since the switch was ready before it is killed. The smallest falls into the
// moment in which terminals repeat what was in doubt; the largest spans hundreds of groups.
constexpr std::uint64_t kClaimsMost = 2'000;
// Behind the last counted claim: longer than a group takes from its first claim to its answers.
constexpr std::uint64_t kWithinGroupUsMost = 3'000;
// For answers to come at all; hundreds of times what the slowest round takes.
constexpr seconds kPatience{60};
constexpr milliseconds kStopPatience{10'000};  // As docs/operating.md promises.

class KillNine {
 public:
  KillNine(cli::DemoStage& stage, std::uint64_t seed) : stage_(stage), random_(seed) {
    options_.tls = stage.tls;
    options_.keys = &stage.keys;
    options_.today = stage.today;
    options_.seed = seed;
  }

  void run() {
    start(0);
    if (!switch_) return;
    options_.port = switch_->port();
    const std::vector<cli::Fleet::Seat> seats = seats_with_cards(stage_, kConnections);
    ASSERT_EQ(seats.size(), kConnections);
    fleet_.emplace(options_, seats, stage_.network);
    fleet_->start();
    fleet_->open();
    for (int round = 0; round < kRounds; ++round) {
      ASSERT_TRUE(kill_within_load()) << "round " << round << " of " << kRounds;
    }
    ASSERT_TRUE(wait_for(claims() + kClaimsMost));
    ASSERT_TRUE(fleet_->finish(kPatience)) << "some requests never had their answer";
    const core::Result<int> code = switch_->stop(kStopPatience);
    ASSERT_TRUE(code) << code.error().context;
    EXPECT_EQ(*code, 0);
  }

  void judge() {
    const cli::FleetTotals totals = fleet_->totals();
    const std::vector<cli::Exchange>& exchanges = fleet_->exchanges();
    std::cout << totals.claims << " claims answered, " << totals.in_doubt << " requests in doubt, "
              << static_cast<double>(claims_under_load_) /
                     std::chrono::duration<double>(under_load_).count()
              << " claims/s while the switch was up\n";
    EXPECT_GE(totals.claims, claims_asked_for_);
    EXPECT_GT(totals.in_doubt, 0U);
    EXPECT_EQ(totals.unlike, 0U);
    EXPECT_TRUE(std::ranges::all_of(exchanges, &cli::Exchange::answered));
    const core::Result<cli::DemoProof> proof = cli::prove(stage_, exchanges);
    ASSERT_TRUE(proof) << proof.error().context;
    EXPECT_EQ(proof->audit.lost, 0U) << proof->audit.first;
    EXPECT_EQ(proof->audit.doubled, 0U) << proof->audit.first;
    EXPECT_EQ(proof->audit.without_outcome, 0U) << proof->audit.first;
    for (const store::Difference& each : proof->verified.differences.named()) {
      ADD_FAILURE() << each.where << ": " << each.what;
    }
    EXPECT_EQ(proof->verified.differences.total(), 0U);
    // One import, one for each business day, one record for each request, and nothing else.
    EXPECT_EQ(proof->verified.records, exchanges.size() + 1 + proof->verified.business_days);
  }

 private:
  void start(std::uint16_t port) {
    switch_.reset();
    core::Result<cli::ServerProcess> started = cli::start_switch(stage_, port);
    ASSERT_TRUE(started) << started.error().context;
    switch_.emplace(std::move(*started));
  }

  bool kill_within_load() {
    const std::uint64_t more = random_() % kClaimsMost;
    const microseconds within_group{random_() % kWithinGroupUsMost};
    if (!wait_for(claims() + more)) return false;
    std::this_thread::sleep_for(within_group);  // The moment itself; nothing is waited for.
    switch_->kill_now();
    start(options_.port);
    return switch_.has_value();
  }

  bool wait_for(std::uint64_t claims_at_least) {
    const Clock::time_point began = Clock::now();
    const std::uint64_t before = claims();
    claims_asked_for_ += claims_at_least - before;
    while (claims() < claims_at_least) {
      if (Clock::now() - began > kPatience) return false;
      std::this_thread::sleep_for(microseconds{200});
    }
    claims_under_load_ += claims() - before;
    under_load_ += Clock::now() - began;
    return true;
  }

  [[nodiscard]] std::uint64_t claims() const { return fleet_->claims(); }

  cli::DemoStage& stage_;
  std::mt19937_64 random_;
  cli::FleetOptions options_;
  std::optional<cli::ServerProcess> switch_;
  std::optional<cli::Fleet> fleet_;
  std::uint64_t claims_asked_for_ = 0;
  std::uint64_t claims_under_load_ = 0;
  Clock::duration under_load_{};
};

TEST(KillNine, LosesAndDoublesNothingInFiftyRoundsUnderLoad) {
  const std::uint64_t seed = seed_of_run(20'260'301);
  core::Result<cli::DemoStage> stage = set_up_stage(2 * kConnections);
  ASSERT_TRUE(stage) << stage.error().context;
  KillNine run(*stage, seed);
  run.run();
  if (HasFatalFailure()) return;
  run.judge();
}

}  // namespace
}  // namespace wasl::test
