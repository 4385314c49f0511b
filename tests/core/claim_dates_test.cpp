// Checks 4 to 12 at their bounds: one below, at, one above.

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

struct Dates {
  const char* today;
  const char* service;
  const char* prescribed;
  Reason expected;
};

Reason judged(const Dates& dates, ClaimKind kind) {
  World world;
  world.insured().rights = {{}};
  world.card().rights_until = kDayMax;
  world.set_today(dates.today);
  return world
      .judge(world.claim({line("A", dzd(100))},
                         {.kind = kind, .service = dates.service, .prescribed = dates.prescribed}))
      .reason;
}

TEST(ClaimDates, AThirdPartyClaimIsAdmittedForThirtyDays) {
  const Dates kCases[] = {
      {"2026-03-10", "2026-02-09", "2026-02-09", Reason::kNone},        // 29 days
      {"2026-03-10", "2026-02-08", "2026-02-08", Reason::kNone},        // 30 days
      {"2026-03-10", "2026-02-07", "2026-02-07", Reason::kTimeBarred},  // 31 days
      {"2026-03-10", "2026-03-11", "2026-03-10", Reason::kServiceDateInvalid},
  };
  for (const Dates& each : kCases) {
    EXPECT_EQ(judged(each, ClaimKind::kThirdParty), each.expected) << each.service;
  }
}

TEST(ClaimDates, ARefundIsAdmittedForThreeMonthsAfterTheFirstAct) {
  const Dates kCases[] = {
      {"2026-06-09", "2026-03-10", "2026-03-10", Reason::kNone},
      {"2026-06-10", "2026-03-10", "2026-03-10", Reason::kNone},
      {"2026-06-11", "2026-03-10", "2026-03-10", Reason::kTimeBarred},
      {"2026-02-28", "2025-11-30", "2025-11-30", Reason::kNone},  // No 30th of February.
      {"2026-03-01", "2025-11-30", "2025-11-30", Reason::kTimeBarred},
      {"2026-08-31", "2026-05-31", "2026-05-31", Reason::kNone},
  };
  for (const Dates& each : kCases) {
    EXPECT_EQ(judged(each, ClaimKind::kRefund), each.expected) << each.today;
  }
}

TEST(ClaimDates, APrescriptionIsDispensedForNinetyDays) {
  const Dates kCases[] = {
      {"2026-03-10", "2026-03-10", "2025-12-11", Reason::kNone},                 // 89 days
      {"2026-03-10", "2026-03-10", "2025-12-10", Reason::kNone},                 // 90 days
      {"2026-03-10", "2026-03-10", "2025-12-09", Reason::kPrescriptionExpired},  // 91 days
      {"2026-03-10", "2026-03-10", "2026-03-11", Reason::kPrescriptionDateInvalid},
  };
  for (const Dates& each : kCases) {
    EXPECT_EQ(judged(each, ClaimKind::kThirdParty), each.expected) << each.prescribed;
  }
}

TEST(ClaimDates, ATerminalsClockMayBeFiveMinutesAhead) {
  World world;
  const Command tomorrow = world.claim({line("A", dzd(100))}, {.service = "2026-03-11"});
  // Midnight at the network's UTC+1 is 23:00 UTC; five minutes before it the next day is admitted.
  world.now = day("2026-03-10") + std::chrono::hours{22} + std::chrono::minutes{55};
  EXPECT_EQ(world.judge(tomorrow).reason, Reason::kNone);
  world.now -= std::chrono::milliseconds{1};
  EXPECT_EQ(world.judge(tomorrow).reason, Reason::kServiceDateInvalid);
}

TEST(ClaimDates, TheFirstActIsNotAfterTheService) {
  World world;
  Command command = world.claim({line("A", dzd(100))});
  auto& claim = std::get<SubmitClaim>(command.request).claim;
  claim.first_act_date = claim.service_date + std::chrono::days{1};
  EXPECT_EQ(world.judge(command).reason, Reason::kServiceDateInvalid);
}

TEST(ClaimDates, ARefundCountsFromItsFirstAct) {
  World world;
  Command command = world.claim({line("A", dzd(100))}, {.kind = ClaimKind::kRefund});
  std::get<SubmitClaim>(command.request).claim.first_act_date = day("2025-12-10");
  EXPECT_EQ(world.judge(command).reason, Reason::kNone);
  std::get<SubmitClaim>(command.request).claim.first_act_date = day("2025-12-09");
  EXPECT_EQ(world.judge(command).reason, Reason::kTimeBarred);
}

TEST(ClaimDates, TheCardsRightsIncludeTheirLastDay) {
  World world;
  const Command command = world.claim({line("A", dzd(100))});
  world.card().rights_until = day("2026-03-10");
  EXPECT_EQ(world.judge(command).reason, Reason::kNone);
  world.card().rights_until = day("2026-03-09");
  EXPECT_EQ(world.judge(command).reason, Reason::kCardUpdateRequired);
  const Command refund = world.claim({line("A", dzd(100))}, {.kind = ClaimKind::kRefund});
  EXPECT_EQ(world.judge(refund).reason, Reason::kNone);
}

TEST(ClaimDates, RightsAreThoseOfThePrescriptionDate) {
  World world;
  const ClaimOptions options{.prescribed = "2026-03-05"};
  const Interval around{day("2026-03-05"), day("2026-03-05")};
  world.insured().rights = {{day("2025-01-01"), day("2025-12-31")}, around};
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(100))}, options)).reason, Reason::kNone);
  for (const char* outside : {"2026-03-04", "2026-03-06"}) {
    world.insured().rights = {{day(outside), day(outside)}};
    EXPECT_EQ(world.judge(world.claim({line("A", dzd(100))}, options)).reason,
              Reason::kRightsNotOpen);
  }
}

TEST(ClaimDates, TheAgreementOfTheProviderIsThatOfTheServiceDate) {
  World world;
  const Command command = world.claim({line("A", dzd(100))});
  auto& agreement = world.pharmacy().agreements.front();
  agreement.in_force = {day("2026-03-10"), day("2026-03-10")};
  EXPECT_EQ(world.judge(command).reason, Reason::kNone);
  agreement.in_force = {day("2026-03-11"), kDayMax};
  EXPECT_EQ(world.judge(command).reason, Reason::kNoAgreement);
  agreement.in_force = {kDayMin, day("2026-03-09")};
  EXPECT_EQ(world.judge(command).reason, Reason::kNoAgreement);
}

TEST(CardState, ABlacklistingHoldsThroughItsLastDay) {
  World world;
  const Command command = world.claim({line("A", dzd(100))});
  world.card().fund_bar = CardBar::kBlacklisted;
  world.card().fund_bar_until = day("2026-03-10");
  EXPECT_EQ(world.judge(command).reason, Reason::kCardBlacklisted);
  world.card().fund_bar_until = day("2026-03-09");
  EXPECT_EQ(world.judge(command).reason, Reason::kNone);
  world.card().reported_bar = CardBar::kBlacklisted;
  EXPECT_EQ(world.judge(command).reason, Reason::kCardBlacklisted);
}

TEST(CardState, EitherKindOfReportBarsTheCard) {
  const std::pair<CardBar, Reason> kBars[] = {{CardBar::kLost, Reason::kCardOpposed},
                                              {CardBar::kStolen, Reason::kCardOpposed},
                                              {CardBar::kReplaced, Reason::kCardReplaced}};
  for (const auto& [bar, reason] : kBars) {
    World world;
    const Command command = world.claim({line("A", dzd(100))});
    world.card().fund_bar = bar;
    EXPECT_EQ(world.judge(command).reason, reason);
    world.card().fund_bar = CardBar::kNone;
    world.card().reported_bar = bar;
    EXPECT_EQ(world.judge(command).reason, reason);
  }
}

TEST(CardState, FundAndKeyVersionMustBeTheCardsOwn) {
  World world;
  Command command = world.claim({line("A", dzd(100))});
  auto& card = std::get<SubmitClaim>(command.request).claim.card;
  card.key_version = 2;
  EXPECT_EQ(world.judge(command).reason, Reason::kCardProofInvalid);
  card.key_version = 1;
  card.fund = code<FundCode>("CASNOS");
  EXPECT_EQ(world.judge(command).reason, Reason::kCardProofInvalid);
}

TEST(CardState, AnIndividualCardCoversOnlyItsHolder) {
  World world;
  world.card().kind = CardKind::kIndividual;
  world.card().rank = 2;
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(100))}, {.rank = 1})).reason,
            Reason::kBeneficiaryNotCovered);
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(100))}, {.rank = 2})).reason, Reason::kNone);
}

TEST(CardState, ARightProofIsUsedUpWhateverFollowsAndAWrongOneMarksNothing) {
  World world;
  Command wrong = world.claim({line("A", dzd(100))});
  wrong.proofs.card_verdict = ProofVerdict::kWrong;
  EXPECT_EQ(world.submit(wrong).reason, Reason::kCardProofInvalid);
  EXPECT_EQ(world.card().atc_highest, 0U);

  Command declined = world.claim({line("A", dzd(100))}, {.rank = 3});
  EXPECT_EQ(world.submit(declined).reason, Reason::kBeneficiaryNotCovered);
  EXPECT_EQ(world.card().atc_highest, declined.proofs.card->atc);

  Command replayed = world.claim({line("A", dzd(100))});
  replayed.proofs.card = declined.proofs.card;
  EXPECT_EQ(world.submit(replayed).reason, Reason::kCardProofReplayed);
}

TEST(CardState, AQuoteNeedsAFreshProofAndLeavesItFresh) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  const Command quote = world.quote(claim);
  const auto quoted = std::get<ClaimDecision>(world.run(quote));
  EXPECT_FALSE(quoted.marks_atc);
  EXPECT_FALSE(changes_state(quote, quoted));
  EXPECT_EQ(world.sequence, 0U);
  const ClaimDecision decided = world.submit(claim);
  EXPECT_TRUE(decided.marks_atc);
  EXPECT_EQ(decided.insurer, quoted.insurer);
  EXPECT_EQ(std::get<ClaimDecision>(world.run(quote)).reason, Reason::kCardProofReplayed);
}

TEST(WhatIsTold, FollowsTheProof) {
  World world;
  Command command = world.claim({line("A", dzd(100))});
  EXPECT_EQ(world.judge(command).rights_until, day("2026-12-31"));
  EXPECT_EQ(world.judge(command).prescriptions_left, 1);
  command.proofs.card_verdict = ProofVerdict::kWrong;
  EXPECT_EQ(world.judge(command).rights_until, std::nullopt);
  EXPECT_EQ(world.judge(command).prescriptions_left, std::nullopt);
}

TEST(WhatIsTold, RightsUntilIsNotKnownBeforeTheFirstUpdate) {
  World world;
  world.card().rights_until = kDayMin;
  const ClaimDecision decision = world.judge(world.claim({line("A", dzd(100))}));
  EXPECT_EQ(decision.reason, Reason::kCardUpdateRequired);
  EXPECT_EQ(decision.rights_until, std::nullopt);
}

TEST(WhatIsTold, PrescriptionsLeftEndWithExemptionAndRefund) {
  World world;
  const ClaimDecision declined =
      world.judge(world.claim({line("A", dzd(100))}, {.prescribed = "2025-01-01"}));
  EXPECT_EQ(declined.reason, Reason::kPrescriptionExpired);
  EXPECT_EQ(declined.prescriptions_left, 2);
  const Command refund = world.claim({line("A", dzd(100))}, {.kind = ClaimKind::kRefund});
  EXPECT_EQ(world.judge(refund).prescriptions_left, std::nullopt);
  world.treat({"INN-X"});
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(100))})).prescriptions_left, std::nullopt);
}

// Whatever days a request names and whenever it comes, it is decided, and the decision can be kept.
TEST(Totality, HoldsAtTheFirstAndLastDaysThereAre) {
  World world;
  world.insured().rights = {{}};
  for (unsigned ends = 0; ends < 64; ++ends) {
    const auto end = [&](unsigned bit) { return (ends >> bit & 1U) != 0 ? kDayMax : kDayMin; };
    const ClaimKind kind = (ends & 1U) != 0 ? ClaimKind::kRefund : ClaimKind::kThirdParty;
    Command command = world.claim({line("A", dzd(100), 1, kSupplyDaysMax)}, {.kind = kind});
    auto& claim = std::get<SubmitClaim>(command.request).claim;
    claim.service_date = end(1);
    claim.first_act_date = end(2);
    claim.prescription.key.date = end(3);
    world.card().rights_until = end(4);
    world.now = end(5);
    std::string bytes;
    encode_decision(world.run(command), bytes);
    EXPECT_FALSE(bytes.empty());
  }
}

}  // namespace
}  // namespace wasl::core
