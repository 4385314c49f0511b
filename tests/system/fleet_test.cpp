// The demo's pharmacies and payment centres against a real switch, which is killed once: what they
// asked is borne out by the journal, whatever its kind.

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "cli/demo_proof.hpp"
#include "system/stage.hpp"

namespace wasl::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kPharmacies = 12;
// Many times what the slowest of them takes.
constexpr seconds kPatience{60};

[[nodiscard]] bool wait_until(const std::function<bool()>& reached) {
  const Clock::time_point deadline = Clock::now() + kPatience;
  while (!reached()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(milliseconds{5});
  }
  return true;
}

class Fleet : public ::testing::Test {
 protected:
  void SetUp() override {
    core::Result<cli::DemoStage> stage = set_up_stage(kPharmacies);
    ASSERT_TRUE(stage) << stage.error().context;
    stage_.emplace(std::move(*stage));
    start(0);
  }

  void start(std::uint16_t port) {
    switch_.reset();
    core::Result<cli::ServerProcess> started = cli::start_switch(*stage_, port);
    ASSERT_TRUE(started) << started.error().context;
    switch_.emplace(std::move(*started));
  }

  [[nodiscard]] cli::FleetOptions options() const {
    cli::FleetOptions options;
    options.port = switch_->port();
    options.tls = stage_->tls;
    options.keys = &stage_->keys;
    options.today = stage_->today;
    return options;
  }

  void expect_borne_out(const cli::Fleet& fleet) {
    const core::Result<cli::DemoProof> proof = cli::prove(*stage_, fleet.exchanges());
    ASSERT_TRUE(proof) << proof.error().context;
    EXPECT_EQ(proof->audit.lost, 0U) << proof->audit.first;
    EXPECT_EQ(proof->audit.doubled, 0U) << proof->audit.first;
    EXPECT_EQ(proof->audit.without_outcome, 0U) << proof->audit.first;
    EXPECT_EQ(proof->verified.differences.total(), 0U);
    // One import, one for each business day, and one record for each request, of whatever kind.
    EXPECT_EQ(proof->verified.records,
              fleet.exchanges().size() + 1 + proof->verified.business_days);
  }

  std::optional<cli::DemoStage> stage_;
  std::optional<cli::ServerProcess> switch_;
};

TEST_F(Fleet, AsksWhatPharmaciesAndCentresAskAndComesBackAfterAKill) {
  cli::Fleet fleet(options(), stage_->seats, stage_->network);
  EXPECT_GT(fleet.size(), kPharmacies);
  fleet.start();
  ASSERT_TRUE(wait_until([&] { return fleet.connected() == fleet.size(); }));
  EXPECT_EQ(fleet.in_flight(), 0U);
  EXPECT_EQ(fleet.totals().claims, 0U);

  fleet.open();
  ASSERT_TRUE(wait_until([&] {
    const cli::FleetTotals totals = fleet.totals();
    return totals.refunds > 0 && totals.reversed > 0 && totals.rights_shown > 0 &&
           totals.cards_updated > 0 && totals.cards_reported > 1 && totals.repeated > 0;
  }));
  const std::uint16_t port = switch_->port();
  switch_->kill_now();
  ASSERT_TRUE(wait_until([&] { return fleet.connected() == 0; }));
  start(port);
  ASSERT_TRUE(wait_until([&] { return fleet.connected() == fleet.size(); }));
  const std::uint64_t before = fleet.claims();
  ASSERT_TRUE(wait_until([&] { return fleet.claims() > before + 100; }));

  ASSERT_TRUE(fleet.finish(kPatience));
  const core::Result<int> code = switch_->stop(milliseconds{10'000});
  ASSERT_TRUE(code) << code.error().context;
  EXPECT_EQ(*code, 0);
  EXPECT_EQ(fleet.totals().unlike, 0U);
  EXPECT_EQ(fleet.totals().refused, 0U);
  expect_borne_out(fleet);
}

TEST_F(Fleet, KeepsItsPaceAndLeavesAtOnceAlsoWhereNothingIsDue) {
  cli::FleetOptions slow = options();
  slow.requests_per_second = 0.001;
  cli::Fleet fleet(slow, stage_->seats, stage_->network);
  fleet.start();
  fleet.open();
  ASSERT_TRUE(wait_until([&] { return fleet.connected() == fleet.size(); }));
  EXPECT_GT(switch_->resident_bytes(), 0U);
  const Clock::time_point began = Clock::now();
  ASSERT_TRUE(fleet.finish(kPatience));
  EXPECT_LT(Clock::now() - began, seconds{10});
  EXPECT_LT(fleet.exchanges().size(), fleet.size());
  ASSERT_TRUE(switch_->stop(milliseconds{10'000}));
  expect_borne_out(fleet);
}

}  // namespace
}  // namespace wasl::test
