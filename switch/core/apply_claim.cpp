// Claims, reversals, status queries: request rows, history, the index of claims and what is posted.

#include "core/application.hpp"
#include "core/claim_facts.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "core/ledger.hpp"

namespace wasl::core {

void Application::index_claim(const RequestId& id, const RequestRow& row) {
  const Day decided = day_of(row.at, std::chrono::minutes{0});
  touched.inserted.emplace_back(
      claim_index_key(command.from, decided, row.sequence),
      encode_index_row(
          {.request_id = id, .state = row.state, .insurer = row.insurer, .patient = row.patient}));
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
  state.index_claim(request.original, original);
  post(state, PostingCause::kReversal, request.original, original);
  const Slot slot = history_slot(original.rank);
  const auto* history = state.rows.get<History>(slot);
  const ClaimId claim = original.sequence;
  const auto of_claim = [&](const HistoryLine& line) { return line.claim == claim; };
  // Its lines may have been pruned already.
  if (history == nullptr || std::ranges::none_of(history->lines, of_claim)) return;
  std::erase_if(state.change_versioned<History>(slot).lines, of_claim);
}

}  // namespace

void apply_to(Application& state, const ClaimDecision& decision, const SubmitClaim& request) {
  const Claim& claim = request.claim;
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
    post(state, PostingCause::kApproval, state.command.request_id, row);
    extend_history(state, decision, claim);
  }
  state.index_claim(state.command.request_id, row);
  if (decision.marks_atc) state.use_card(claim.card.number);
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
