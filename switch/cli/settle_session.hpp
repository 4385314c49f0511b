#pragma once
// What the commands of `wasl settle` share. Whatever is not done ends the command as it would end
// any of a terminal's (terminal_print.hpp). Blocking, one thread.

#include <cstdint>
#include <memory>
#include <string_view>

#include "cli/listed_pages.hpp"
#include "cli/settle_steps.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"

namespace wasl::cli {

using SettleSession = std::shared_ptr<ListingSession>;

// `--run`
void add_run_number(Command command, std::uint64_t& run);

[[nodiscard]] core::Language language_of(const ListingSession& session);
// Whose operator the certificate names.
[[nodiscard]] core::FundCode fund_of(ListingSession& session, std::string_view command);
[[nodiscard]] v1::SettlementRun run_or_exit(ListingSession& session, std::uint64_t run,
                                            std::string_view command);

// One changing request and its ending, whatever that is.
template <typename Message>
Ending ask_change(ListingSession& session, const Message& what, std::string_view command) {
  Terminal& terminal = session.terminal.open();
  v1::Envelope request = or_exit(run_request(what, terminal.signer("").me), command);
  return or_exit(terminal.submit(std::move(request)), command);
}

// Of an ending with an answer.
[[nodiscard]] v1::AnswerBody body_or_exit(const Ending& ending, std::string_view command);
// What it was answered with, if it was done.
[[nodiscard]] v1::AnswerBody done_or_exit(const Ending& ending, const ListingSession& session,
                                          std::string_view command);

// For what takes several requests. A step that another client overtook does not end the command:
// settle_steps.hpp goes on from there.
[[nodiscard]] StepSender step_sender(ListingSession& session, std::string_view command);

}  // namespace wasl::cli
