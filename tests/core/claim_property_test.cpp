// Random claims, refunds, reversals and repeats on one family over two years, decided twice: with
// the row that apply() prunes, and with one that was never pruned. Invariants hold after each step.

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/history_view.hpp"
#include "support/seed.hpp"
#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using test::line;
using test::World;

class RandomTraffic {
 public:
  explicit RandomTraffic(std::uint64_t seed) : random_(seed) {
    for (Beneficiary& each : world_.account().beneficiaries) each.rights = {{}};
    world_.card().rights_until = kDayMax;
    world_.treat({"INN-A", "INN-B"});
    world_.insured().treatments[0].in_force = {test::day("2026-06-01"), test::day("2027-03-31")};
  }

  void step() {
    if (below(3) == 0) advance();
    if (below(6) == 0 && !approved_.empty()) return reverse();
    submit();
  }

  [[nodiscard]] std::size_t approved() const { return approvals_; }
  [[nodiscard]] std::size_t pruned() const { return pruned_; }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  void advance() { world_.now += std::chrono::hours{24 * (1 + below(12))}; }

  std::string past_day(std::uint64_t days_max) {
    return to_text(day_of(world_.now, std::chrono::minutes{60}) -
                   std::chrono::days{below(days_max)});
  }

  Command random_claim() {
    static constexpr std::string_view kProducts[] = {"A", "B", "C", "D"};
    std::vector<ClaimLine> lines;
    for (std::uint64_t i = 0; i <= below(3); ++i) {
      lines.push_back(
          line(kProducts[below(4)], Cents{1 + static_cast<std::int64_t>(below(300'000))},
               1 + static_cast<std::uint32_t>(below(2)), static_cast<std::uint16_t>(below(100))));
    }
    const std::string prescribed = past_day(100);
    const std::string service = past_day(40);
    const std::string number = "RX-" + std::to_string(below(3)) + prescribed.substr(5);
    Command command = world_.claim(
        lines, {.kind = below(4) == 0 ? ClaimKind::kRefund : ClaimKind::kThirdParty,
                .prescription = number,
                .type = below(2) == 0 ? PrescriptionType::kAcute : PrescriptionType::kLongTerm,
                .service = service,
                .prescribed = prescribed,
                .rank = static_cast<std::uint8_t>(1 + below(2))});
    if (below(8) == 0 && command.proofs.card) {
      command.proofs.card->atc -= std::min<std::uint32_t>(command.proofs.card->atc - 1,
                                                          static_cast<std::uint32_t>(below(80)));
    }
    return command;
  }

  void submit() {
    const Command command = random_claim();
    const auto& claim = std::get<SubmitClaim>(command.request).claim;
    expect_same_with_unpruned_row(command, claim.rank);
    const ClaimDecision decision = world_.submit(command);
    expect_sums(decision);
    if (decision.marks_atc) {
      EXPECT_TRUE(counters_.insert(command.proofs.card->atc).second);
    }
    if (decision.outcome == Outcome::kDeclined) return;
    ++approvals_;
    approved_.push_back(command);
    for (std::size_t i = 0; i < decision.lines.size(); ++i) {
      if (decision.lines[i].reason != Reason::kNone) continue;
      unpruned_[claim.rank].lines.push_back(
          world_.history(claim.rank)
              .lines.at(world_.history(claim.rank).lines.size() - remaining(decision, i)));
    }
    expect_history(claim.rank, decision.kept);
  }

  // How many approved lines stand from line i on: they are the last of the row.
  static std::size_t remaining(const ClaimDecision& decision, std::size_t from) {
    std::size_t count = 0;
    for (std::size_t i = from; i < decision.lines.size(); ++i) {
      count += decision.lines[i].reason == Reason::kNone ? 1U : 0U;
    }
    return count;
  }

  void reverse() {
    const std::size_t which = below(approved_.size());
    const Command claim = approved_[which];
    approved_.erase(approved_.begin() + static_cast<std::ptrdiff_t>(which));
    const Sequence id = world_.request_row(claim)->sequence;
    const auto decision = std::get<ReversalDecision>(world_.run(world_.reversal(claim)));
    EXPECT_EQ(decision.effect, ReversalDecision::Effect::kReleased);
    for (auto& [rank, history] : unpruned_) {
      std::erase_if(history.lines, [&](const HistoryLine& each) { return each.claim == id; });
    }
  }

  void expect_same_with_unpruned_row(const Command& command, std::uint8_t rank) {
    const Decision pruned = world_.decide(command);
    RowSet rows = world_.rows_for(command);
    Row unpruned = unpruned_[rank];
    rows[history_slot(rank)] = &unpruned;
    EXPECT_EQ(core::decide(command, rows, world_.reference, world_.now), pruned);
  }

  static void expect_sums(const ClaimDecision& decision) {
    Cents insurer;
    Cents patient;
    for (const LineDecision& each : decision.lines) {
      EXPECT_EQ(each.insurer + each.patient, each.price);
      EXPECT_GE(each.patient, Cents{0});
      EXPECT_TRUE(each.reason == Reason::kNone || each.price == Cents{0});
      insurer += each.insurer;
      patient += each.patient;
    }
    EXPECT_EQ(insurer, decision.insurer);
    EXPECT_EQ(patient, decision.patient);
  }

  void expect_history(std::uint8_t rank, const HistoryBounds& kept) {
    const History& history = world_.history(rank);
    EXPECT_LE(encoded_bytes(history), kHistoryBytesMax);
    History expected = unpruned_[rank];
    pruned_ +=
        std::erase_if(expected.lines, [&](const HistoryLine& each) { return !kept.keep(each); });
    EXPECT_EQ(history.lines, expected.lines);
  }

  World world_;
  std::mt19937_64 random_;
  std::map<std::uint8_t, History> unpruned_;
  std::vector<Command> approved_;
  std::set<std::uint32_t> counters_;
  std::size_t approvals_ = 0;
  std::size_t pruned_ = 0;
};

TEST(RandomTraffic, KeepsTheInvariantsAndPruningNeverChangesADecision) {
  const std::uint64_t seed = test::seed_of_run(20260310);
  std::size_t approved = 0;
  std::size_t pruned = 0;
  for (std::uint64_t round = 0; round < 20; ++round) {
    RandomTraffic traffic(seed + round);
    for (int i = 0; i < 300 && !testing::Test::HasFailure(); ++i) traffic.step();
    approved += traffic.approved();
    pruned += traffic.pruned();
  }
  // The traffic reaches what it is meant to test.
  EXPECT_GT(approved, 500U);
  EXPECT_GT(pruned, 100U);
}

TEST(HistoryBounds, KeepALineByItsQuarterOrItsSupply) {
  const HistoryBounds bounds = history_bounds(test::dz_cnas(), test::day("2026-07-15"));
  EXPECT_EQ(bounds.quarter_from, quarter_of(test::day("2026-01-01")));
  EXPECT_EQ(to_text(bounds.service_from), "2026-04-15");
  HistoryLine each;
  each.service_date = test::day("2026-01-01");
  EXPECT_TRUE(bounds.keep(each));
  each.service_date = test::day("2025-12-31");
  EXPECT_FALSE(bounds.keep(each));
  each.supply_days = 105;
  EXPECT_TRUE(bounds.keep(each));
  each.supply_days = 104;
  EXPECT_FALSE(bounds.keep(each));
}

// 120 days before is a claim of the second quarter, whose prescriptions may be of the first.
TEST(HistoryBounds, ReachToWhereThePrescriptionsOfTheOldestClaimsQuarterAreCounted) {
  Rulebook rulebook = test::dz_cnas();
  const Day today = test::day("2026-10-01");
  EXPECT_EQ(history_bounds(rulebook, today).quarter_from, quarter_of(test::day("2026-04-01")));
  for (Parameters& period : rulebook.periods) {
    period.service_date_past_days_max = 120;
    period.prescription_days_max = 60;
  }
  EXPECT_EQ(history_bounds(rulebook, today).quarter_from, quarter_of(test::day("2026-01-01")));
  for (Parameters& period : rulebook.periods) period.prescriptions_per_quarter.reset();
  EXPECT_EQ(history_bounds(rulebook, today).quarter_from, quarter_of(test::day("2026-04-01")));
}

TEST(HistoryBounds, ReachToTheFirstDayARefundStillAdmits) {
  const Rulebook rulebook = test::dz_cnas();
  EXPECT_EQ(to_text(history_bounds(rulebook, test::day("2026-05-31")).service_from), "2026-03-01");
  EXPECT_EQ(to_text(history_bounds(rulebook, test::day("2026-02-28")).service_from), "2025-11-28");
}

}  // namespace
}  // namespace wasl::core
