#include "wire/answer_body.hpp"

#include <google/protobuf/arena.h>

#include <array>

#include "core/assert.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/answer_messages.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::Outcome::kApproved, v1::ClaimAnswer::APPROVED));
static_assert(same(core::Outcome::kApprovedPartially, v1::ClaimAnswer::APPROVED_PARTIALLY));
static_assert(same(core::Outcome::kDeclined, v1::ClaimAnswer::DECLINED));
using Effect = core::ReversalDecision::Effect;
static_assert(same(Effect::kReleased, v1::ReversalAnswer::RELEASED));
static_assert(same(Effect::kAlreadyReversed, v1::ReversalAnswer::ALREADY_REVERSED));
static_assert(same(Effect::kNothingToRelease, v1::ReversalAnswer::NOTHING_TO_RELEASE));
static_assert(same(Effect::kTombstone, v1::ReversalAnswer::TOMBSTONE));
static_assert(same(Effect::kRefused, v1::ReversalAnswer::NOT_DONE));
static_assert(same(core::Reason::kNoPayableLine, v1::NO_PAYABLE_LINE));
static_assert(same(core::Reason::kHistoryFull, v1::HISTORY_FULL));
static_assert(same(core::Reason::kRulebookUnknown, v1::RULEBOOK_UNKNOWN));
static_assert(same(core::Reason::kAlreadyPresented, v1::ALREADY_PRESENTED));
static_assert(same(core::Reason::kValueDateInvalid, v1::VALUE_DATE_INVALID));
static_assert(same(core::Reason::kFundAccountMissing, v1::FUND_ACCOUNT_MISSING));
static_assert(same(core::Reason::kStatusFileDiffers, v1::STATUS_FILE_DIFFERS));
static_assert(same(core::Reason::kBusinessDayInvalid, v1::BUSINESS_DAY_INVALID));
static_assert(same(core::OwedVerdict::kNoAccount, v1::LeftOut::NO_ACCOUNT));
static_assert(same(core::OwedVerdict::kBelowMinimum, v1::LeftOut::BELOW_MINIMUM));
static_assert(same(core::OwedVerdict::kAboveMaximum, v1::LeftOut::ABOVE_MAXIMUM));
static_assert(same(core::OwedVerdict::kCameBack, v1::LeftOut::CAME_BACK));
static_assert(same(core::OwedVerdict::kOwesMore, v1::LeftOut::OWES_MORE));
static_assert(same(core::StatusVerdict::kUnknown, v1::WrongStatus::UNKNOWN));
static_assert(same(core::StatusVerdict::kAmountDiffers, v1::WrongStatus::AMOUNT_DIFFERS));
static_assert(same(core::StatusVerdict::kContradicts, v1::WrongStatus::CONTRADICTS));
static_assert(same(core::StatusVerdict::kTwice, v1::WrongStatus::TWICE));
using Reduction = core::ReductionDecision::Effect;
static_assert(same(Reduction::kRefused, v1::ReductionAnswer::REFUSED));
static_assert(same(Reduction::kOwedLess, v1::ReductionAnswer::OWED_LESS));
static_assert(same(Reduction::kOwedBack, v1::ReductionAnswer::OWED_BACK));
static_assert(same(core::PayoutDecision::Effect::kRefused, v1::PayoutAnswer::REFUSED));
static_assert(same(core::PayoutDecision::Effect::kWithdrawn, v1::PayoutAnswer::WITHDRAWN));
static_assert(same(core::ListSide::kOnlyListed, v1::ListDifference::ONLY_LISTED));
static_assert(same(core::ListSide::kOnlyHeld, v1::ListDifference::ONLY_HELD));
static_assert(same(core::ListSide::kAmountDiffers, v1::ListDifference::AMOUNT_DIFFERS));
static_assert(same(core::Remedy::kContactScheme, v1::CONTACT_SCHEME));

// An answer of 40 lines needs about 5 KiB.
constexpr std::size_t kArenaBytes = 8 * 1024;

template <typename Message>
void set_reason(core::Reason reason, Message& out) {
  out.set_reason(static_cast<v1::Reason>(reason));
  out.set_remedy(static_cast<v1::Remedy>(core::entry(reason).remedy));
}

class BodyWriter {
 public:
  BodyWriter(const core::Command& command, core::Sequence sequence, v1::AnswerBody& body)
      : command_(command), sequence_(sequence), body_(body) {}

  void operator()(const core::ClaimDecision& decision) {
    v1::ClaimAnswer& out = *body_.mutable_claim();
    const bool quote = std::holds_alternative<core::QuoteClaim>(command_.request);
    out.set_outcome(static_cast<v1::ClaimAnswer::Outcome>(decision.outcome));
    out.set_claim_id(quote ? 0 : sequence_);
    out.set_quote(quote);
    set_reason(decision.reason, out);
    for (const core::LineDecision& line : decision.lines) add_line(line, *out.add_lines());
    out.set_insurer_cents(decision.insurer.value);
    out.set_patient_cents(decision.patient.value);
    if (decision.prescriptions_left) out.set_prescriptions_left(*decision.prescriptions_left);
    if (decision.rights_until) out.set_rights_until(core::to_text(*decision.rights_until));
    out.set_corrects_claim_id(decision.corrects);
  }

  void operator()(const core::ReversalDecision& decision) {
    v1::ReversalAnswer& out = *body_.mutable_reversal();
    out.set_effect(static_cast<v1::ReversalAnswer::Effect>(decision.effect));
    set_reason(decision.reason, out);
    out.set_claim_id(decision.claim);
    out.set_insurer_cents(decision.insurer.value);
    out.set_patient_cents(decision.patient.value);
  }

  void operator()(const core::StatusDecision&) {}

  void operator()(const core::RightsDecision& decision) {
    if (std::holds_alternative<core::UpdateCard>(command_.request)) {
      v1::CardAnswer& out = *body_.mutable_card();
      set_reason(decision.reason, out);
      if (decision.rights_until) out.set_rights_until(core::to_text(*decision.rights_until));
      return;
    }
    v1::RightsAnswer& out = *body_.mutable_rights();
    set_reason(decision.reason, out);
    if (decision.rights_until) out.set_rights_until(core::to_text(*decision.rights_until));
    for (const auto& person : decision.beneficiaries) add_person(person, *out.add_beneficiaries());
  }

  void operator()(const core::ClosingDecision& decision) {
    v1::ClosingAnswer& out = *body_.mutable_closing();
    set_reason(decision.reason, out);
    for (const core::ListDifference& each : decision.differences) {
      v1::ListDifference& difference = *out.add_differences();
      difference.set_claim_id(each.claim);
      difference.set_side(static_cast<v1::ListDifference::Side>(each.side));
      difference.set_held_cents(each.held.value);
    }
    if (decision.first == 0) return;
    out.set_due(core::to_text(decision.due));
    add_bordereaux(std::get<core::CloseBordereau>(command_.request), decision, out);
  }

  void operator()(const core::ReviewDecision& decision) {
    v1::ReviewAnswer& out = *body_.mutable_review();
    set_reason(decision.reason, out);
    out.set_claim_id(decision.claim);
    if (decision.reason != core::Reason::kNone) return;
    set_tally(decision.accepted, *out.mutable_accepted());
    set_tally(decision.rejected, *out.mutable_rejected());
    set_tally(decision.held, *out.mutable_held());
    set_tally(decision.undecided, *out.mutable_undecided());
  }

  void operator()(const core::ReductionDecision& decision) {
    v1::ReductionAnswer& out = *body_.mutable_reduction();
    out.set_effect(static_cast<v1::ReductionAnswer::Effect>(decision.effect));
    set_reason(decision.reason, out);
    out.set_difference_cents(decision.difference.value);
  }

  void operator()(const core::PayoutDecision& decision) {
    v1::PayoutAnswer& out = *body_.mutable_payout();
    out.set_effect(static_cast<v1::PayoutAnswer::Effect>(decision.effect));
    set_reason(decision.reason, out);
  }

  void operator()(const core::RunDecision& decision) {
    v1::RunAnswer& out = *body_.mutable_run();
    set_reason(decision.reason, out);
    if (decision.reason != core::Reason::kNone) return;
    out.set_run(run_of(command_.request));
    out.set_state(static_cast<v1::RunState>(decision.state));
    out.set_released(decision.released);
  }

  void operator()(const core::CollectDecision& decision) {
    v1::RunAnswer& out = *body_.mutable_run();
    set_reason(decision.reason, out);
    if (decision.reason != core::Reason::kNone) return;
    out.set_run(std::get<core::CollectRun>(command_.request).run);
    out.set_state(static_cast<v1::RunState>(decision.state));
    out.set_payouts(static_cast<std::uint32_t>(decision.to.size()));
    for (std::size_t i = 0; i < decision.verdicts.size(); ++i) {
      add_owed(command_.owed->owed[i], decision.verdicts[i], out);
    }
    for (const core::Cents withheld : decision.withheld) {
      out.set_amount_cents(out.amount_cents() - withheld.value);
    }
  }

  void operator()(const core::ExportDecision& decision) {
    v1::RunAnswer& out = *body_.mutable_run();
    set_reason(decision.reason, out);
    if (decision.reason != core::Reason::kNone) return;
    out.set_run(std::get<core::ExportRun>(command_.request).run);
    out.set_state(static_cast<v1::RunState>(decision.state));
    out.set_payouts(decision.payouts);
  }

  void operator()(const core::StatusFileDecision& decision) {
    v1::StatusFileAnswer& out = *body_.mutable_status_file();
    set_reason(decision.reason, out);
    if (decision.reason != core::Reason::kNone) return;
    out.set_file(file_of(command_.request, decision));
    out.set_state(static_cast<v1::StatusFileState>(decision.state));
    out.set_parts(decision.parts);
    out.set_applied(static_cast<std::uint32_t>(decision.effects.size()));
    const auto* part = std::get_if<core::ReceiveStatuses>(&command_.request);
    if (part == nullptr) return;
    WASL_ASSERT(decision.verdicts.size() == part->entries.size());
    for (std::size_t i = 0; i < part->entries.size(); ++i) {
      add_wrong(part->entries[i].payout, decision.verdicts[i], out);
    }
  }

  void operator()(const core::PlainDecision& decision) {
    switch (core::deed_of(command_.request)) {
      case core::Deed::kConfirmClock:
      case core::Deed::kAdvanceBusinessDay:
      case core::Deed::kImport:
        return;
      case core::Deed::kReportCard:
        return set_reason(decision.reason, *body_.mutable_card());
      case core::Deed::kRequestPriorAgreement:
        // Requested under the sequence of its record; nothing was requested where it is refused.
        return agreement(decision, decision.reason == core::Reason::kNone ? sequence_ : 0);
      case core::Deed::kDecidePriorAgreement:
        return agreement(decision, decision.agreement);
      default:
        return set_reason(decision.reason, *body_.mutable_feed());
    }
  }

 private:
  // A run's id is the sequence of the record that proposed it.
  [[nodiscard]] core::Sequence run_of(const core::Request& request) const {
    if (const auto* approve = std::get_if<core::ApproveRun>(&request)) return approve->run;
    if (const auto* cancel = std::get_if<core::CancelRun>(&request)) return cancel->run;
    return sequence_;
  }

  // A status file's id is the sequence of the record that opened it.
  [[nodiscard]] core::Sequence file_of(const core::Request& request,
                                       const core::StatusFileDecision& decision) const {
    if (const auto* receive = std::get_if<core::ReceiveStatuses>(&request)) return receive->file;
    if (const auto* apply = std::get_if<core::ApplyStatuses>(&request)) return apply->file;
    if (const auto* drop = std::get_if<core::DropStatusFile>(&request)) return drop->file;
    return decision.file > 0 ? decision.file : sequence_;
  }

  static void add_wrong(const core::PayoutId& payout, core::StatusVerdict verdict,
                        v1::StatusFileAnswer& out) {
    if (verdict == core::StatusVerdict::kFine) return;
    v1::WrongStatus& wrong = *out.add_wrong();
    wrong.set_run(payout.run);
    wrong.set_number(payout.number);
    wrong.set_why(static_cast<v1::WrongStatus::Why>(verdict));
  }

  static void add_owed(const core::Owed& owed, core::OwedVerdict verdict, v1::RunAnswer& out) {
    const std::int64_t amount = owed.item.amount.value;
    if (verdict == core::OwedVerdict::kTaken) out.set_amount_cents(out.amount_cents() + amount);
    const auto why = static_cast<int>(verdict);
    if (!v1::LeftOut::Why_IsValid(why)) return;
    v1::LeftOut& left_out = *out.add_left_out();
    set_payee(owed.payee, *left_out.mutable_payee());
    left_out.set_why(static_cast<v1::LeftOut::Why>(why));
    left_out.set_amount_cents(amount);
  }

  static void set_tally(const core::ReviewTally& tally, v1::ReviewTally& out) {
    out.set_claims(tally.claims);
    out.set_insurer_cents(tally.amount.value);
  }

  // As apply() cuts the list.
  static void add_bordereaux(const core::CloseBordereau& closing,
                             const core::ClosingDecision& decision, v1::ClosingAnswer& out) {
    std::uint32_t number = decision.first;
    for (std::size_t i = 0; i < closing.claims.size(); ++i) {
      if (i % decision.claims_each == 0) out.add_bordereaux()->set_number(number++);
      v1::ClosedBordereau& last = *out.mutable_bordereaux()->rbegin();
      last.set_count(last.count() + 1);
      last.set_total_cents(last.total_cents() + closing.claims[i].insurer.value);
    }
  }

  void agreement(const core::PlainDecision& decision, core::Sequence id) {
    v1::AgreementAnswer& out = *body_.mutable_agreement();
    set_reason(decision.reason, out);
    out.set_agreement_id(id);
  }

  static void add_line(const core::LineDecision& line, v1::LineAnswer& out) {
    set_reason(line.reason, out);
    out.set_insurer_cents(line.insurer.value);
    out.set_patient_cents(line.patient.value);
    if (line.come_back_on) out.set_come_back_on(core::to_text(*line.come_back_on));
    out.set_long_term(line.long_term);
  }

  static void add_person(const core::BeneficiaryRights& person, v1::BeneficiaryRights& out) {
    out.set_rank(person.rank);
    out.set_birth_date(core::to_text(person.birth));
    out.set_open(person.open);
    if (person.until) out.set_until(core::to_text(*person.until));
    out.set_long_term(person.long_term);
    if (person.prescriptions_left) out.set_prescriptions_left(*person.prescriptions_left);
  }

  const core::Command& command_;
  core::Sequence sequence_;
  v1::AnswerBody& body_;
};

}  // namespace

void AnswerBodyEncoder::encode_body(const core::Command& command, const core::Decision& decision,
                                    core::Sequence sequence, std::string& out) const {
  alignas(8) std::array<char, kArenaBytes> block;
  google::protobuf::Arena arena(block.data(), block.size());
  auto* const body = google::protobuf::Arena::CreateMessage<v1::AnswerBody>(&arena);
  std::visit(BodyWriter(command, sequence, *body), decision);
  WASL_ASSERT(body->AppendToString(&out));
}

}  // namespace wasl::wire
