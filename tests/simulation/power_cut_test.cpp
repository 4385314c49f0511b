// Power cuts under the whole switch: before, in and after every write, sync and rename that a
// seeded run makes. The judge is the clients' own record.

#include <gtest/gtest.h>

#include "simulation/books.hpp"
#include "simulation/switch_simulation.hpp"
#include "simulation/verified.hpp"
#include "support/seed.hpp"

namespace wasl::test {
namespace {

constexpr int kCuts = 1'000;
// Of a long life, before its cut is chosen.
constexpr std::uint64_t kStepsBefore = 6'000;

struct Outcome {
  std::uint64_t requests = 0;
  std::uint64_t in_doubt = 0;  // Without an answer when the power went.
  std::uint64_t lost = 0;      // Broken promises, or a switch that refused to come up.
  Reached reached;
  std::string first_loss;
};

void add(const Reached& one, Reached& all) {
  all.bordereaux += one.bordereaux;
  all.accepted += one.accepted;
  all.held += one.held;
  all.rejected += one.rejected;
  all.corrected += one.corrected;
  all.reduced += one.reduced;
  all.reduced_paid += one.reduced_paid;
  all.in_run += one.in_run;
  all.runs_approved += one.runs_approved;
  all.runs_cancelled += one.runs_cancelled;
  all.exported += one.exported;
  all.paid += one.paid;
  all.returned += one.returned;
  all.proposed_again += one.proposed_again;
  all.paid_anew += one.paid_anew;
  all.withheld += one.withheld;
  all.withheld_paid += one.withheld_paid;
  all.files_applied += one.files_applied;
  all.files_refused += one.files_refused;
  all.days += one.days;
}

// One life, one cut at a seeded point of it, one recovery, everything resolved.
Outcome cut_once(std::uint64_t seed, bool syncs_suppressed) {
  std::mt19937_64 random(seed);
  SwitchSimulation simulation(seed);
  if (syncs_suppressed) simulation.suppress_journal_syncs();
  // Every third life is longer, so that payouts have come back and been paid anew, and what was
  // paid has been reduced and withheld.
  if (random() % 3 == 0) simulation.run(random() % kStepsBefore);
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
  outcome.reached = reached_in(simulation.rows());
  const std::vector<std::string> faults = faults_in(simulation.rows(), simulation.record());
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
    add(one.reached, all.reached);
  }
  std::cout << kCuts << " cuts, " << all.requests << " requests, " << all.reached.bordereaux
            << " bordereaux, " << all.reached.accepted << " claims accepted, " << all.reached.held
            << " held, " << all.reached.rejected << " rejected, " << all.reached.corrected
            << " corrected, " << all.reached.reduced << " reduced, " << all.reached.reduced_paid
            << " of these when paid, " << all.reached.in_run << " items in settlement runs, "
            << all.reached.runs_approved << " runs approved, " << all.reached.runs_cancelled
            << " cancelled, " << all.reached.exported << " payouts at the bank, "
            << all.reached.paid << " paid, " << all.reached.returned << " returned, "
            << all.reached.proposed_again << " proposed again, " << all.reached.paid_anew
            << " of these paid, " << all.reached.withheld << " with something withheld, "
            << all.reached.withheld_paid << " of these paid, " << all.reached.files_applied
            << " status files applied, " << all.reached.files_refused << " refused or dropped, "
            << all.reached.days << " business days, " << all.in_doubt
            << " in doubt at the cut, 0 lost\n";
  EXPECT_GT(all.reached.bordereaux, 0U) << "no list was ever closed";
  EXPECT_GT(all.reached.accepted, 0U);
  EXPECT_GT(all.reached.held, 0U);
  EXPECT_GT(all.reached.corrected, 0U);
  EXPECT_GT(all.reached.reduced, all.reached.reduced_paid);
  EXPECT_GT(all.reached.reduced_paid, 0U);
  EXPECT_GT(all.reached.in_run, 0U);
  EXPECT_GT(all.reached.runs_approved, 0U);
  EXPECT_GT(all.reached.runs_cancelled, 0U);
  EXPECT_GT(all.reached.paid, 0U);
  EXPECT_GT(all.reached.returned, 0U);
  EXPECT_GT(all.reached.proposed_again, 0U);
  EXPECT_GT(all.reached.paid_anew, 0U);
  EXPECT_GT(all.reached.withheld, all.reached.withheld_paid);
  EXPECT_GT(all.reached.withheld_paid, 0U);
  EXPECT_GT(all.reached.files_applied, 0U);
  EXPECT_GT(all.reached.files_refused, 0U);
  EXPECT_GT(all.reached.days, std::size_t{kCuts}) << "no cut-over was ever passed";
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
      simulation.run(1'500);
      ASSERT_TRUE(simulation.restart()) << "WASL_SEED=" << seed + i;
    }
    simulation.resolve();
    ASSERT_TRUE(simulation.record().violations().empty())
        << "WASL_SEED=" << seed + i << ": " << simulation.record().violations().front();
    ASSERT_EQ(simulation.record().in_doubt(), 0U) << "WASL_SEED=" << seed + i;
    const std::vector<std::string> faults = faults_in(simulation.rows(), simulation.record());
    ASSERT_TRUE(faults.empty()) << "WASL_SEED=" << seed + i << ": " << faults.front();
    const std::vector<std::string> differences =
        differences_in(simulation.journal(), simulation.rows());
    ASSERT_TRUE(differences.empty()) << "WASL_SEED=" << seed + i << ": " << differences.front();
  }
}

}  // namespace
}  // namespace wasl::test
