// GetRights, UpdateCard, ReportCard and prior agreements.

#include <gtest/gtest.h>

#include "core/account_change.hpp"
#include "core/index_rows.hpp"
#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::code;
using test::day;
using test::dzd;
using test::kCard;
using test::kCentre;
using test::kFund;
using test::kOtherCard;
using test::kPharmacy;
using test::line;
using test::World;

template <typename CardService>
Command service(World& world, Role role, std::string_view id) {
  CardService request;
  request.card = {code<CardNumber>(kCard), code<FundCode>(kFund), 1};
  if (role == Role::kProvider) request.provider = code<ParticipantId>(id);
  Command command = world.command(role, id, request);
  if (role == Role::kProvider) {
    // The card's proof as claim() makes it, with the next counter; none of the professional.
    const Proofs proofs = world.claim({line("A", dzd(1))}).proofs;
    command.proofs.card = proofs.card;
    command.proofs.card_verdict = proofs.card_verdict;
  }
  return command;
}

RightsDecision rights(World& world, const Command& command) {
  return std::get<RightsDecision>(world.run(command));
}

PlainDecision plain(World& world, const Command& command) {
  return std::get<PlainDecision>(world.run(command));
}

TEST(GetRights, NeedsTheCardsProofFromAProvider) {
  World world;
  Command command = service<GetRights>(world, Role::kProvider, kPharmacy);
  command.proofs.card_verdict = ProofVerdict::kWrong;
  const RightsDecision refused = rights(world, command);
  EXPECT_EQ(refused.reason, Reason::kCardProofInvalid);
  EXPECT_TRUE(refused.beneficiaries.empty());
  EXPECT_EQ(refused.rights_until, std::nullopt);
  EXPECT_EQ(world.card().atc_highest, 0U);

  const Command proven = service<GetRights>(world, Role::kProvider, kPharmacy);
  const RightsDecision granted = rights(world, proven);
  EXPECT_EQ(granted.reason, Reason::kNone);
  EXPECT_EQ(granted.beneficiaries.size(), 2U);
  EXPECT_EQ(world.card().atc_highest, proven.proofs.card->atc);
  EXPECT_TRUE(world.request_row(proven)->answered);
}

TEST(GetRights, SaysWhatHoldsTodayOfEachBeneficiary) {
  World world;
  world.treat({"INN-A"});
  world.account().beneficiaries[1].rights = {{day("2026-03-11"), day("2026-12-31")}};
  world.submit(world.claim({line("A", dzd(100))}, {.rank = 1}));
  const RightsDecision decision = rights(world, service<GetRights>(world, Role::kCentre, kCentre));
  EXPECT_FALSE(decision.marks_atc);
  EXPECT_EQ(decision.rights_until, day("2026-12-31"));
  ASSERT_EQ(decision.beneficiaries.size(), 2U);
  const BeneficiaryRights& insured = decision.beneficiaries[0];
  EXPECT_TRUE(insured.open);
  EXPECT_EQ(insured.until, day("2026-12-31"));
  EXPECT_TRUE(insured.long_term);
  EXPECT_EQ(insured.prescriptions_left, std::nullopt);
  const BeneficiaryRights& child = decision.beneficiaries[1];
  EXPECT_FALSE(child.open);
  EXPECT_EQ(child.until, std::nullopt);
  EXPECT_EQ(child.prescriptions_left, 2);
}

TEST(GetRights, CountsThisQuartersPrescriptions) {
  World world;
  world.submit(world.claim({line("A", dzd(100))}));
  const auto left = [&] {
    return rights(world, service<GetRights>(world, Role::kDesk, "3010"))
        .beneficiaries.at(0)
        .prescriptions_left;
  };
  EXPECT_EQ(left(), 1);
  world.set_today("2026-04-01");
  EXPECT_EQ(left(), 2);
}

TEST(GetRights, OfAnIndividualCardTellsOnlyItsHolder) {
  World world;
  world.card().kind = CardKind::kIndividual;
  world.card().rank = 2;
  const RightsDecision decision = rights(world, service<GetRights>(world, Role::kCentre, kCentre));
  ASSERT_EQ(decision.beneficiaries.size(), 1U);
  EXPECT_EQ(decision.beneficiaries[0].rank, 2);
}

TEST(GetRights, FromACentreLooksPastABarAndFromAProviderDoesNot) {
  World world;
  world.card().fund_bar = CardBar::kLost;
  EXPECT_EQ(rights(world, service<GetRights>(world, Role::kCentre, kCentre)).reason, Reason::kNone);
  EXPECT_EQ(rights(world, service<GetRights>(world, Role::kProvider, kPharmacy)).reason,
            Reason::kCardOpposed);
}

TEST(CardServices, RefuseInTheOrderOfTheChecks) {
  World world;
  Command command = service<UpdateCard>(world, Role::kProvider, kPharmacy);
  auto& request = std::get<UpdateCard>(command.request);
  request.provider = code<ParticipantId>("31-1");
  world.pharmacy().suspended = true;
  EXPECT_EQ(rights(world, command).reason, Reason::kParticipantSuspended);
  EXPECT_EQ(world.request_row(command), nullptr);
  world.pharmacy().suspended = false;
  EXPECT_EQ(std::get<RightsDecision>(world.decide(command)).reason, Reason::kProviderUnknown);
  request.provider = command.from.id;
  request.card.key_version = 9;
  EXPECT_EQ(std::get<RightsDecision>(world.decide(command)).reason, Reason::kCardProofInvalid);
  request.card.number = code<CardNumber>("0000");
  EXPECT_EQ(std::get<RightsDecision>(world.decide(command)).reason, Reason::kCardUnknown);
}

TEST(UpdateCard, GivesTheEarlierOfAYearAndTheLatestRights) {
  World world;
  const auto updated = [&](const char* until) {
    for (Beneficiary& each : world.account().beneficiaries) {
      each.rights = {{day("2020-01-01"), day("2026-03-20")}};
    }
    world.account().beneficiaries[1].rights.push_back({day("2026-05-01"), day(until)});
    const RightsDecision decision =
        rights(world, service<UpdateCard>(world, Role::kCentre, kCentre));
    EXPECT_EQ(decision.rights_until, world.card().rights_until);
    return to_text(world.card().rights_until);
  };
  EXPECT_EQ(updated("2027-03-09"), "2027-03-09");
  EXPECT_EQ(updated("2027-03-10"), "2027-03-10");
  EXPECT_EQ(updated("2027-03-11"), "2027-03-10");
  EXPECT_EQ(updated("2026-06-30"), "2026-06-30");  // Shorter than before.
}

TEST(UpdateCard, RefusesAnAccountWhoseRightsHaveEnded) {
  World world;
  for (Beneficiary& each : world.account().beneficiaries) {
    each.rights = {{day("2020-01-01"), day("2026-03-10")}};
  }
  const Day before = world.card().rights_until;
  EXPECT_EQ(rights(world, service<UpdateCard>(world, Role::kCentre, kCentre)).reason,
            Reason::kNone);
  EXPECT_EQ(world.card().rights_until, day("2026-03-10"));
  world.set_today("2026-03-11");
  const Command late = service<UpdateCard>(world, Role::kProvider, kPharmacy);
  EXPECT_EQ(rights(world, late).reason, Reason::kRightsEnded);
  EXPECT_EQ(world.card().rights_until, day("2026-03-10"));
  EXPECT_EQ(world.card().atc_highest, late.proofs.card->atc);
  EXPECT_NE(before, world.card().rights_until);
}

Command report(World& world, CardAction action, Day until = kDayMax, Role role = Role::kCentre,
               std::string_view id = kCentre) {
  ReportCard request{
      .card = code<CardNumber>(kCard), .action = action, .until = until, .replacement = {}};
  if (action == CardAction::kReplace) request.replacement = code<CardNumber>(kOtherCard);
  return world.command(role, id, request);
}

void add_other_card(World& world) {
  Card other = world.card();
  other.number = code<CardNumber>(kOtherCard);
  world.account().cards.push_back(other);
  world.rows[card_key(other.number)] = CardLink{world.account().insured};
}

TEST(ReportCard, SetsAndLiftsWhatWasReported) {
  World world;
  EXPECT_EQ(plain(world, report(world, CardAction::kLift)).reason, Reason::kNothingToLift);
  EXPECT_EQ(plain(world, report(world, CardAction::kOpposeLost)).reason, Reason::kNone);
  EXPECT_EQ(world.card().reported_bar, CardBar::kLost);
  EXPECT_EQ(plain(world, report(world, CardAction::kLift)).reason, Reason::kNone);
  EXPECT_EQ(world.card().reported_bar, CardBar::kNone);
}

TEST(ReportCard, NeverLiftsTheFundsBar) {
  World world;
  world.card().fund_bar = CardBar::kStolen;
  EXPECT_EQ(plain(world, report(world, CardAction::kLift)).reason, Reason::kNothingToLift);
  EXPECT_EQ(world.card().fund_bar, CardBar::kStolen);
}

TEST(ReportCard, LeavesAStrongerReportStanding) {
  World world;
  plain(world, report(world, CardAction::kOpposeStolen));
  plain(world, report(world, CardAction::kBlacklist, day("2026-03-11")));
  EXPECT_EQ(world.card().reported_bar, CardBar::kStolen);
  world.card().reported_bar = CardBar::kBlacklisted;
  world.card().reported_bar_until = kDayMax;
  plain(world, report(world, CardAction::kBlacklist, day("2026-03-11")));
  EXPECT_EQ(world.card().reported_bar_until, day("2026-03-11"));
  plain(world, report(world, CardAction::kOpposeLost));
  EXPECT_EQ(world.card().reported_bar, CardBar::kLost);
}

TEST(ReportCard, ReplacesByACardOfTheSameAccountForGood) {
  World world;
  EXPECT_EQ(plain(world, report(world, CardAction::kReplace)).reason, Reason::kReplacementUnknown);
  add_other_card(world);
  EXPECT_EQ(plain(world, report(world, CardAction::kReplace)).reason, Reason::kNone);
  EXPECT_EQ(world.card().reported_bar, CardBar::kReplaced);
  EXPECT_EQ(plain(world, report(world, CardAction::kLift)).reason, Reason::kNothingToLift);
  Command itself = report(world, CardAction::kReplace);
  std::get<ReportCard>(itself.request).replacement = code<CardNumber>(kCard);
  EXPECT_EQ(plain(world, itself).reason, Reason::kReplacementUnknown);
}

TEST(ReportCard, OfAFundTouchesOnlyItsOwnAccounts) {
  World world;
  world.registration(Role::kFund, "CASNOS");
  EXPECT_EQ(
      plain(world, report(world, CardAction::kOpposeLost, kDayMax, Role::kFund, "CASNOS")).reason,
      Reason::kNotOwner);
  EXPECT_EQ(
      plain(world, report(world, CardAction::kOpposeLost, kDayMax, Role::kFund, kFund)).reason,
      Reason::kNone);
}

Command ask(World& world, std::string_view product, Interval wanted = {}) {
  return world.command(Role::kProvider, kPharmacy,
                       RequestPriorAgreement{.card = code<CardNumber>(kCard),
                                             .rank = 1,
                                             .wanted = wanted,
                                             .subject = code<ProductCode>(product)});
}

Command answer(World& world, Sequence agreement, bool granted, std::string_view fund = kFund) {
  return world.command(Role::kFund, fund,
                       DecidePriorAgreement{.insured = code<InsuredNumber>(test::kInsured),
                                            .agreement = agreement,
                                            .granted = granted,
                                            .in_force = {day("2026-03-01"), day("2026-03-31")}});
}

TEST(PriorAgreements, AreAskedForDecidedAndUnlock) {
  World world;
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(6000))})).outcome, Outcome::kDeclined);
  EXPECT_EQ(plain(world, ask(world, "A")).reason, Reason::kNone);
  const Sequence id = world.sequence;
  ASSERT_EQ(world.account().agreements.size(), 1U);
  EXPECT_EQ(world.account().agreements[0].id, id);
  ASSERT_EQ(world.index.size(), 1U);
  EXPECT_EQ(decode_agreement_index_row(as_bytes(world.index.begin()->second))->insured,
            world.account().insured);
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(6000))})).outcome, Outcome::kDeclined);

  EXPECT_EQ(plain(world, answer(world, id, true)).agreement, id);
  EXPECT_TRUE(world.index.empty());
  EXPECT_EQ(world.judge(world.claim({line("A", dzd(6000))})).outcome, Outcome::kApproved);
  EXPECT_EQ(plain(world, answer(world, id, false)).reason, Reason::kAgreementUnknown);
}

TEST(PriorAgreements, AreDecidedByTheirOwnFund) {
  World world;
  plain(world, ask(world, "A"));
  world.registration(Role::kFund, "CASNOS");
  EXPECT_EQ(plain(world, answer(world, 1, true, "CASNOS")).reason, Reason::kNotOwner);
  EXPECT_EQ(plain(world, answer(world, 7, true)).reason, Reason::kAgreementUnknown);
  Command unknown = answer(world, 1, true);
  std::get<DecidePriorAgreement>(unknown.request).insured = code<InsuredNumber>("1");
  EXPECT_EQ(plain(world, unknown).reason, Reason::kAccountUnknown);
  EXPECT_EQ(plain(world, answer(world, 1, false)).reason, Reason::kNone);
  EXPECT_EQ(world.account().agreements[0].state, AgreementState::kRefused);
}

TEST(PriorAgreements, ArePrunedOnTheWayWithTheirIndexRows) {
  World world;
  plain(world, ask(world, "A", {day("2026-01-01"), day("2026-03-10")}));
  world.now = (day("2026-03-10") + kAgreementKept) + std::chrono::hours{12};
  plain(world, ask(world, "B"));
  EXPECT_EQ(world.account().agreements.size(), 2U);
  world.now += std::chrono::hours{24};
  plain(world, ask(world, "C"));
  ASSERT_EQ(world.account().agreements.size(), 2U);
  EXPECT_EQ(std::get<ProductCode>(world.account().agreements[0].subject).view(), "B");
  EXPECT_EQ(world.index.size(), 2U);
}

TEST(PriorAgreements, StopWhereTheAccountRowIsFull) {
  World world;
  int asked = 0;
  while (plain(world, ask(world, "A")).reason == Reason::kNone) ++asked;
  EXPECT_GT(asked, 10);
  EXPECT_LE(encoded_bytes(world.account()), kAccountBytesMax);
  EXPECT_EQ(plain(world, ask(world, "A")).reason, Reason::kAccountFull);
  EXPECT_EQ(world.account().agreements.size(), static_cast<std::size_t>(asked));
}

TEST(PriorAgreements, NeedACardThatIsNotBarredAndCoversThePerson) {
  World world;
  Command command = ask(world, "A");
  std::get<RequestPriorAgreement>(command.request).rank = 3;
  EXPECT_EQ(std::get<PlainDecision>(world.decide(command)).reason, Reason::kBeneficiaryNotCovered);
  world.card().active = false;
  EXPECT_EQ(std::get<PlainDecision>(world.decide(command)).reason, Reason::kCardNotActive);
}

}  // namespace
}  // namespace wasl::core
