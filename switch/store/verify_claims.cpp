#include "store/verify_claims.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "store/row_walk.hpp"
#include "store/stored_row.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::fail;

namespace {

// Tags of the scratch map's keys.
constexpr char kAnswered = 'a';   // Key of the request row: answered.
constexpr char kCounter = 'c';    // Card and counter: marked.
constexpr char kAmount = 'm';     // Claim: what the fund owes for it.
constexpr char kPresented = 'n';  // Claim: the record that presented it,
constexpr char kRejected = 'j';   // that rejected it,
constexpr char kCorrected = 'k';  // and that put another in its place.
constexpr char kSold = 's';       // Claim: service date, rank and fund.

std::string counter_key(const core::Command& command, const core::CardNumber& card) {
  return kCounter + std::string(card.view()) + '/' + number(command.proofs.card->atc);
}

}  // namespace

core::Result<ClaimCheck> ClaimCheck::make(const std::string& scratch, Differences& differences) {
  auto map = ScratchMap::make(scratch);
  if (!map) return std::unexpected(map.error());
  return ClaimCheck(std::make_unique<ScratchMap>(std::move(*map)), differences);
}

core::Result<void> ClaimCheck::mark_once(const std::string& key, core::Sequence sequence,
                                         const char* what) {
  const auto before = map_->get(key);
  if (!before) return std::unexpected(before.error());
  if (before->has_value()) {
    core::Reader in(core::as_bytes(**before));
    differences_.add(
        "claim", at(sequence) + ": " + what + " already in " + at(in.integer<core::Sequence>()));
  }
  return map_->put(key, number(sequence));
}

core::Result<void> ClaimCheck::take(const core::RecordView& record, const core::Stamp& stamp) {
  const core::Command& command = record.command;
  if (auto owed = settlement_->take(record, stamp); !owed) return owed;
  if (core::has_request_id(command.request)) {
    const core::RowKey key = core::request_key(command.from, command.request_id, command.index);
    auto marked = mark_once(kAnswered + std::string(key.view()), stamp.sequence,
                            "this request id was answered");
    if (!marked) return marked;
  }
  if (std::holds_alternative<core::SubmitClaim>(command.request)) {
    return take_claim(record, stamp);
  }
  if (std::holds_alternative<core::CorrectClaim>(command.request)) {
    return take_correction(record, stamp);
  }
  if (std::holds_alternative<core::ReviewBordereau>(command.request)) {
    return take_review(record, stamp);
  }
  if (std::holds_alternative<core::ReduceClaim>(command.request)) {
    return take_reduction(record, stamp);
  }
  if (const auto* day = std::get_if<core::AdvanceBusinessDay>(&command.request)) {
    days_.take(*day, stamp);
    return {};
  }
  if (const auto* rights = std::get_if<core::RightsDecision>(&record.decision);
      rights != nullptr && rights->marks_atc) {
    const auto* get = std::get_if<core::GetRights>(&command.request);
    const core::CardNumber& card =
        get != nullptr ? get->card.number : std::get<core::UpdateCard>(command.request).card.number;
    return mark_once(counter_key(command, card), stamp.sequence, "this card counter was used");
  }
  if (const auto* closing = std::get_if<core::ClosingDecision>(&record.decision);
      closing != nullptr && closing->reason == core::Reason::kNone) {
    return take_closing(record, stamp);
  }
  const auto* reversal = std::get_if<core::ReversalDecision>(&record.decision);
  if (reversal == nullptr || reversal->effect != core::ReversalDecision::Effect::kReleased) {
    return {};
  }
  return take_reversal(reversal->claim, stamp);
}

core::Result<void> ClaimCheck::take_closing(const core::RecordView& record,
                                            const core::Stamp& stamp) {
  const auto& closing = std::get<core::CloseBordereau>(record.command.request);
  for (const core::ListedClaim& listed : closing.claims) {
    const auto stands = histories_.stands(listed.claim);
    if (!stands) return std::unexpected(stands.error());
    const auto amount = map_->get(kAmount + number(listed.claim));
    if (!amount) return std::unexpected(amount.error());
    const auto cents = static_cast<std::uint64_t>(listed.insurer.value);
    if (!*stands || !amount->has_value() || **amount != number(cents)) {
      differences_.add("claim", at(stamp.sequence) + ": presents " + at(listed.claim) +
                                    ", which is no standing claim of that amount");
    }
    auto marked =
        mark_once(kPresented + number(listed.claim), stamp.sequence, "this claim was presented");
    if (!marked) return marked;
  }
  return bordereaux_.take_closing(record.command, std::get<core::ClosingDecision>(record.decision),
                                  stamp);
}

core::Result<void> ClaimCheck::take_review(const core::RecordView& record,
                                           const core::Stamp& stamp) {
  const auto& decision = std::get<core::ReviewDecision>(record.decision);
  if (decision.reason != core::Reason::kNone) return {};
  const auto& review = std::get<core::ReviewBordereau>(record.command.request);
  const auto reviewed = bordereaux_.take_review(review, decision, stamp.sequence);
  if (!reviewed) return std::unexpected(reviewed.error());
  for (const core::PostedClaim& claim : reviewed->rejected) {
    auto marked =
        mark_once(kRejected + number(claim.claim), stamp.sequence, "this claim was rejected");
    if (!marked) return marked;
    if (auto released = release(claim.claim, stamp.sequence, "rejects"); !released) return released;
  }
  if (auto owed = settlement_->take_review(review, *reviewed, stamp); !owed) return owed;
  return ledger_->take_review(review, *reviewed, stamp);
}

core::Result<void> ClaimCheck::take_reduction(const core::RecordView& record,
                                              const core::Stamp& stamp) {
  const auto& decision = std::get<core::ReductionDecision>(record.decision);
  if (decision.reason != core::Reason::kNone) return {};
  const auto& reduction = std::get<core::ReduceClaim>(record.command.request);
  const auto reduced = bordereaux_.take_reduction(reduction, decision, stamp.sequence);
  if (!reduced) return std::unexpected(reduced.error());
  if (!reduced->has_value()) return {};
  auto owed = settlement_->take_reduction(reduction, **reduced, stamp.sequence);
  return owed ? ledger_->take_reduction(reduction, **reduced, stamp) : owed;
}

core::Result<void> ClaimCheck::release(core::ClaimId claim, core::Sequence sequence,
                                       const char* what) {
  const auto stood = histories_.release(claim);
  if (!stood) return std::unexpected(stood.error());
  if (!*stood) {
    differences_.add("claim", at(sequence) + ": " + what + " " + at(claim) +
                                  ", which is no approved claim that stands");
  }
  return {};
}

core::Result<void> ClaimCheck::take_reversal(core::ClaimId claim, const core::Stamp& stamp) {
  const auto presented = map_->get(kPresented + number(claim));
  if (!presented) return std::unexpected(presented.error());
  if (presented->has_value()) {
    differences_.add(
        "claim", at(stamp.sequence) + ": reverses " + at(claim) + ", which was presented before");
  }
  if (auto posted = ledger_->take_reversal(claim, stamp); !posted) return posted;
  return release(claim, stamp.sequence, "reverses");
}

core::Result<void> ClaimCheck::take_claim(const core::RecordView& record,
                                          const core::Stamp& stamp) {
  ++claims_;
  const core::Sequence sequence = stamp.sequence;
  const auto& claim = std::get<core::SubmitClaim>(record.command.request).claim;
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  check_sums(decision, sequence);
  if (decision.marks_atc) {
    if (!record.command.proofs.card.has_value()) {
      differences_.add("claim", at(sequence) + ": marks a counter that no proof carries");
    } else {
      auto marked = mark_once(counter_key(record.command, claim.card.number), sequence,
                              "this card counter was used");
      if (!marked) return marked;
    }
  }
  return decision.outcome == core::Outcome::kDeclined ? core::Result<void>{}
                                                      : take_approval(claim, record, stamp);
}

// Of the original's card, person and service date.
core::Result<void> ClaimCheck::take_correction(const core::RecordView& record,
                                               const core::Stamp& stamp) {
  ++claims_;
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  check_sums(decision, stamp.sequence);
  if (decision.outcome == core::Outcome::kDeclined) return {};
  const core::ClaimId original = decision.corrects;
  const auto rejected = map_->get(kRejected + number(original));
  if (!rejected) return std::unexpected(rejected.error());
  const auto amount = map_->get(kAmount + number(original));
  if (!amount) return std::unexpected(amount.error());
  const auto sold = map_->get(kSold + number(original));
  if (!sold) return std::unexpected(sold.error());
  const auto& request = std::get<core::CorrectClaim>(record.command.request);
  const core::RowKey named = core::request_key(record.command.from, request.original, 0);
  const auto answered = map_->get(kAnswered + std::string(named.view()));
  if (!answered) return std::unexpected(answered.error());
  const bool own = answered->has_value() && **answered == number(original);
  const auto cents = static_cast<std::uint64_t>(decision.insurer.value);
  if (!own || !rejected->has_value() || !sold->has_value() || **amount < number(cents)) {
    differences_.add("claim", at(stamp.sequence) + ": corrects " + at(original) +
                                  ", which is no rejected claim of this sender of that amount "
                                  "or more");
    return {};
  }
  auto marked = mark_once(kCorrected + number(original), stamp.sequence,
                          "another claim stands in the place of this one");
  if (!marked) return marked;
  core::Claim claim;
  claim.prescription = request.prescription;
  claim.lines = request.lines;
  core::Reader in(core::as_bytes(**sold));
  claim.service_date = core::Day{std::chrono::days{in.integer<std::int32_t>()}};
  claim.rank = in.integer<std::uint8_t>();
  claim.card.fund = core::FundCode::make(in.text()).value_or(core::FundCode{});
  return take_approval(claim, record, stamp);
}

core::Result<void> ClaimCheck::take_approval(const core::Claim& claim,
                                             const core::RecordView& record,
                                             const core::Stamp& stamp) {
  const core::Sequence sequence = stamp.sequence;
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  std::string sold;
  core::Writer out(sold);
  out.integer(static_cast<std::int32_t>(claim.service_date.time_since_epoch().count()));
  out.integer(claim.rank);
  out.text(claim.card.fund.view());
  if (auto put = map_->put(kSold + number(sequence), sold); !put) return put;
  const auto cents = static_cast<std::uint64_t>(decision.insurer.value);
  if (auto put = map_->put(kAmount + number(sequence), number(cents)); !put) return put;
  const bool proven = claim.kind == core::ClaimKind::kThirdParty;
  auto posted = ledger_->take_approval(
      {.fund = proven ? claim.card.fund : core::FundCode{}, .of = record.command.from},
      {.claim = sequence,
       .request_id = record.command.request_id,
       .kind = claim.kind,
       .insurer = decision.insurer},
      stamp.now);
  if (!posted) return posted;
  return histories_.expect(claim, decision, sequence);
}

void ClaimCheck::check_sums(const core::ClaimDecision& decision, core::Sequence sequence) {
  std::int64_t insurer = 0;
  std::int64_t patient = 0;
  for (const core::LineDecision& line : decision.lines) {
    if (line.price.value != line.insurer.value + line.patient.value) {
      differences_.add("claim", at(sequence) + ": a line's price is not insurer plus patient");
    }
    insurer += line.insurer.value;
    patient += line.patient.value;
  }
  if (insurer != decision.insurer.value || patient != decision.patient.value) {
    differences_.add("claim", at(sequence) + ": the amounts are not the sums of the lines");
  }
}

core::Result<void> ClaimCheck::compare_rows(const Rocks& rows) {
  if (auto held = bordereaux_.compare_rows(rows); !held) return held;
  if (auto posted = ledger_->compare_rows(rows); !posted) return posted;
  if (auto owed = settlement_->compare_rows(rows); !owed) return owed;
  if (auto begun = days_.compare_rows(rows); !begun) return begun;
  return histories_.compare_rows(rows);
}

}  // namespace wasl::store
