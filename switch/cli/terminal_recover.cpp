#include "cli/terminal.hpp"
#include "core/assert.hpp"

namespace wasl::cli {
namespace {

bool is_final(const v1::StatusAnswer& status) {
  return status.finding() == v1::StatusAnswer::FOUND ||
         status.finding() == v1::StatusAnswer::CLOSED ||
         status.finding() == v1::StatusAnswer::REVERSED;
}

}  // namespace

core::Result<Ending> Terminal::close_claim(const core::RequestId& id, Ending ending) {
  if (!ending.answer || !ending.answer->has_status() || !is_final(ending.answer->status())) {
    return ending;
  }
  const core::Result<void> stored = outbox_.finish(id, *ending.answer);
  // Not of this outbox: nothing to close.
  if (!stored && stored.error().code != core::Errc::kNotFound) {
    return std::unexpected(stored.error());
  }
  return ending;
}

core::Result<Ending> Terminal::status(const core::RequestId& id, bool close_if_absent) {
  core::Result<v1::Envelope> request = status_request(id, close_if_absent);
  if (!request) return std::unexpected(request.error());
  core::Result<Ending> ending = ask(std::move(*request));
  if (!ending) return ending;
  // The answer of a claim that was closed with its own answer is worth more than its status.
  const core::Result<std::optional<v1::Envelope>> stored = outbox_.answer(id);
  if (!stored) return std::unexpected(stored.error());
  if (stored->has_value()) return ending;
  return close_claim(id, std::move(*ending));
}

core::Result<Ending> Terminal::resolve(const OutboxEntry& entry, bool give_up) {
  core::Result<Ending> ending;
  if (give_up && entry.request.has_submit_claim()) {
    ending = status(entry.id, true);
  } else {
    ending = conclude(entry.id, deliver(entry.frame, entry.request.correlation_id(), true));
  }
  if (!ending) return ending;
  const bool is_open = !ending->answer || ending->exit == Exit::kInDoubt ||
                       (ending->answer->has_refused() &&
                        ending->answer->refused().code() != v1::Refused::REQUEST_ID_REUSED);
  if (is_open) ending->exit = Exit::kInDoubt;
  ending->request = entry.request;
  return ending;
}

core::Result<std::vector<Ending>> Terminal::recover(
    std::optional<std::chrono::minutes> give_up_after) {
  const core::Result<std::vector<OutboxEntry>> open = outbox_.open_entries();
  if (!open) return std::unexpected(open.error());
  std::vector<Ending> endings;
  bool answers = true;
  for (const OutboxEntry& entry : *open) {
    if (!answers) {
      endings.push_back(
          {.exit = Exit::kInDoubt, .request = entry.request, .error = endings.back().error});
      continue;
    }
    const auto age = std::chrono::system_clock::now() - entry.made;
    core::Result<Ending> ending = resolve(entry, give_up_after && age > *give_up_after);
    if (!ending) return std::unexpected(ending.error());
    answers = ending->answer.has_value();
    endings.push_back(std::move(*ending));
  }
  return endings;
}

}  // namespace wasl::cli
