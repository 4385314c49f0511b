#pragma once
// A terminal without its screen: requests go through the outbox, over one connection, until they
// have a final answer or the time is up (docs/terminal.md, docs/wire_protocol.md "In doubt").
// Blocking, one thread. Two may share an outbox, in one process or several.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/client_blocking.hpp"
#include "cli/exit.hpp"
#include "cli/outbox.hpp"
#include "cli/terminal_config.hpp"
#include "cli/terminal_request.hpp"

namespace wasl::cli {

// How a request ended, as far as it did. kNotReachable and kRefused: it certainly had no effect.
// kInDoubt: it was sent and has no final answer.
struct Ending {
  Exit exit = Exit::kOk;
  v1::Envelope request{};
  std::optional<v1::Envelope> answer{};
  core::Error error{};               // Without an answer: why.
  std::chrono::microseconds took{};  // From the last time it was sent to its answer.
};

// kOk for what stands or was done, kDeclined for what does not count, kRefused, and kInDoubt for a
// status that is not final.
[[nodiscard]] Exit exit_of(const v1::Envelope& answer);

class Terminal {
 public:
  // Reads certificates and makes the outbox; connects with the first request.
  [[nodiscard]] static core::Result<Terminal> open(const TerminalConfig& config);

  [[nodiscard]] Signer signer(const std::string& card_file) const;

  // A changing request, remembered in the outbox first. Sent again, the same bytes, after BUSY and
  // after a lost connection while there is time. Errors: the outbox (kExists: the same sale is
  // open); nothing was sent then, unless the answer could not be stored.
  [[nodiscard]] core::Result<Ending> submit(v1::Envelope request);
  // A quote, query or listing: without effect, so no answer is never a doubt.
  [[nodiscard]] core::Result<Ending> ask(v1::Envelope request);
  // What became of a claim; a final answer closes it in the outbox.
  [[nodiscard]] core::Result<Ending> status(const core::RequestId& id, bool close_if_absent);

  // Resolves everything that is open, oldest first: sends the same frame again, or, for claims made
  // longer ago than `give_up_after`, closes them at the switch if it never saw them. One ending per
  // request; kInDoubt for those that stay open. After the first that gets no answer the rest is
  // left as it is.
  [[nodiscard]] core::Result<std::vector<Ending>> recover(
      std::optional<std::chrono::minutes> give_up_after);

 private:
  struct Delivery {
    std::optional<v1::Envelope> answer{};
    core::Error error{};
    bool maybe_taken = false;  // A copy was sent that has had no answer.
    std::chrono::microseconds took{};
  };

  Terminal(const TerminalConfig& config, core::Participant me, BlockingTarget target, Outbox outbox)
      : config_(config), me_(me), target_(std::move(target)), outbox_(std::move(outbox)) {}

  // Until an answer that is not BUSY, a refusal by TLS, or the timeout; without `maybe_taken`, a
  // switch that cannot be reached ends it at once.
  [[nodiscard]] Delivery deliver(const std::string& frame, std::uint64_t correlation_id,
                                 bool maybe_taken);
  // Sends once. Gives the pause that is asked for before the next attempt; nothing: no more.
  [[nodiscard]] std::optional<std::chrono::milliseconds> attempt(
      const std::string& frame, std::uint64_t correlation_id,
      std::chrono::steady_clock::time_point deadline, Delivery& delivery);
  [[nodiscard]] core::Result<void> link(std::chrono::milliseconds timeout);
  [[nodiscard]] core::Result<Ending> conclude(const core::RequestId& id, Delivery delivery);
  [[nodiscard]] core::Result<Ending> resolve(const OutboxEntry& entry, bool give_up);
  [[nodiscard]] core::Result<Ending> close_claim(const core::RequestId& id, Ending ending);

  TerminalConfig config_;
  core::Participant me_;
  BlockingTarget target_;
  Outbox outbox_;
  std::optional<BlockingClient> client_{};
};

}  // namespace wasl::cli
