// Claims, reversals, status queries: request rows, history, the index of claims and what is posted.

#include "core/application.hpp"
#include "core/claim_facts.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "core/ledger.hpp"
#include "core/run.hpp"

namespace wasl::core {
namespace {

// False: none of its lines is there.
bool erase_claim(Row& row, ClaimId claim) {
  auto* history = std::get_if<History>(&row);
  if (history == nullptr) return false;
  const auto erased =
      std::erase_if(history->lines, [&](const HistoryLine& line) { return line.claim == claim; });
  if (erased > 0) ++history->version;
  return erased > 0;
}

}  // namespace

void Application::index_claim(const Participant& sender, const RequestId& id,
                              const RequestRow& row) {
  const Day decided = day_of(row.at, std::chrono::minutes{0});
  touched.inserted.emplace_back(
      claim_index_key(sender, decided, row.sequence),
      encode_index_row(
          {.request_id = id, .state = row.state, .insurer = row.insurer, .patient = row.patient}));
}

void Application::replace_index(const std::optional<OpenReview>& before,
                                const std::optional<OpenReview>& after) {
  if (before && (!after || before->key != after->key)) touched.removed.push_back(before->key);
  if (after) touched.inserted.emplace_back(after->key, encode_index_row(after->row));
}

void Application::release_history(Slot slot, ClaimId claim) {
  WASL_ASSERT(rows[slot] != nullptr);
  if (erase_claim(*rows[slot], claim)) touched.mark(slot);
}

void Application::release_listed_history(std::uint16_t index, ClaimId claim) {
  Row* history = rows.at(Slot::kListedHistory, index);
  WASL_ASSERT(history != nullptr);
  if (erase_claim(*history, claim)) touched.mark(Slot::kListedHistory, index);
}

namespace {

// A claim of which the fund pays nothing moves no money.
void post(Application& state, PostingCause cause, const RequestId& id, const RequestRow& claim) {
  if (claim.insurer.value == 0) return;
  const auto postings = cause == PostingCause::kApproval ? approval_postings : reversal_postings;
  const PostedClaim posted{
      .claim = claim.sequence, .request_id = id, .kind = claim.kind, .insurer = claim.insurer};
  state.touched.inserted.emplace_back(
      posting_key(claim.fund, state.command.from, state.stamp.sequence),
      encode_postings(postings(posted, state.stamp.now)));
}

void extend_history(Application& state, const ClaimDecision& decision, const Claim& claim) {
  auto& history = state.change_versioned<History>(history_slot(claim.rank));
  std::erase_if(history.lines, [&](const HistoryLine& line) { return !decision.kept.keep(line); });
  for (std::size_t i = 0; i < decision.lines.size(); ++i) {
    const LineDecision& line = decision.lines[i];
    if (line.reason != Reason::kNone) continue;
    history.lines.push_back(history_line(claim, i, line, state.stamp.sequence));
  }
  WASL_ASSERT(encoded_bytes(history) <= kHistoryBytesMax);
}

void tombstone(Application& state, RequestState kind) {
  auto& row = state.change<RequestRow>(Slot::kOriginal);
  WASL_ASSERT(!row.answered);
  row.state = kind;
  row.sequence = state.stamp.sequence;
  row.at = state.stamp.now;
}

void release(Application& state, const ReverseClaim& request) {
  auto& original = state.change<RequestRow>(Slot::kOriginal);
  WASL_ASSERT(original.state == RequestState::kApproved);
  original.state = RequestState::kReversed;
  state.index_claim(state.command.from, request.original, original);
  post(state, PostingCause::kReversal, request.original, original);
  if (is_owed(original)) state.remove(Slot::kOwed);
  state.release_history(history_slot(original.rank), original.sequence);
}

// To the insured person.
void owe_refund(Application& state, const RequestRow& row, Day pay_by) {
  const RefundItem refund{.centre = state.command.from, .request_id = state.command.request_id};
  state.owe({.fund = row.fund,
             .payee = row.insured,
             .item = {.record = row.sequence,
                      .amount = row.insurer,
                      .since = row.at,
                      .due = pay_by,
                      .of = refund,
                      .came_back = std::nullopt}});
}

// The answer's row, what is owed, what was dispensed.
void remember_claim(Application& state, const ClaimDecision& decision, const Claim& claim) {
  const bool approved = decision.outcome != Outcome::kDeclined;
  RequestRow& row = state.remember(approved ? RequestState::kApproved : RequestState::kDeclined);
  if (approved) {
    const auto* account = state.rows.get<Account>(Slot::kAccount);
    WASL_ASSERT(account != nullptr);
    row.insured = decision.insured;
    row.rank = claim.rank;
    row.card = claim.card.number;
    row.fund = account->fund;
    row.kind = claim.kind;
    row.insurer = decision.insurer;
    row.patient = decision.patient;
    row.service_date = claim.service_date;
    row.corrects = decision.corrects;
    post(state, PostingCause::kApproval, state.command.request_id, row);
    if (is_owed(row)) owe_refund(state, row, decision.pay_by.value_or(kDayMax));
    extend_history(state, decision, claim);
  }
  state.index_claim(state.command.from, state.command.request_id, row);
}

}  // namespace

void apply_to(Application& state, const ClaimDecision& decision, const SubmitClaim& request) {
  remember_claim(state, decision, request.claim);
  if (decision.marks_atc) state.use_card(request.claim.card.number);
}

void apply_to(Application& state, const ClaimDecision& decision, const CorrectClaim& request) {
  if (decision.outcome == Outcome::kDeclined) {
    remember_claim(state, decision, {});
    return;
  }
  auto& original = state.change<RequestRow>(Slot::kOriginal);
  WASL_ASSERT(original.state == RequestState::kRejected);
  remember_claim(state, decision, corrected_claim(request, original, state.command.from.id));
  original.state = RequestState::kCorrected;
  state.index_claim(state.command.from, request.original, original);
}

void apply_to(Application& state, const ReversalDecision& decision, const ReverseClaim& request) {
  state.remember(RequestState::kDone);
  if (decision.effect == ReversalDecision::Effect::kTombstone) {
    tombstone(state, RequestState::kReversed);
  } else if (decision.effect == ReversalDecision::Effect::kReleased) {
    release(state, request);
  }
}

void apply_to(Application& state, const StatusDecision&, const GetClaim&) {
  tombstone(state, RequestState::kClosed);
}

}  // namespace wasl::core
