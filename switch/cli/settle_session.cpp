#include "cli/settle_session.hpp"

#include <utility>

#include "cli/terminal_print.hpp"
#include "core/run.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

bool is_overtaken(const Ending& ending, std::string_view command) {
  if (ending.exit != Exit::kDeclined || !ending.answer) return false;
  return body_or_exit(ending, command).status_file().reason() == v1::STATUS_FILE_NOT_IN_THIS_STATE;
}

}  // namespace

void add_run_number(Command command, std::uint64_t& run) {
  command.option("--run", run, "The run's number").required().positive();
}

core::Language language_of(const ListingSession& session) {
  return language_of(session.terminal.config);
}

core::FundCode fund_of(ListingSession& session, std::string_view command) {
  const auto speaker = core::speaker_of(session.terminal.open().signer("").me);
  if (speaker && speaker->participant.role == core::Role::kFund) {
    return core::fund_spoken_for(speaker->participant);
  }
  exit_with(Exit::kFailed, command,
            {core::Errc::kNotPermitted,
             "the certificate is not a fund's; give one of urn:wasl:operator:fund:"});
}

v1::SettlementRun run_or_exit(ListingSession& session, std::uint64_t run,
                              std::string_view command) {
  std::optional<v1::SettlementRun> found = find_run(session.terminal, run, command);
  if (found) return std::move(*found);
  exit_with(Exit::kFailed, command,
            {core::Errc::kNotFound, "your fund has no settlement run of this number"});
}

v1::AnswerBody body_or_exit(const Ending& ending, std::string_view command) {
  return or_exit(wire::read_body(ending.answer->answer().body()), command);
}

v1::AnswerBody done_or_exit(const Ending& ending, const ListingSession& session,
                            std::string_view command) {
  if (ending.exit != Exit::kOk) leave_with(ending, command, session.terminal.config);
  return body_or_exit(ending, command);
}

StepSender step_sender(ListingSession& session, std::string_view command) {
  const auto submit = [&session, command](v1::Envelope request) -> core::Result<v1::AnswerBody> {
    const Ending ending = or_exit(session.terminal.open().submit(std::move(request)), command);
    if (is_overtaken(ending, command)) return body_or_exit(ending, command);
    return done_or_exit(ending, session, command);
  };
  return {.me = session.terminal.open().signer("").me, .submit = submit};
}

}  // namespace wasl::cli
