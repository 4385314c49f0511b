// Checks 13 to 20 and the price of a line.

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

constexpr ClaimOptions kRefund{.kind = ClaimKind::kRefund};
constexpr ClaimOptions kLongTerm{.type = PrescriptionType::kLongTerm};

LineDecision judged(World& world, const ClaimLine& asked, ClaimOptions options = {}) {
  return world.judge(world.claim({asked}, options)).lines.at(0);
}

Reason reason(World& world, const ClaimLine& asked, ClaimOptions options = {}) {
  return judged(world, asked, options).reason;
}

TEST(ClaimLines, TheProductIsThatOfTheServiceDate) {
  World world;
  Product product = test::product("DATED", dzd(100));
  product.in_force = {day("2026-03-10"), day("2026-03-10")};
  world.put(product);
  EXPECT_EQ(reason(world, line("DATED", dzd(100))), Reason::kNone);
  world.set_today("2026-03-11");
  EXPECT_EQ(
      reason(world, line("DATED", dzd(100)), {.service = "2026-03-09", .prescribed = "2026-03-09"}),
      Reason::kProductUnknown);
  EXPECT_EQ(reason(world, line("DATED", dzd(100)), {.service = "2026-03-11"}),
            Reason::kProductUnknown);
}

TEST(ClaimLines, APriceAboveThePublicOneIsRefusedOrReimbursedAsThePublicOne) {
  World world;
  world.put(test::product("A", dzd(100)));
  EXPECT_EQ(reason(world, line("A", dzd(99, 99))), Reason::kNone);
  EXPECT_EQ(reason(world, line("A", dzd(100))), Reason::kNone);
  EXPECT_EQ(reason(world, line("A", dzd(100, 1))), Reason::kPriceAbovePublic);
  const LineDecision refund = judged(world, line("A", dzd(150), 2), kRefund);
  EXPECT_EQ(refund.reason, Reason::kNone);
  EXPECT_EQ(refund.price, dzd(300));  // What the person paid.
  EXPECT_EQ(refund.insurer, dzd(160));
  EXPECT_EQ(refund.patient, dzd(140));
}

TEST(ClaimLines, ARestrictionIsMetByOneWholeAlternative) {
  World world;
  Product product = test::product("VACCINE", dzd(100));
  product.restriction = {{.age_min = 65, .age_max = std::nullopt, .condition = {}},
                         {.age_min = 40, .age_max = 50, .condition = code<ConditionCode>("ALD-8")}};
  world.put(product);
  const ClaimLine asked = line("VACCINE", dzd(100));
  world.insured().birth = day("1961-03-11");  // 64, 65 tomorrow.
  EXPECT_EQ(reason(world, asked), Reason::kProductRestricted);
  world.insured().birth = day("1961-03-10");
  EXPECT_EQ(reason(world, asked), Reason::kNone);
  world.insured().birth = day("1980-06-15");
  EXPECT_EQ(reason(world, asked), Reason::kProductRestricted);
  world.treat({"INN-X"}, "ALD-8");
  EXPECT_EQ(reason(world, asked), Reason::kNone);
  world.insured().birth = day("1975-03-11");  // 50, 51 tomorrow.
  EXPECT_EQ(reason(world, asked), Reason::kNone);
  world.insured().birth = day("1975-03-10");
  EXPECT_EQ(reason(world, asked), Reason::kProductRestricted);
  world.insured().birth = day("1980-06-15");
  world.insured().treatments[0].in_force.until = day("2026-03-09");
  EXPECT_EQ(reason(world, asked), Reason::kProductRestricted);
}

TEST(ClaimLines, ALongSupplyNeedsAnAgreement) {
  World world;
  Product product = test::product("DIAZEPAM", dzd(100));
  product.prior_agreement_above_days = 84;
  world.put(product);
  EXPECT_EQ(reason(world, line("DIAZEPAM", dzd(100), 1, 83)), Reason::kNone);
  EXPECT_EQ(reason(world, line("DIAZEPAM", dzd(100), 1, 84)), Reason::kNone);
  EXPECT_EQ(reason(world, line("DIAZEPAM", dzd(100), 1, 85)), Reason::kPriorAgreementRequired);
  product.prior_agreement_above_days = 0;
  world.put(product);
  EXPECT_EQ(reason(world, line("DIAZEPAM", dzd(100))), Reason::kPriorAgreementRequired);
}

TEST(ClaimLines, QuantityAndSupplyHaveMaxima) {
  World world;
  Product product = test::product("M", dzd(100));
  product.quantity_max = 3;
  product.supply_days_max = 30;
  world.put(product);
  EXPECT_EQ(reason(world, line("M", dzd(100), 3, 30)), Reason::kNone);
  EXPECT_EQ(reason(world, line("M", dzd(100), 4, 31)), Reason::kQuantityAboveMaximum);
  EXPECT_EQ(reason(world, line("M", dzd(100), 3, 31)), Reason::kSupplyTooLong);
}

TEST(ClaimLines, ALongTermLineIsSuppliedForAtMostNinetyDays) {
  World world;
  world.treat({"INN-A"});
  EXPECT_EQ(reason(world, line("A", dzd(100), 1, 90), kLongTerm), Reason::kNone);
  EXPECT_EQ(reason(world, line("A", dzd(100), 1, 91), kLongTerm), Reason::kSupplyTooLong);
  EXPECT_EQ(reason(world, line("A", dzd(100), 1, 91)), Reason::kNone);             // Acute.
  EXPECT_EQ(reason(world, line("B", dzd(100), 1, 91), kLongTerm), Reason::kNone);  // Other INN.
}

TEST(ClaimLines, AProductIsDispensedOncePerPrescription) {
  World world;
  const ClaimDecision twice = world.submit(world.claim({line("A", dzd(100)), line("A", dzd(100))}));
  EXPECT_EQ(twice.outcome, Outcome::kApprovedPartially);
  EXPECT_EQ(twice.lines.at(1).reason, Reason::kDuplicateDispensing);
  EXPECT_EQ(reason(world, line("A", dzd(100))), Reason::kDuplicateDispensing);
  EXPECT_EQ(reason(world, line("A", dzd(100)), {.prescription = "RX-2"}), Reason::kNone);
  EXPECT_EQ(reason(world, line("A", dzd(100)), kRefund), Reason::kDuplicateDispensing);
}

TEST(ClaimLines, ADeclinedLineIsNoDuplicate) {
  World world;
  world.put(test::product("A", dzd(100)));
  const ClaimDecision decision =
      world.submit(world.claim({line("A", dzd(101)), line("A", dzd(100))}));
  EXPECT_EQ(decision.lines.at(0).reason, Reason::kPriceAbovePublic);
  EXPECT_EQ(decision.lines.at(1).reason, Reason::kNone);
}

TEST(ClaimLines, ALongTermLineIsADuplicateOnlyOnTheSameDay) {
  World world;
  world.treat({"INN-A"});
  world.submit(world.claim({line("A", dzd(100))}, kLongTerm));
  EXPECT_EQ(reason(world, line("A", dzd(100)), kLongTerm), Reason::kDuplicateDispensing);
  world.set_today("2026-03-11");
  EXPECT_EQ(reason(world, line("A", dzd(100)),
                   {.type = PrescriptionType::kLongTerm, .service = "2026-03-11"}),
            Reason::kNone);
}

TEST(ClaimLines, ARefillPassesFromSevenDaysLeft) {
  World world;
  world.submit(world.claim({line("A", dzd(100), 1, 30)}));  // Supplied until 2026-04-09.
  const std::pair<const char*, Reason> kDays[] = {{"2026-04-01", Reason::kRefillTooSoon},
                                                  {"2026-04-02", Reason::kNone},
                                                  {"2026-04-03", Reason::kNone}};
  for (const auto& [service, expected] : kDays) {
    world.set_today(service);
    const LineDecision decision =
        judged(world, line("A", dzd(100), 1, 30), {.prescription = "RX-2", .service = service});
    EXPECT_EQ(decision.reason, expected) << service;
    if (expected == Reason::kNone) continue;
    EXPECT_EQ(decision.come_back_on, day("2026-04-02"));
  }
}

TEST(ClaimLines, ARefillLooksAtTheInnAndOnlyAtEarlierDispensings) {
  World world;
  Product other_brand = test::product("A2", dzd(100));
  other_brand.inn = code<InnCode>("INN-A");
  world.put(other_brand);
  const ClaimDecision both =
      world.submit(world.claim({line("A", dzd(100), 1, 30), line("A2", dzd(100), 1, 20)}));
  EXPECT_EQ(both.outcome, Outcome::kApproved);
  EXPECT_EQ(reason(world, line("A2", dzd(100), 1, 30), {.prescription = "RX-2"}),
            Reason::kRefillTooSoon);
  EXPECT_EQ(reason(world, line("A2", dzd(100), 1, 30),
                   {.prescription = "RX-2", .service = "2026-03-09", .prescribed = "2026-03-09"}),
            Reason::kNone);
  EXPECT_EQ(reason(world, line("A2", dzd(100), 1, 30), {.prescription = "RX-2", .rank = 2}),
            Reason::kNone);
}

TEST(ClaimLines, NoDaysOfSupplyAreNotRemembered) {
  World world;
  world.submit(world.claim({line("A", dzd(100), 1, 0)}));
  EXPECT_EQ(reason(world, line("A", dzd(100), 1, 30), {.prescription = "RX-2"}), Reason::kNone);
}

TEST(ClaimLines, ComeBackOnLooksPastDispensingsAfterABackdatedClaim) {
  World world;
  world.set_today("2026-03-30");
  world.submit(world.claim({line("A", dzd(100), 1, 30)},
                           {.service = "2026-03-01", .prescribed = "2026-03-01"}));
  world.submit(
      world.claim({line("A", dzd(100), 1, 30)},
                  {.prescription = "RX-2", .service = "2026-03-24", .prescribed = "2026-03-01"}));
  const LineDecision decision =
      judged(world, line("A", dzd(100), 1, 30),
             {.prescription = "RX-3", .service = "2026-03-10", .prescribed = "2026-03-01"});
  EXPECT_EQ(decision.reason, Reason::kRefillTooSoon);
  EXPECT_EQ(decision.come_back_on, day("2026-04-16"));
}

TEST(ClaimLines, ComeBackOnIsByTheRulesOfThatDay) {
  World world;
  world.set_today("2026-03-30");
  Rulebook rulebook = test::dz_cnas();
  auto& periods = rulebook.periods;
  periods.push_back(periods.back());
  periods.back().from = day("2026-03-20");
  periods.back().refill_days_left_max = 3;
  periods.push_back(periods.back());
  periods.back().from = day("2026-03-28");
  periods.back().refill_days_left_max = 10;
  world.reference.put(rulebook);
  world.submit(world.claim({line("A", dzd(100), 1, 24)},
                           {.service = "2026-03-01", .prescribed = "2026-03-01"}));
  const LineDecision early =
      judged(world, line("A", dzd(100), 1, 30),
             {.prescription = "RX-2", .service = "2026-03-10", .prescribed = "2026-03-01"});
  EXPECT_EQ(early.come_back_on, day("2026-03-18")) << "seven days left, before the period changes";
  world.submit(
      world.claim({line("A", dzd(100), 1, 25)},
                  {.prescription = "RX-3", .service = "2026-03-18", .prescribed = "2026-03-01"}));
  const LineDecision late =
      judged(world, line("A", dzd(100), 1, 30),
             {.prescription = "RX-4", .service = "2026-03-21", .prescribed = "2026-03-01"});
  EXPECT_EQ(late.come_back_on, day("2026-04-02")) << "ten days left, not three";
}

TEST(ClaimLines, ReversalMakesRoomForARefillAndADuplicate) {
  World world;
  const Command claim = world.claim({line("A", dzd(100), 1, 30)});
  world.submit(claim);
  EXPECT_EQ(reason(world, line("A", dzd(100), 1, 30)), Reason::kDuplicateDispensing);
  world.run(world.reversal(claim));
  EXPECT_EQ(reason(world, line("A", dzd(100), 1, 30)), Reason::kNone);
}

TEST(Price, AnExemptBeneficiaryIsPaidWhole) {
  World world;
  world.insured().basis = RateBasis::kExempt;
  world.put_tarif("INN-A", dzd(900));
  const LineDecision decision = judged(world, line("A", dzd(1200)));
  EXPECT_EQ(decision.insurer, dzd(900));
  EXPECT_EQ(decision.patient, dzd(300));
}

TEST(Price, ATarifAboveThePriceChangesNothing) {
  World world;
  world.put_tarif("INN-A", dzd(1300));
  EXPECT_EQ(judged(world, line("A", dzd(1200))).insurer, dzd(960));
}

TEST(Price, IsRoundedHalfUpPerLine) {
  const std::pair<std::int64_t, std::int64_t> kCases[] = {{1, 1}, {2, 2}, {3, 2}, {63, 50}};
  for (const auto& [cents, insurer] : kCases) {
    World world;
    EXPECT_EQ(judged(world, line("A", Cents{cents})).insurer, Cents{insurer}) << cents;
  }
  World world;
  Product half = test::product("HALF", dzd(1));
  half.rate = BasisPoints{5'000};
  world.put(half);
  EXPECT_EQ(judged(world, line("HALF", Cents{1})).insurer, Cents{1});
}

TEST(Price, TheLargestClaimIsDecidedWithoutOverflow) {
  World world;
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) period.prescription_ceiling.reset();
  world.reference.put(rulebook);
  std::vector<ClaimLine> lines;
  for (std::size_t i = 0; i < kClaimLinesMax; ++i) {
    const std::string name = "BIG" + std::to_string(i);
    world.put(test::product(name, kUnitPriceMax));
    lines.push_back(line(name, kUnitPriceMax, kQuantityMax, kSupplyDaysMax));
  }
  const ClaimDecision decision = world.submit(world.claim(lines));
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
  EXPECT_EQ(decision.insurer + decision.patient, kClaimAmountMax);
  world.reference.put(test::dz_cnas());
  EXPECT_EQ(world.judge(world.claim(lines, {.prescription = "RX-2"})).lines.at(0).reason,
            Reason::kRefillTooSoon);
}

}  // namespace
}  // namespace wasl::core
