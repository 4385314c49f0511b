#include "simulation/client_record.hpp"

#include <algorithm>

namespace wasl::test {
namespace {

using core::RequestState;

// How far a request has come: it never goes back but out of a run, and where two ways part it never
// changes over.
int rank(RequestState state) {
  switch (state) {
    case RequestState::kPresented:
      return 1;
    case RequestState::kHeld:
      return 2;
    case RequestState::kRejected:
      return 3;
    case RequestState::kReversed:
    case RequestState::kClosed:
    case RequestState::kAccepted:
    case RequestState::kCorrected:
    case RequestState::kInRun:
    case RequestState::kExported:
    case RequestState::kPaid:
    case RequestState::kReturned:
      return 4;
    default:
      return 0;
  }
}

bool is_in_payout(RequestState state) {
  return state == RequestState::kInRun || state == RequestState::kExported ||
         state == RequestState::kPaid || state == RequestState::kReturned;
}

bool may_follow(RequestState before, RequestState after) {
  if (before == after || rank(before) == 0) return true;
  if (before == RequestState::kRejected) return after == RequestState::kCorrected;
  if (before == RequestState::kAccepted) return is_in_payout(after);
  // A run that was cancelled gives it back; a refund may then be reversed.
  if (before == RequestState::kInRun) {
    return is_in_payout(after) || after == RequestState::kAccepted ||
           after == RequestState::kApproved || after == RequestState::kReversed;
  }
  // What went to a bank once never is as if it had not. What came back may be exported again, and
  // what was paid may have come back, since it was asked about.
  if (is_in_payout(before)) return is_in_payout(after);
  return rank(before) < rank(after) && after != RequestState::kReversed &&
         after != RequestState::kClosed;
}

}  // namespace

std::size_t ClientRecord::sent(core::Command command) {
  requests_.push_back({.command = std::move(command), .answer = {}, .answers = 0});
  return requests_.size() - 1;
}

void ClientRecord::answered(std::size_t request, const core::Reply& reply) {
  const auto* answer = std::get_if<core::Answered>(&reply);
  if (answer == nullptr) {
    const auto* refused = std::get_if<core::Refused>(&reply);
    const bool busy = refused != nullptr && refused->code == core::Refusal::kBusy;
    if (!busy) {
      violated(request,
               "refused with code " +
                   std::to_string(refused == nullptr ? 0 : static_cast<int>(refused->code)));
    }
    return;
  }
  if (requests_[request].answers++ == 0) {
    first_answer(request, *answer);
  } else {
    same_answer(request, *answer);
  }
  went_on(request, answer->state_now);
}

void ClientRecord::first_answer(std::size_t request, const core::Answered& answer) {
  requests_[request].answer = answer;
  if (answer.sequence == 0) violated(request, "answered without a record");
  if (answer.receipt == core::Sha256{}) violated(request, "answered without a receipt");
  const auto [other, is_new] = by_sequence_.emplace(answer.sequence, request);
  if (!is_new) {
    violated(request, "shares record " + std::to_string(answer.sequence) + " with request " +
                          std::to_string(other->second));
  }
}

void ClientRecord::same_answer(std::size_t request, const core::Answered& answer) {
  const core::Answered& first = *requests_[request].answer;
  if (answer.body != first.body) violated(request, "answered with other bytes");
  if (answer.sequence != first.sequence || answer.receipt != first.receipt) {
    violated(request, "answered with another receipt");
  }
}

void ClientRecord::status(std::size_t claim, const core::Status& status) {
  using Finding = core::StatusDecision::Finding;
  const Sent& sent = requests_[claim];
  const bool decided = status.finding == Finding::kFound;
  if (sent.answer && status.finding == Finding::kNotSeen) violated(claim, "forgotten");
  if (sent.answer && decided && status.body != sent.answer->body) {
    violated(claim, "status gives other bytes");
  }
  went_on(claim, status.state_now);
}

void ClientRecord::went_on(std::size_t request, RequestState state) {
  const auto [known, is_new] = states_.emplace(request, state);
  if (!is_new && !may_follow(known->second, state)) {
    violated(request, "went from state " + std::to_string(static_cast<int>(known->second)) +
                          " to state " + std::to_string(static_cast<int>(state)));
  }
  known->second = state;
}

std::uint64_t ClientRecord::in_doubt() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(requests_, [](const Sent& sent) { return !sent.answer; }));
}

void ClientRecord::violated(std::size_t request, const std::string& what) {
  violations_.push_back("request " + std::to_string(request) + ": " + what);
}

}  // namespace wasl::test
