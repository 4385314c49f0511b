// Checks 21 to 23, prior agreements and exemptions.

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::ClaimOptions;
using test::code;
using test::day;
using test::dzd;
using test::line;
using test::World;

ClaimDecision use(World& world, std::string_view prescription, const ClaimLine& asked) {
  return world.submit(world.claim({asked}, {.prescription = prescription}));
}

PrescriptionKey prescription(std::string_view number) {
  return {code<PrescriberId>("DR-1"), code<PrescriptionNumber>(number), day("2026-03-10")};
}

TEST(Count, HoldsPerQuarterOfTheServiceDate) {
  World world;
  world.set_today("2026-04-01");
  for (const char* number : {"RX-1", "RX-2"}) {
    world.submit(
        world.claim({line("A", dzd(100))},
                    {.prescription = number, .service = "2026-03-31", .prescribed = "2026-03-31"}));
  }
  const ClaimOptions last{
      .prescription = "RX-3", .service = "2026-03-31", .prescribed = "2026-03-31"};
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(100))}, last)).lines.at(0).reason,
            Reason::kPrescriptionCountExceeded);
  const ClaimOptions next{
      .prescription = "RX-3", .service = "2026-04-01", .prescribed = "2026-03-31"};
  const ClaimDecision decision = world.judge(world.claim({line("A", dzd(100))}, next));
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
  EXPECT_EQ(decision.prescriptions_left, 1);
}

TEST(Count, APrescriptionIsCountedOnceInItsEarliestQuarter) {
  World world;
  world.set_today("2026-04-02");
  const auto on = [&](const char* service, const char* product) {
    return world.submit(
        world.claim({line(product, dzd(100))}, {.service = service, .prescribed = "2026-03-20"}));
  };
  EXPECT_EQ(on("2026-04-01", "A").prescriptions_left, 1);  // Counted in the second quarter,
  EXPECT_EQ(on("2026-03-31", "B").prescriptions_left, 1);  // then moved to the first.
  EXPECT_EQ(on("2026-04-02", "C").prescriptions_left, 2);
}

TEST(Count, PersonsDoNotShareIt) {
  World world;
  use(world, "RX-1", line("A", dzd(100)));
  use(world, "RX-2", line("A", dzd(100)));
  const ClaimDecision child =
      world.judge(world.claim({line("A", dzd(100))}, {.prescription = "RX-3", .rank = 2}));
  EXPECT_EQ(child.outcome, Outcome::kApproved);
}

TEST(Count, ARefundNeitherCountsNorIsCounted) {
  World world;
  for (const char* number : {"RX-1", "RX-2", "RX-3"}) {
    const ClaimOptions refund{.kind = ClaimKind::kRefund, .prescription = number};
    EXPECT_EQ(world.submit(world.claim({line("A", dzd(9000))}, refund)).outcome,
              Outcome::kApproved);
  }
  EXPECT_EQ(use(world, "RX-4", line("A", dzd(100))).prescriptions_left, 1);
}

TEST(Ceiling, HoldsAtTheCentimeAndPerServiceDate) {
  const std::tuple<const char*, Cents, Outcome> kCases[] = {
      {"2026-03-10", dzd(4999, 99), Outcome::kApproved},
      {"2026-03-10", dzd(5000), Outcome::kApproved},
      {"2026-03-10", dzd(5000, 1), Outcome::kDeclined},
      {"2024-12-31", dzd(3000), Outcome::kApproved},
      {"2024-12-31", dzd(3000, 1), Outcome::kDeclined},
      {"2025-01-01", dzd(3000, 1), Outcome::kApproved},
      {"2013-02-02", dzd(2000, 1), Outcome::kDeclined},
      {"2011-07-31", dzd(50'000), Outcome::kApproved},
  };
  for (const auto& [service, price, expected] : kCases) {
    World world;
    world.insured().rights = {{}};
    world.pharmacy().agreements.front().in_force = {};
    world.set_today(service);
    const ClaimOptions options{.service = service, .prescribed = service};
    EXPECT_EQ(world.judge(world.claim({line("A", price)}, options)).outcome, expected)
        << service << ' ' << to_text(price);
  }
}

TEST(Ceiling, DeclinesAllLimitedLinesAndLetsTheOthersStand) {
  World world;
  world.grant(code<ProductCode>("A"));
  const ClaimDecision decision =
      world.submit(world.claim({line("A", dzd(9000)), line("B", dzd(3000)), line("C", dzd(3000))}));
  EXPECT_EQ(decision.outcome, Outcome::kApprovedPartially);
  EXPECT_EQ(decision.lines.at(0).reason, Reason::kNone);
  EXPECT_FALSE(decision.lines.at(0).subject_to_limits);
  EXPECT_EQ(decision.lines.at(1).reason, Reason::kPrescriptionCeilingExceeded);
  EXPECT_EQ(decision.lines.at(2).reason, Reason::kPrescriptionCeilingExceeded);
  EXPECT_EQ(decision.insurer, dzd(7200));
  EXPECT_EQ(decision.prescriptions_left, 2);
}

TEST(Agreement, UnlocksWhatItNamesAndIsNotCounted) {
  World world;
  Product product = test::product("A", dzd(100'000));
  product.prior_agreement_above_days = 0;
  product.quantity_max = 1;
  product.supply_days_max = 10;
  world.put(product);
  const ClaimLine asked = line("A", dzd(5000), 2, 30);
  EXPECT_EQ(use(world, "RX-1", asked).lines.at(0).reason, Reason::kPriorAgreementRequired);

  world.grant(code<ProductCode>("A"));
  use(world, "RX-2", line("B", dzd(100)));
  use(world, "RX-3", line("B", dzd(100)));
  const ClaimDecision decision = use(world, "RX-1", asked);
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
  EXPECT_EQ(decision.prescriptions_left, 0);
  EXPECT_FALSE(world.history().lines.back().subject_to_limits);
}

TEST(Agreement, OnAPrescriptionNamesAllItsLines) {
  World world;
  world.grant(prescription("RX-1"));
  const ClaimDecision decision =
      world.judge(world.claim({line("A", dzd(4000)), line("B", dzd(4000))}));
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
  EXPECT_EQ(use(world, "RX-2", line("A", dzd(6000))).lines.at(0).reason,
            Reason::kPrescriptionCeilingExceeded);
}

TEST(Agreement, IsNotUsedUp) {
  World world;
  world.grant(code<ProductCode>("A"));
  for (const char* number : {"RX-1", "RX-2", "RX-3"}) {
    EXPECT_EQ(use(world, number, line("A", dzd(6000))).outcome, Outcome::kApproved);
  }
}

TEST(Agreement, HoldsOnlyGrantedInForceAndForItsPerson) {
  World world;
  world.grant(code<ProductCode>("A"));
  PriorAgreement& agreement = world.account().agreements.front();
  const Command command = world.claim({line("A", dzd(6000))});
  const auto outcome = [&] { return world.judge(command).outcome; };
  agreement.in_force = {day("2026-03-10"), day("2026-03-10")};
  EXPECT_EQ(outcome(), Outcome::kApproved);
  agreement.in_force = {day("2026-03-11"), kDayMax};
  EXPECT_EQ(outcome(), Outcome::kDeclined);
  agreement.in_force = {kDayMin, day("2026-03-09")};
  EXPECT_EQ(outcome(), Outcome::kDeclined);
  agreement.in_force = {};
  for (const AgreementState state : {AgreementState::kPending, AgreementState::kRefused}) {
    agreement.state = state;
    EXPECT_EQ(outcome(), Outcome::kDeclined);
  }
  agreement.state = AgreementState::kGranted;
  agreement.rank = 2;
  EXPECT_EQ(outcome(), Outcome::kDeclined);
}

// A claim that comes half a year late finds its quarter's prescriptions counted where they were.
TEST(PrescriptionCount, IsTheSameForTheOldestClaimThatTheRulebookAdmits) {
  World world;
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) {
    period.service_date_past_days_max = 120;
    period.prescription_days_max = 60;
  }
  world.reference.put(rulebook);
  world.insured().rights = {{kDayMin, kDayMax}};
  const auto serve = [&](std::string_view prescription, const char* product,
                         std::string_view prescribed, std::string_view service) {
    return world.submit(
        world.claim({line(product, dzd(100))},
                    {.prescription = prescription, .service = service, .prescribed = prescribed}));
  };
  world.set_today("2026-04-05");
  serve("RX-X", "A", "2026-03-20", "2026-03-25");
  EXPECT_EQ(serve("RX-X", "B", "2026-03-20", "2026-04-02").prescriptions_left, 2);
  EXPECT_EQ(serve("RX-Y", "A", "2026-04-03", "2026-04-03").prescriptions_left, 1);
  world.set_today("2026-10-01");
  const ClaimDecision late = serve("RX-Z", "C", "2026-06-01", "2026-06-03");
  EXPECT_EQ(late.outcome, Outcome::kApproved);
  EXPECT_EQ(late.prescriptions_left, 0);
}

TEST(Exemption, OfABeneficiaryCoversAllLines) {
  World world;
  world.treat({"INN-A"});
  const ClaimDecision decision = world.judge(world.claim({line("B", dzd(6000))}));
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
  EXPECT_FALSE(decision.lines.at(0).subject_to_limits);
  world.insured().treatments[0].in_force.until = day("2026-03-09");
  EXPECT_EQ(world.judge(world.claim({line("B", dzd(6000))})).outcome, Outcome::kDeclined);
}

TEST(Exemption, OfLinesCoversOnlyLongTermOnes) {
  World world;
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) period.limits_exempt = LimitsExempt::kLongTermLines;
  world.reference.put(rulebook);
  world.treat({"INN-A"});
  const ClaimDecision decision = world.judge(world.claim(
      {line("A", dzd(6000)), line("B", dzd(6000))}, {.type = PrescriptionType::kLongTerm}));
  EXPECT_EQ(decision.lines.at(0).reason, Reason::kNone);
  EXPECT_EQ(decision.lines.at(1).reason, Reason::kPrescriptionCeilingExceeded);
  EXPECT_EQ(decision.prescriptions_left, 2);
}

TEST(Exemption, NoneLeavesEveryLineSubjectToLimits) {
  World world;
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) period.limits_exempt = LimitsExempt::kNone;
  world.reference.put(rulebook);
  world.treat({"INN-A"});
  const Command command =
      world.claim({line("A", dzd(6000))}, {.type = PrescriptionType::kLongTerm});
  EXPECT_EQ(world.judge(command).lines.at(0).reason, Reason::kPrescriptionCeilingExceeded);
}

// The mark is fixed with the line: a treatment that begins later does not free what was counted.
TEST(Exemption, DoesNotChangeWhatWasDecidedBefore) {
  World world;
  use(world, "RX-1", line("A", dzd(100)));
  world.treat({"INN-A"});
  use(world, "RX-2", line("A", dzd(100)));
  world.insured().treatments.clear();
  EXPECT_TRUE(world.history().lines.at(0).subject_to_limits);
  EXPECT_FALSE(world.history().lines.at(1).subject_to_limits);
  EXPECT_EQ(use(world, "RX-3", line("A", dzd(100))).prescriptions_left, 0);
}

TEST(Limits, AbsentOnesAreNotChecked) {
  World world;
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) {
    period.prescriptions_per_quarter.reset();
    period.prescription_ceiling.reset();
  }
  world.reference.put(rulebook);
  for (const char* number : {"RX-1", "RX-2", "RX-3"}) {
    const ClaimDecision decision = use(world, number, line("A", dzd(6000)));
    EXPECT_EQ(decision.outcome, Outcome::kApproved);
    EXPECT_EQ(decision.prescriptions_left, std::nullopt);
  }
}

// As many more characters in the code as it holds, at most `rest`, which goes down by them.
template <typename CodeType>
void lengthen(CodeType& text, std::size_t& rest) {
  const std::size_t more = std::min(rest, CodeType::kBytesMax - text.view().size());
  text = code<CodeType>(std::string(text.view()) + std::string(more, 'X'));
  rest -= more;
}

// Lines that no claim can meet again, so that only the row's size matters.
void fill(History& history, std::size_t bytes_left) {
  HistoryLine filler;
  filler.claim = 1;
  filler.prescription = prescription("F");
  filler.service_date = day("2026-03-01");
  filler.product = code<ProductCode>("F");
  filler.inn = code<InnCode>("F");
  const std::size_t each = encoded_bytes(filler);
  const std::size_t room = kHistoryBytesMax - bytes_left;
  while (encoded_bytes(history) + 2 * each <= room) history.lines.push_back(filler);
  // The last line takes up what remains.
  std::size_t rest = room - encoded_bytes(history) - each;
  lengthen(filler.prescription.prescriber, rest);
  lengthen(filler.prescription.number, rest);
  lengthen(filler.product, rest);
  lengthen(filler.inn, rest);
  history.lines.push_back(filler);
  ASSERT_EQ(encoded_bytes(history), room);
}

TEST(HistoryBound, AdmitsALineThatJustFitsAndNoByteMore) {
  World measured;
  const std::size_t before = encoded_bytes(measured.history());
  use(measured, "RX-1", line("A", dzd(100)));
  const std::size_t line_bytes = encoded_bytes(measured.history()) - before;
  for (const ClaimKind kind : {ClaimKind::kThirdParty, ClaimKind::kRefund}) {
    World world;
    fill(world.history(), line_bytes);
    const Command command = world.claim({line("A", dzd(100))}, {.kind = kind});
    EXPECT_EQ(world.submit(command).outcome, Outcome::kApproved);
    EXPECT_EQ(encoded_bytes(world.history()), kHistoryBytesMax);

    World full;
    fill(full.history(), line_bytes - 1);
    const Command refused = full.claim({line("A", dzd(100))}, {.kind = kind});
    EXPECT_EQ(full.submit(refused).lines.at(0).reason, Reason::kHistoryFull);
  }
}

TEST(HistoryBound, AsksOnlyAboutLinesThatStillPass) {
  World world;
  fill(world.history(), 10);
  const ClaimDecision decision = world.judge(world.claim({line("A", dzd(6000))}));
  EXPECT_EQ(decision.lines.at(0).reason, Reason::kPrescriptionCeilingExceeded);
}

}  // namespace
}  // namespace wasl::core
