#pragma once
// `wasl terminal`: a pharmacy's or centre's way to the switch, one command at a time or in a
// dialogue.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/terminal.hpp"

namespace wasl::cli {

void add_terminal_commands(Command parent);

// What the commands of one process share. `terminal` is opened by the first that needs it.
struct TerminalSession {
  TerminalConfig config{};
  std::optional<Command> options{};  // Where the shared options were typed.
  std::optional<Terminal> terminal{};

  // Leaves the command with one line on stderr if it cannot be opened.
  Terminal& open();
};

// claim, quote, rights, update, reverse, correct, status, list, recover, close-day, bordereaux: all
// but repl.
void add_terminal_operations(Command parent, const std::shared_ptr<TerminalSession>& session);

// close-day and bordereaux.
void add_terminal_closing(Command parent, const std::shared_ptr<TerminalSession>& session);

// A claim's text; `-` reads stdin. Leaves the command with one line on stderr, which names the
// file, if there is none or it is no SubmitClaim.
[[nodiscard]] std::string read_claim_file(const std::string& path, std::string_view command);

// Reads commands from stdin until its end or `quit`, over one connection. An error ends a command,
// not the dialogue; piped lines leave with the highest of their exit codes.
void run_terminal_repl(const std::shared_ptr<TerminalSession>& session);

}  // namespace wasl::cli
