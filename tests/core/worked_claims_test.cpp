// The worked claims of the rules, W1 to W12: service and prescription on 2026-03-10, dz-cnas,
// acute, card and rights fine, no history, unless a row says otherwise.

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::ClaimOptions;
using test::dzd;
using test::line;
using test::World;

constexpr auto kLongTerm = PrescriptionType::kLongTerm;

struct Line {
  Reason reason = Reason::kNone;
  Cents insurer;
  Cents patient;
};

struct Step {
  std::vector<ClaimLine> lines;
  ClaimOptions options;
  std::vector<Line> expected;
  Reason claim = Reason::kNone;
};

struct WorkedClaim {
  const char* name;
  void (*prepare)(World&);
  std::vector<Step> steps;
};

void nothing(World&) {}
void tarif_900(World& world) { world.put_tarif("INN-A", dzd(900)); }
void treated_with_a(World& world) { world.treat({"INN-A"}); }
void tarif_and_treated(World& world) {
  tarif_900(world);
  treated_with_a(world);
}
void agreement_on_a(World& world) { world.grant(test::code<ProductCode>("A")); }

Line approved(Cents insurer, Cents patient) { return {Reason::kNone, insurer, patient}; }
Line declined(Reason reason) { return {reason, Cents{0}, Cents{0}}; }

const WorkedClaim kWorked[] = {
    {"W1", nothing, {{{line("A", dzd(1200))}, {}, {approved(dzd(960), dzd(240))}}}},
    {"W2", tarif_900, {{{line("A", dzd(1200))}, {}, {approved(dzd(720), dzd(480))}}}},
    {"W3",
     tarif_and_treated,
     {{{line("A", dzd(1200))}, {.type = kLongTerm}, {approved(dzd(900), dzd(300))}}}},
    {"W4", nothing, {{{line("A", dzd(5000))}, {}, {approved(dzd(4000), dzd(1000))}}}},
    {"W4 above",
     nothing,
     {{{line("A", dzd(5000, 1))},
       {},
       {declined(Reason::kPrescriptionCeilingExceeded)},
       Reason::kNoPayableLine}}},
    {"W5",
     nothing,
     {{{line("A", dzd(4000))}, {}, {approved(dzd(3200), dzd(800))}},
      {{line("B", dzd(3000))},
       {},
       {declined(Reason::kPrescriptionCeilingExceeded)},
       Reason::kNoPayableLine}}},
    {"W6",
     agreement_on_a,
     {{{line("A", dzd(4000)), line("B", dzd(2000))},
       {},
       {approved(dzd(3200), dzd(800)), approved(dzd(1600), dzd(400))}}}},
    {"W8",
     nothing,
     {{{line("A", dzd(100))}, {.prescription = "RX-1"}, {approved(dzd(80), dzd(20))}},
      {{line("A", dzd(100))}, {.prescription = "RX-2"}, {approved(dzd(80), dzd(20))}},
      {{line("B", dzd(100))}, {.prescription = "RX-1"}, {approved(dzd(80), dzd(20))}}}},
    {"W9", treated_with_a, {{{line("B", dzd(6000))}, {}, {approved(dzd(4800), dzd(1200))}}}},
    {"W10",
     treated_with_a,
     {{{line("A", dzd(100), 1, 30)}, {.type = kLongTerm}, {approved(dzd(100), dzd(0))}},
      {{line("A", dzd(100), 1, 30)},
       {.type = kLongTerm, .service = "2026-03-31"},
       {declined(Reason::kRefillTooSoon)},
       Reason::kNoPayableLine},
      {{line("A", dzd(100), 1, 30)},
       {.type = kLongTerm, .service = "2026-04-05"},
       {approved(dzd(100), dzd(0))}}}},
    {"W11",
     nothing,
     {{{line("NONE", dzd(100)), line("A", dzd(100))},
       {},
       {declined(Reason::kProductUnknown), approved(dzd(80), dzd(20))}}}},
    {"W12",
     nothing,
     {{{line("A", dzd(0, 63)), line("B", dzd(0, 63)), line("C", dzd(0, 63))},
       {},
       {approved(dzd(0, 50), dzd(0, 13)), approved(dzd(0, 50), dzd(0, 13)),
        approved(dzd(0, 50), dzd(0, 13))}}}},
};

Outcome expected_outcome(const Step& step) {
  std::size_t passed = 0;
  for (const Line& each : step.expected) passed += each.reason == Reason::kNone ? 1U : 0U;
  if (passed == 0) return Outcome::kDeclined;
  return passed == step.expected.size() ? Outcome::kApproved : Outcome::kApprovedPartially;
}

void expect_step(World& world, const Step& step) {
  world.set_today(step.options.service);
  const ClaimDecision decision = world.submit(world.claim(step.lines, step.options));
  EXPECT_EQ(entry(decision.reason).name, entry(step.claim).name);
  EXPECT_EQ(decision.outcome, expected_outcome(step));
  ASSERT_EQ(decision.lines.size(), step.expected.size());
  Cents insurer;
  Cents patient;
  for (std::size_t i = 0; i < step.expected.size(); ++i) {
    EXPECT_EQ(entry(decision.lines[i].reason).name, entry(step.expected[i].reason).name);
    EXPECT_EQ(to_text(decision.lines[i].insurer), to_text(step.expected[i].insurer));
    EXPECT_EQ(to_text(decision.lines[i].patient), to_text(step.expected[i].patient));
    insurer += step.expected[i].insurer;
    patient += step.expected[i].patient;
  }
  EXPECT_EQ(to_text(decision.insurer), to_text(insurer));
  EXPECT_EQ(to_text(decision.patient), to_text(patient));
}

TEST(WorkedClaims, AreDecidedToTheCentime) {
  for (const WorkedClaim& worked : kWorked) {
    SCOPED_TRACE(worked.name);
    World world;
    worked.prepare(world);
    for (const Step& step : worked.steps) expect_step(world, step);
  }
}

TEST(WorkedClaims, W7AThirdPrescriptionOfTheQuarterPassesOnlyAfterAReversal) {
  World world;
  const Command first = world.claim({line("A", dzd(100))}, {.prescription = "RX-1"});
  EXPECT_EQ(world.submit(first).prescriptions_left, 1);
  EXPECT_EQ(
      world.submit(world.claim({line("A", dzd(100))}, {.prescription = "RX-2"})).prescriptions_left,
      0);
  const ClaimDecision third =
      world.submit(world.claim({line("A", dzd(100))}, {.prescription = "RX-3"}));
  EXPECT_EQ(third.reason, Reason::kNoPayableLine);
  EXPECT_EQ(third.lines.at(0).reason, Reason::kPrescriptionCountExceeded);

  world.run(world.reversal(first));
  EXPECT_EQ(world.submit(world.claim({line("A", dzd(100))}, {.prescription = "RX-3"})).outcome,
            Outcome::kApproved);
}

TEST(WorkedClaims, W10SaysFromWhichDayTheRefillPasses) {
  World world;
  world.treat({"INN-A"});
  const ClaimOptions options{.type = kLongTerm};
  world.submit(world.claim({line("A", dzd(100), 1, 30)}, options));
  world.set_today("2026-03-31");
  const ClaimDecision early = world.submit(
      world.claim({line("A", dzd(100), 1, 30)}, {.type = kLongTerm, .service = "2026-03-31"}));
  EXPECT_EQ(early.lines.at(0).come_back_on, test::day("2026-04-02"));
}

}  // namespace
}  // namespace wasl::core
