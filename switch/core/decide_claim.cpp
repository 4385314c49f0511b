// SubmitClaim, QuoteClaim and CorrectClaim: checks 1 to 12, and how the three steps make one
// decision.

#include <algorithm>
#include <span>

#include "core/claim_facts.hpp"

namespace wasl::core {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// Checks 3 to 12. Each step adds to the facts and gives kNone to go on.
class ClaimCheck {
 public:
  explicit ClaimCheck(ClaimFacts& facts)
      : facts_(facts), situation_(facts.situation), claim_(facts.claim) {}

  Reason first_broken() {
    static constexpr Step kOfClaim[] = {
        &ClaimCheck::request_id, &ClaimCheck::participant,       &ClaimCheck::provider,
        &ClaimCheck::find,       &ClaimCheck::fund_agreement,    &ClaimCheck::card,
        &ClaimCheck::proofs,     &ClaimCheck::beneficiary,       &ClaimCheck::service_date,
        &ClaimCheck::claim_age,  &ClaimCheck::prescription_date, &ClaimCheck::card_updated,
        &ClaimCheck::rights,     &ClaimCheck::prescriber};
    // Checks 1 to 3 were asked before the original was looked at.
    static constexpr Step kOfCorrection[] = {
        &ClaimCheck::find_again,   &ClaimCheck::fund_agreement, &ClaimCheck::known_card,
        &ClaimCheck::beneficiary,  &ClaimCheck::remembered,     &ClaimCheck::prescription_date,
        &ClaimCheck::card_updated, &ClaimCheck::rights,         &ClaimCheck::prescriber};
    return facts_.original == nullptr ? first_broken(kOfClaim) : first_broken(kOfCorrection);
  }

 private:
  using Step = Reason (ClaimCheck::*)();

  Reason first_broken(std::span<const Step> order) {
    for (const Step step : order) {
      const Reason reason = (this->*step)();
      if (reason != Reason::kNone) return reason;
    }
    return Reason::kNone;
  }

  template <typename Inputs>
  Reason unless(Reason broken, int number, bool passed, Inputs&& inputs) const {
    return situation_.check(number, passed, inputs) ? Reason::kNone : broken;
  }

  Reason request_id() { return check_request_id(situation_); }

  Reason participant() {
    // An unregistered provider is an unknown one, which the next step says.
    const auto* registration = situation_.rows.get<Registration>(Slot::kParticipant);
    if (facts_.third_party() && registration == nullptr) return Reason::kNone;
    return check_participant(situation_);
  }

  Reason provider() {
    if (!facts_.third_party()) return Reason::kNone;
    const bool own = situation_.rows.get<Registration>(Slot::kParticipant) != nullptr &&
                     claim_.provider == situation_.command.from.id;
    return unless(Reason::kProviderUnknown, 3, own,
                  [&] { return words("provider ", claim_.provider.view(), " is who asks"); });
  }

  Reason find() {
    facts_.card = find_card(situation_, claim_.card.number);
    return Reason::kNone;
  }

  Reason find_again() {
    const auto* account = situation_.rows.get<Account>(Slot::kAccount);
    facts_.card = core::known_card(situation_, account, claim_.card.number);
    return Reason::kNone;
  }

  Reason fund_agreement() {
    if (!facts_.third_party() || !facts_.card.known()) return Reason::kNone;
    const auto* registration = situation_.rows.get<Registration>(Slot::kParticipant);
    const FundCode& fund = facts_.card.account->fund;
    const bool agreed =
        std::ranges::any_of(registration->agreements, [&](const FundAgreement& agreement) {
          return agreement.fund == fund && agreement.in_force.contains(claim_.service_date);
        });
    return unless(Reason::kNoAgreement, 4, agreed, [&] {
      return words("agreement with ", fund.view(), " on ", claim_.service_date);
    });
  }

  Reason card() { return take_parameters(check_card(situation_, facts_.card)); }

  Reason known_card() {
    const Reason reason = take_parameters(check_known(situation_, facts_.card));
    facts_.proofs_accepted = reason == Reason::kNone;
    return reason;
  }

  Reason take_parameters(Reason reason) {
    if (reason == Reason::kNone) {
      facts_.parameters = &facts_.card.rulebook->at(claim_.service_date);
    }
    return reason;
  }

  Reason proofs() {
    if (!facts_.third_party()) return Reason::kNone;
    const Reason reason =
        check_proofs(situation_, facts_.card, claim_.card, facts_.parameters->atc_window);
    facts_.proofs_accepted = reason == Reason::kNone;
    return reason;
  }

  Reason beneficiary() {
    const bool covered = facts_.card.covers(claim_.rank);
    if (covered) {
      facts_.beneficiary = facts_.card.account->beneficiary(claim_.rank);
      facts_.long_term_person = has_treatment(*facts_.beneficiary, claim_.service_date);
      facts_.history = HistoryView(situation_.rows.get<History>(history_slot(claim_.rank)),
                                   history_bounds(*facts_.card.rulebook, facts_.card.today));
    }
    return unless(Reason::kBeneficiaryNotCovered, 7, covered,
                  [&] { return words("rank ", claim_.rank); });
  }

  Reason service_date() {
    const minutes ahead{facts_.parameters->service_date_ahead_minutes};
    const Day latest = day_of(situation_.now + ahead, facts_.card.rulebook->utc_offset);
    const bool valid =
        claim_.service_date <= latest && claim_.first_act_date <= claim_.service_date;
    return unless(Reason::kServiceDateInvalid, 8, valid, [&] {
      return words("service ", claim_.service_date, ", at the latest ", latest, "; first act ",
                   claim_.first_act_date);
    });
  }

  Reason claim_age() {
    const Day oldest_service =
        facts_.card.today - days{facts_.parameters->service_date_past_days_max};
    const Day last_refund =
        months_after(claim_.first_act_date, facts_.parameters->refund_months_max);
    const bool in_time = facts_.third_party() ? claim_.service_date >= oldest_service
                                              : facts_.card.today <= last_refund;
    facts_.dates_accepted = in_time;
    return unless(Reason::kTimeBarred, 8, in_time, [&] {
      return facts_.third_party()
                 ? words("service ", claim_.service_date, ", not before ", oldest_service)
                 : words("today ", facts_.card.today, ", not after ", last_refund);
    });
  }

  // Instead of check 8: what the person was dispensed since must not be forgotten yet.
  Reason remembered() {
    const Day oldest = facts_.history.bounds().service_from;
    facts_.dates_accepted = claim_.service_date >= oldest;
    return unless(Reason::kTimeBarred, 8, facts_.dates_accepted,
                  [&] { return words("service ", claim_.service_date, ", not before ", oldest); });
  }

  Reason prescription_date() {
    const Day date = claim_.prescription.key.date;
    const auto inputs = [&] {
      return words("prescription ", date, ", service ", claim_.service_date, ", at most ",
                   facts_.parameters->prescription_days_max, " days");
    };
    const Reason reason =
        unless(Reason::kPrescriptionDateInvalid, 9, date <= claim_.service_date, inputs);
    if (reason != Reason::kNone) return reason;
    const bool valid = claim_.service_date - date <= days{facts_.parameters->prescription_days_max};
    return unless(Reason::kPrescriptionExpired, 9, valid, inputs);
  }

  Reason card_updated() {
    if (!facts_.third_party()) return Reason::kNone;
    const Day until = facts_.card.card->rights_until;
    return unless(Reason::kCardUpdateRequired, 10, until >= claim_.service_date, [&] {
      return words("card's rights until ", until, ", service ", claim_.service_date);
    });
  }

  Reason rights() {
    const Day date = claim_.prescription.key.date;
    const bool open = std::ranges::any_of(
        facts_.beneficiary->rights, [&](const Interval& each) { return each.contains(date); });
    return unless(Reason::kRightsNotOpen, 11, open, [&] { return words("prescription ", date); });
  }

  Reason prescriber() {
    if (!facts_.parameters->prescriber_checked) return Reason::kNone;
    const PrescriberId& id = claim_.prescription.key.prescriber;
    const Prescriber* known = situation_.reference.prescriber(id);
    return unless(Reason::kPrescriberNotAccepted, 12, known != nullptr && !known->suspended,
                  [&] { return words("prescriber ", id.view()); });
  }

  ClaimFacts& facts_;
  const Situation& situation_;
  const Claim& claim_;
};

bool same_subject(const PriorAgreement& agreement, const Prescription& prescription,
                  const ClaimLine& line) {
  if (const auto* product = std::get_if<ProductCode>(&agreement.subject)) {
    return *product == line.product;
  }
  return std::get<PrescriptionKey>(agreement.subject) == prescription.key;
}

void decide_lines(const ClaimFacts& facts, ClaimDecision& decision) {
  decision.lines.reserve(facts.claim.lines.size());
  for (std::size_t i = 0; i < facts.claim.lines.size(); ++i) {
    decision.lines.push_back(decide_line(facts, i, decision.lines));
  }
  check_limits(facts, decision.lines);
  std::size_t approved = 0;
  for (const LineDecision& line : decision.lines) {
    if (line.reason != Reason::kNone) continue;
    ++approved;
    decision.insurer += line.insurer;
    decision.patient += line.patient;
  }
  if (approved == 0) {
    decision.reason = Reason::kNoPayableLine;
    return;
  }
  decision.outcome =
      approved == decision.lines.size() ? Outcome::kApproved : Outcome::kApprovedPartially;
  decision.kept = facts.history.bounds();
  if (facts.third_party()) return;
  const Parameters& today = facts.card.rulebook->at(facts.card.today);
  decision.pay_by = std::min(facts.card.today + days{today.payment_days}, kDayMax);
}

}  // namespace

bool has_treatment(const Beneficiary& beneficiary, Day day) {
  return std::ranges::any_of(beneficiary.treatments, [&](const Treatment& treatment) {
    return treatment.in_force.contains(day);
  });
}

bool ClaimFacts::exempt_person() const {
  return parameters->limits_exempt == LimitsExempt::kLongTermBeneficiary && long_term_person;
}

bool ClaimFacts::agreed(const ClaimLine& line) const {
  return std::ranges::any_of(card.account->agreements, [&](const PriorAgreement& agreement) {
    return agreement.state == AgreementState::kGranted && agreement.rank == claim.rank &&
           agreement.in_force.contains(claim.service_date) &&
           same_subject(agreement, claim.prescription, line);
  });
}

Reason check_claim(ClaimFacts& facts) { return ClaimCheck(facts).first_broken(); }

ClaimDecision decide_claim(const Situation& situation, const Claim& claim,
                           const RequestRow* original) {
  ClaimFacts facts{.situation = situation, .claim = claim, .original = original, .card = {}};
  ClaimDecision decision;
  decision.reason = check_claim(facts);
  if (facts.card.known()) decision.insured = facts.card.account->insured;
  decision.marks_atc =
      facts.proofs_accepted && std::holds_alternative<SubmitClaim>(situation.command.request);
  const bool proven = facts.third_party() ? facts.proofs_accepted : facts.parameters != nullptr;
  if (proven) decision.rights_until = facts.card.rights_until();
  if (decision.reason == Reason::kNone) decide_lines(facts, decision);
  if (facts.dates_accepted) decision.prescriptions_left = prescriptions_left(facts, decision.lines);
  return decision;
}

}  // namespace wasl::core
