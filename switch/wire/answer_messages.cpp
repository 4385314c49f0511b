#include "wire/answer_messages.hpp"

#include <algorithm>

#include "core/index_rows.hpp"
#include "core/reason.hpp"
#include "wire/encode.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::Refusal::kMalformed, v1::Refused::MALFORMED));
static_assert(same(core::Refusal::kNotPermitted, v1::Refused::NOT_PERMITTED));
static_assert(same(core::Refusal::kParticipantSuspended, v1::Refused::PARTICIPANT_SUSPENDED));
static_assert(same(core::Refusal::kNotRegistered, v1::Refused::NOT_REGISTERED));
static_assert(same(core::Refusal::kBusy, v1::Refused::BUSY));
static_assert(same(core::Refusal::kRequestIdReused, v1::Refused::REQUEST_ID_REUSED));
static_assert(same(core::Refusal::kUnknownRequest, v1::Refused::UNKNOWN_REQUEST));
static_assert(same(core::BusyCause::kQueue, v1::Refused::QUEUE));
static_assert(same(core::BusyCause::kParked, v1::Refused::PARKED));
static_assert(same(core::BusyCause::kLag, v1::Refused::LAG));
static_assert(same(core::BusyCause::kDisk, v1::Refused::DISK));
static_assert(same(core::BusyCause::kClock, v1::Refused::CLOCK));
static_assert(same(core::BusyCause::kRate, v1::Refused::RATE));
static_assert(same(core::BusyCause::kKeys, v1::Refused::KEYS));
static_assert(same(core::RequestState::kDone, v1::DONE));
static_assert(same(core::RequestState::kApproved, v1::APPROVED));
static_assert(same(core::RequestState::kDeclined, v1::DECLINED));
static_assert(same(core::RequestState::kReversed, v1::REVERSED));
static_assert(same(core::RequestState::kClosed, v1::CLOSED));
static_assert(same(core::RequestState::kPresented, v1::PRESENTED));
using Finding = core::StatusDecision::Finding;
static_assert(same(Finding::kFound, v1::StatusAnswer::FOUND));
static_assert(same(Finding::kNotSeen, v1::StatusAnswer::NOT_SEEN));
static_assert(same(Finding::kClosed, v1::StatusAnswer::CLOSED));
static_assert(same(Finding::kReversed, v1::StatusAnswer::REVERSED));
static_assert(same(Finding::kNotAClaim, v1::StatusAnswer::NOT_A_CLAIM));
static_assert(same(core::Language::kArabic, v1::ARABIC));
static_assert(same(core::Language::kFrench, v1::FRENCH));
static_assert(same(core::Language::kEnglish, v1::ENGLISH));

constexpr core::Language kLanguages[] = {core::Language::kArabic, core::Language::kFrench,
                                         core::Language::kEnglish};

const char* sentence(const core::Refused& refused) {
  switch (refused.code) {
    case core::Refusal::kMalformed:
      return refused.fund_unknown ? "fund: no fund of this code is on file: correct it"
                                  : "outside the protocol";
    case core::Refusal::kNotPermitted:
      return "not for this role or sender";
    case core::Refusal::kParticipantSuspended:
      return "suspended: only repeats, reversals and queries of what is one's own are taken";
    case core::Refusal::kNotRegistered:
      return "this certificate's holder is not on file: contact the scheme";
    case core::Refusal::kBusy:
      return "send the same request again after retry_after_ms";
    case core::Refusal::kRequestIdReused:
      return "another request with this request_id was answered: make a new id for a new request";
    case core::Refusal::kUnknownRequest:
      return "no request that this switch knows";
  }
  return "";
}

template <std::size_t N>
void set_bytes(const std::array<std::uint8_t, N>& from, std::string& to) {
  to.assign(reinterpret_cast<const char*>(from.data()), N);
}

template <typename Message>
void set_receipt(const core::DataId& journal, core::Sequence sequence, const core::Sha256& hash,
                 Message& out) {
  if (sequence == 0) return;
  v1::Receipt& receipt = *out.mutable_receipt();
  set_bytes(journal, *receipt.mutable_journal_id());
  receipt.set_sequence(sequence);
  set_bytes(hash, *receipt.mutable_record_hash());
}

void set_interval(const core::Interval& from, v1::Interval& out) {
  out.set_from(core::to_text(from.from));
  out.set_until(core::to_text(from.until));
}

void set_subject(const std::variant<core::PrescriptionKey, core::ProductCode>& from,
                 v1::ListedAgreement& out) {
  if (const auto* product = std::get_if<core::ProductCode>(&from)) {
    out.set_product_code(std::string(product->view()));
    return;
  }
  const auto& key = std::get<core::PrescriptionKey>(from);
  v1::PrescriptionKey& prescription = *out.mutable_prescription();
  prescription.set_prescriber_id(std::string(key.prescriber.view()));
  prescription.set_number(std::string(key.number.view()));
  prescription.set_date(core::to_text(key.date));
}

std::vector<core::Reason> reasons_of(const v1::AnswerBody& body) {
  std::vector<core::Reason> reasons;
  const auto add = [&](v1::Reason given) {
    const auto reason = core::reason_numbered(static_cast<std::uint8_t>(given));
    if (!reason || *reason == core::Reason::kNone) return;
    if (std::find(reasons.begin(), reasons.end(), *reason) == reasons.end()) {
      reasons.push_back(*reason);
    }
  };
  add(body.claim().reason());
  for (const v1::LineAnswer& line : body.claim().lines()) add(line.reason());
  add(body.reversal().reason());
  add(body.rights().reason());
  add(body.card().reason());
  add(body.agreement().reason());
  add(body.closing().reason());
  add(body.review().reason());
  add(body.payout().reason());
  add(body.run().reason());
  add(body.status_file().reason());
  add(body.reduction().reason());
  return reasons;
}

}  // namespace

void fill(const core::Refused& refused, v1::Refused& out) {
  out.set_code(static_cast<v1::Refused::Code>(refused.code));
  out.set_sentence(sentence(refused));
  if (refused.fund_unknown) out.set_field("fund");
  out.set_cause(static_cast<v1::Refused::Cause>(refused.cause));
  out.set_retry_after_ms(refused.retry_after_ms);
}

void fill(const core::Answered& answered, const core::DataId& journal, v1::Answer& out) {
  out.set_body(answered.body);
  set_receipt(journal, answered.sequence, answered.receipt, out);
  // A quote is not remembered, so nothing stands under its request id.
  if (answered.sequence != 0) out.set_state_now(static_cast<v1::State>(answered.state_now));
  out.set_repeat(answered.repeat);
}

void fill(const core::Status& status, const core::DataId& journal, v1::StatusAnswer& out) {
  out.set_finding(static_cast<v1::StatusAnswer::Finding>(status.finding));
  if (status.finding != Finding::kNotSeen) {
    out.set_state_now(static_cast<v1::State>(status.state_now));
  }
  out.set_body(status.body);
  out.set_reduced_cents(status.reduced.value);
  set_receipt(journal, status.sequence, status.receipt, out);
}

void fill(const core::Listed& listed, v1::ClaimsPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_claim_index_row(core::as_bytes(value));
    v1::ListedClaim& claim = *out.add_claims();
    claim.set_claim_id(core::indexed_sequence(key).value_or(0));
    claim.set_decided_on(core::to_text(core::indexed_day(key).value_or(core::kDayMin)));
    if (!row) continue;  // Shown as it can be: nothing is decided by an index row.
    set_bytes(row->request_id, *claim.mutable_request_id());
    claim.set_state_now(static_cast<v1::State>(row->state));
    claim.set_insurer_cents(row->insurer.value);
    claim.set_patient_cents(row->patient.value);
  }
  if (!listed.more || out.claims().empty()) return;
  out.set_next_from(out.claims().rbegin()->decided_on());
  out.set_next_after(out.claims().rbegin()->claim_id());
}

void fill(const core::Listed& listed, v1::AgreementsPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_agreement_index_row(core::as_bytes(value));
    v1::ListedAgreement& agreement = *out.add_agreements();
    agreement.set_agreement_id(core::indexed_sequence(key).value_or(0));
    if (!row) continue;
    agreement.set_insured_number(std::string(row->insured.view()));
    agreement.set_rank(row->rank);
    set_interval(row->wanted, *agreement.mutable_wanted());
    set_subject(row->subject, agreement);
  }
  if (listed.more && !out.agreements().empty()) {
    out.set_next_after(out.agreements().rbegin()->agreement_id());
  }
}

void fill_trace(const core::Trace& trace, v1::Answer& out) {
  // Tags, lengths and numbers of a step.
  constexpr std::size_t kStepOverhead = 16;
  std::size_t bytes = 0;
  for (const core::TraceStep& step : trace) {
    bytes += step.inputs.size() + kStepOverhead;
    if (bytes > kTraceBytesMax) return out.set_trace_cut(true);
    v1::TraceStep& shown = *out.add_trace();
    shown.set_check(step.check);
    shown.set_line(step.line);
    shown.set_passed(step.passed);
    shown.set_inputs(step.inputs);
  }
}

void add_texts(const std::string& body, Languages languages, Texts& out) {
  if (languages == 0 || body.empty()) return;
  v1::AnswerBody stored;
  if (!stored.ParseFromString(body)) return;  // Texts stand beside the promise.
  for (const core::Reason reason : reasons_of(stored)) {
    const core::ReasonEntry& entry = core::entry(reason);
    const core::RemedyEntry& remedy = core::entry(entry.remedy);
    for (const core::Language language : kLanguages) {
      if ((languages & (1U << static_cast<unsigned>(language))) == 0) continue;
      v1::ReasonText& text = *out.Add();
      text.set_language(static_cast<v1::Language>(language));
      text.set_reason(static_cast<v1::Reason>(reason));
      text.set_meaning(std::string(entry.meaning.in(language)));
      text.set_remedy(static_cast<v1::Remedy>(entry.remedy));
      text.set_advice(std::string(remedy.advice.in(language)));
    }
  }
}

}  // namespace wasl::wire
