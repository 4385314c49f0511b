// docs/decline_reasons.md as a walk: the claim starts with every check broken, and each step
// repairs the one just reported. A step passes only if its check is tried before all later ones.

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::code;
using test::day;
using test::dzd;
using test::World;

struct Scene {
  World world;
  Command command;
  Product product = test::product("A", dzd(10));
  Rulebook rulebook = test::dz_cnas();

  Scene();

  Claim& claim() { return std::get<SubmitClaim>(command.request).claim; }
  ClaimLine& line() { return claim().lines.front(); }
  Card& card() { return world.account().cards.front(); }
  Beneficiary& insured() { return world.insured(); }
  std::vector<HistoryLine>& history() { return world.history().lines; }
  Row& request_row() { return world.rows[request_key(command.from, command.request_id, 0)]; }
  Row& link() { return world.rows[card_key(code<CardNumber>(test::kCard))]; }
  void put_product() { world.put(product); }

  void break_claim();
  void break_lines();
};

HistoryLine dispensed(std::string_view prescription, std::string_view inn) {
  HistoryLine line;
  line.claim = 1;
  line.prescription = {code<PrescriberId>("DR-1"), code<PrescriptionNumber>(prescription),
                       day("2026-03-01")};
  line.service_date = day("2026-03-01");
  line.product = code<ProductCode>("OTHER");
  line.inn = code<InnCode>(inn);
  line.price = dzd(100);
  return line;
}

void Scene::break_claim() {
  world.pharmacy().suspended = true;
  world.pharmacy().agreements.clear();
  claim().provider = code<ParticipantId>("31-000001");
  RequestRow answered;
  answered.answered = true;
  answered.content.fill(0xff);
  request_row() = answered;
  link() = std::monostate{};
  card().reported_bar = CardBar::kReplaced;
  card().fund_bar = CardBar::kStolen;
  card().active = false;
  card().atc_highest = command.proofs.card->atc;
  card().rights_until = day("2025-12-31");
  command.proofs.card_verdict = ProofVerdict::kWrong;
  command.proofs.professional_verdict = ProofVerdict::kNotGiven;
  claim().rank = 3;
  claim().service_date = day("2026-03-11");
  claim().prescription.key.date = day("2026-03-20");
  insured().rights.clear();
  for (Parameters& period : rulebook.periods) period.prescriber_checked = true;
  world.reference = Reference{};
  world.reference.put(rulebook);
  world.reference.put(Prescriber{code<PrescriberId>("DR-1"), true, "Dr", 1});
}

void Scene::break_lines() {
  product.reimbursable = false;
  product.restriction = {{.age_min = 65, .age_max = std::nullopt, .condition = {}}};
  product.prior_agreement_above_days = 0;
  product.quantity_max = 1;
  product.supply_days_max = 10;
  claim().lines = {test::line("A", dzd(3000), 2, 30)};
  claim().prescription.key.number = code<PrescriptionNumber>("RX-1");
  history().push_back(dispensed("RX-1", "INN-A"));
  history().back().prescription = claim().prescription.key;
  history().back().prescription.date = day("2026-03-10");
  history().back().product = line().product;
  history().back().supply_days = 30;
  history().push_back(dispensed("RX-2", "INN-X"));
  history().push_back(dispensed("RX-3", "INN-X"));
  history()[1].subject_to_limits = history()[2].subject_to_limits = true;
  while (encoded_bytes(world.history()) <= kHistoryBytesMax) {
    history().push_back(dispensed("RX-4", "INN-X"));
  }
}

Scene::Scene() : command(world.claim({test::line("A", dzd(3000))})) {
  break_claim();
  break_lines();
}

struct Repair {
  Reason reported;
  void (*repair)(Scene&);
};

const Repair kClaimLevel[] = {
    {Reason::kRequestIdReused,
     [](Scene& s) {
       RequestRow tombstone;
       tombstone.state = RequestState::kReversed;
       s.request_row() = tombstone;
     }},
    {Reason::kReversedBeforeArrival,
     [](Scene& s) { std::get<RequestRow>(s.request_row()).state = RequestState::kClosed; }},
    {Reason::kClosedBeforeArrival, [](Scene& s) { s.request_row() = std::monostate{}; }},
    {Reason::kParticipantSuspended, [](Scene& s) { s.world.pharmacy().suspended = false; }},
    {Reason::kProviderUnknown, [](Scene& s) { s.claim().provider = s.command.from.id; }},
    // Check 4 is skipped while the card is unknown, so check 5 reports first here.
    {Reason::kCardUnknown, [](Scene& s) { s.link() = CardLink{s.world.account().insured}; }},
    {Reason::kNoAgreement,
     [](Scene& s) { s.world.pharmacy().agreements = {{code<FundCode>(test::kFund), {}}}; }},
    {Reason::kCardReplaced, [](Scene& s) { s.card().reported_bar = CardBar::kBlacklisted; }},
    {Reason::kCardOpposed, [](Scene& s) { s.card().fund_bar = CardBar::kNone; }},
    {Reason::kCardBlacklisted, [](Scene& s) { s.card().reported_bar = CardBar::kNone; }},
    {Reason::kCardNotActive, [](Scene& s) { s.card().active = true; }},
    {Reason::kRulebookUnknown,
     [](Scene& s) {
       s.world.reference.put(Fund{code<FundCode>(test::kFund), s.rulebook.scheme, "CNAS", 1});
     }},
    {Reason::kCardProofInvalid,
     [](Scene& s) { s.command.proofs.card_verdict = ProofVerdict::kRight; }},
    {Reason::kProfessionalProofInvalid,
     [](Scene& s) { s.command.proofs.professional_verdict = ProofVerdict::kRight; }},
    {Reason::kCardProofReplayed, [](Scene& s) { s.card().atc_highest = 0; }},
    {Reason::kBeneficiaryNotCovered, [](Scene& s) { s.claim().rank = 1; }},
    {Reason::kServiceDateInvalid,
     [](Scene& s) { s.claim().service_date = s.claim().first_act_date = day("2026-01-01"); }},
    {Reason::kTimeBarred,
     [](Scene& s) { s.claim().service_date = s.claim().first_act_date = day("2026-03-10"); }},
    {Reason::kPrescriptionDateInvalid,
     [](Scene& s) { s.claim().prescription.key.date = day("2025-12-01"); }},
    {Reason::kPrescriptionExpired,
     [](Scene& s) { s.claim().prescription.key.date = day("2026-03-10"); }},
    {Reason::kCardUpdateRequired, [](Scene& s) { s.card().rights_until = day("2026-03-10"); }},
    {Reason::kRightsNotOpen,
     [](Scene& s) { s.insured().rights = {{day("2026-03-10"), day("2026-03-10")}}; }},
    {Reason::kPrescriberNotAccepted,
     [](Scene& s) {
       s.world.reference.put(Prescriber{code<PrescriberId>("DR-1"), false, "Dr", 1});
     }},
};

const Repair kLineLevel[] = {
    {Reason::kProductUnknown, [](Scene& s) { s.put_product(); }},
    {Reason::kProductNotCovered, [](Scene& s) { s.product.reimbursable = true; }},
    {Reason::kPriceAbovePublic, [](Scene& s) { s.product.public_price = dzd(3000); }},
    {Reason::kProductRestricted, [](Scene& s) { s.product.restriction.clear(); }},
    {Reason::kPriorAgreementRequired,
     [](Scene& s) { s.product.prior_agreement_above_days.reset(); }},
    {Reason::kQuantityAboveMaximum, [](Scene& s) { s.product.quantity_max = 2; }},
    {Reason::kSupplyTooLong, [](Scene& s) { s.product.supply_days_max = 30; }},
    {Reason::kDuplicateDispensing,
     [](Scene& s) { s.history()[0].product = code<ProductCode>("OTHER"); }},
    {Reason::kRefillTooSoon, [](Scene& s) { s.history()[0].supply_days = 0; }},
    {Reason::kPrescriptionCountExceeded,
     [](Scene& s) { s.history()[1].subject_to_limits = false; }},
    {Reason::kPrescriptionCeilingExceeded, [](Scene& s) { s.line().unit_price = dzd(2500); }},
    {Reason::kHistoryFull, [](Scene& s) { s.history().resize(3); }},
};

TEST(Precedence, TheFirstBrokenCheckDecides) {
  Scene scene;
  for (const Repair& step : kClaimLevel) {
    const ClaimDecision decision = scene.world.judge(scene.command);
    ASSERT_EQ(entry(decision.reason).name, entry(step.reported).name);
    EXPECT_EQ(decision.outcome, Outcome::kDeclined);
    EXPECT_TRUE(decision.lines.empty());
    step.repair(scene);
  }
  for (const Repair& step : kLineLevel) {
    const ClaimDecision decision = scene.world.judge(scene.command);
    ASSERT_EQ(entry(decision.reason).name, "NO_PAYABLE_LINE");
    ASSERT_EQ(entry(decision.lines.at(0).reason).name, entry(step.reported).name);
    step.repair(scene);
    if (step.reported != Reason::kProductUnknown) scene.put_product();
  }
  const ClaimDecision decision = scene.world.judge(scene.command);
  EXPECT_EQ(entry(decision.reason).name, "NONE");
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
}

TEST(Precedence, CoversEveryReasonOfAClaim) {
  std::size_t claim_reasons = 0;
  for (const ReasonEntry& each : reasons()) {
    const bool of_claim = each.reason != Reason::kNone && each.reason < Reason::kOriginalNotAClaim;
    claim_reasons += of_claim || each.reason == Reason::kRulebookUnknown ? 1U : 0U;
  }
  // Each is a step; NO_PAYABLE_LINE follows from the lines.
  EXPECT_EQ(std::size(kClaimLevel) + std::size(kLineLevel) + 1, claim_reasons);
}

TEST(Trace, NamesEachCheckInOrderAndChangesNothing) {
  World world;
  const Command command = world.claim({test::line("A", dzd(100)), test::line("NONE", dzd(100))});
  Trace trace;
  const ClaimDecision traced = world.judge(command, &trace);
  EXPECT_EQ(traced, world.judge(command));
  ASSERT_FALSE(trace.empty());
  std::vector<int> claim_level;
  for (const TraceStep& step : trace) {
    EXPECT_FALSE(step.inputs.empty());
    if (step.line < 0) claim_level.push_back(step.check);
    const bool unknown_product = step.line == 1 && step.check == 13;
    EXPECT_EQ(step.passed, !unknown_product);
    EXPECT_TRUE(step.line != 1 || unknown_product);
  }
  EXPECT_TRUE(std::ranges::is_sorted(claim_level));
  EXPECT_EQ(claim_level.back(), 23);
}

TEST(Trace, HoldsNoCardOrInsuredNumber) {
  World world;
  Trace trace;
  (void)world.judge(world.claim({test::line("A", dzd(100))}), &trace);
  for (const TraceStep& step : trace) {
    EXPECT_EQ(step.inputs.find(test::kCard), std::string::npos);
    EXPECT_EQ(step.inputs.find(test::kInsured), std::string::npos);
  }
}

}  // namespace
}  // namespace wasl::core
