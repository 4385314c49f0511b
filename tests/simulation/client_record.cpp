#include "simulation/client_record.hpp"

#include <algorithm>

namespace wasl::test {
namespace {

bool is_final(core::RequestState state) {
  return state == core::RequestState::kReversed || state == core::RequestState::kClosed ||
         state == core::RequestState::kPresented;
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
  if (is_final(answer->state_now)) final_states_.emplace(request, answer->state_now);
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
  const auto known = final_states_.find(request);
  if (known != final_states_.end() && answer.state_now != known->second) {
    violated(request, "left a final state");
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
  const auto known = final_states_.find(claim);
  if (known != final_states_.end() && status.state_now != known->second) {
    violated(claim, "status left a final state");
  }
  if (is_final(status.state_now)) final_states_.emplace(claim, status.state_now);
}

std::uint64_t ClientRecord::in_doubt() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(requests_, [](const Sent& sent) { return !sent.answer; }));
}

void ClientRecord::violated(std::size_t request, const std::string& what) {
  violations_.push_back("request " + std::to_string(request) + ": " + what);
}

}  // namespace wasl::test
