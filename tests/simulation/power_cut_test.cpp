// Power cuts under the whole switch: before, in and after every write, sync and rename that a
// seeded run makes. The judge is the clients' own record.

#include <gtest/gtest.h>

#include "simulation/switch_simulation.hpp"
#include "support/seed.hpp"

namespace wasl::test {
namespace {

constexpr int kCuts = 1'000;

struct Outcome {
  std::uint64_t requests = 0;
  std::uint64_t in_doubt = 0;  // Without an answer when the power went.
  std::uint64_t lost = 0;      // Broken promises, or a switch that refused to come up.
  std::uint64_t bordereaux = 0;
  std::string first_loss;
};

// One life, one cut at a seeded point of it, one recovery, everything resolved.
Outcome cut_once(std::uint64_t seed, bool syncs_suppressed) {
  std::mt19937_64 random(seed);
  SwitchSimulation simulation(seed);
  if (syncs_suppressed) simulation.suppress_journal_syncs();
  const auto moment = static_cast<Moment>(random() % 3);
  simulation.cut_at(1 + random() % 60, moment);
  simulation.run(4'000);
  Outcome outcome;
  outcome.in_doubt = simulation.record().in_doubt();
  if (!simulation.restart()) {
    outcome.lost = 1;
    outcome.first_loss = "the switch refused to come up";
    return outcome;
  }
  simulation.resolve();
  outcome.requests = simulation.record().requests().size();
  outcome.lost = simulation.record().violations().size() + simulation.record().in_doubt();
  outcome.bordereaux = simulation.bordereaux();
  const std::vector<std::string> faults = simulation.faulty_bordereaux();
  if (!faults.empty()) {
    outcome.lost += faults.size();
    outcome.first_loss = faults.front();
    return outcome;
  }
  if (outcome.lost > 0) {
    outcome.first_loss = simulation.record().violations().empty()
                             ? "a request has no outcome"
                             : simulation.record().violations().front();
  }
  return outcome;
}

TEST(PowerCut, LosesNothingThatWasAnsweredAndDoublesNothing) {
  const std::uint64_t seed = seed_of_run(20'260'310);
  Outcome all;
  for (int i = 0; i < kCuts; ++i) {
    const Outcome one = cut_once(seed + static_cast<std::uint64_t>(i), false);
    ASSERT_EQ(one.lost, 0U) << "WASL_SEED=" << seed + static_cast<std::uint64_t>(i) << ": "
                            << one.first_loss;
    all.requests += one.requests;
    all.in_doubt += one.in_doubt;
    all.bordereaux += one.bordereaux;
  }
  std::cout << kCuts << " cuts, " << all.requests << " requests, " << all.bordereaux
            << " bordereaux, " << all.in_doubt << " in doubt at the cut, 0 lost\n";
  EXPECT_GT(all.bordereaux, 0U) << "no list was ever closed";
  EXPECT_GT(all.in_doubt, 0U) << "the cuts hit nobody: the test shows nothing";
}

// The control: without the journal's sync the very same runs must lose answers.
TEST(PowerCut, FindsTheLossesOfAJournalThatDoesNotSync) {
  const std::uint64_t seed = seed_of_run(20'260'310);
  std::uint64_t lost = 0;
  for (int i = 0; i < kCuts / 10; ++i) {
    lost += cut_once(seed + static_cast<std::uint64_t>(i), true).lost;
  }
  EXPECT_GT(lost, 0U);
}

TEST(Simulation, EveryOrderOfRequestsAndRestartsKeepsEveryPromise) {
  const std::uint64_t seed = seed_of_run(7);
  for (std::uint64_t i = 0; i < 50; ++i) {
    SwitchSimulation simulation(seed + i);
    for (int life = 0; life < 4; ++life) {
      simulation.run(600);
      ASSERT_TRUE(simulation.restart()) << "WASL_SEED=" << seed + i;
    }
    simulation.resolve();
    ASSERT_TRUE(simulation.record().violations().empty())
        << "WASL_SEED=" << seed + i << ": " << simulation.record().violations().front();
    ASSERT_EQ(simulation.record().in_doubt(), 0U) << "WASL_SEED=" << seed + i;
    ASSERT_TRUE(simulation.faulty_bordereaux().empty())
        << "WASL_SEED=" << seed + i << ": " << simulation.faulty_bordereaux().front();
  }
}

}  // namespace
}  // namespace wasl::test
