#pragma once
// How a terminal command ends on stdout, stderr and in its exit code.

#include <string_view>

#include "cli/terminal.hpp"

namespace wasl::cli {

// The answer, as JSON or as a receipt, on stdout; what went wrong in one line on stderr.
// `command` as it stands behind `wasl`: "terminal claim".
void print_ending(const Ending& ending, std::string_view command, const TerminalConfig& config);

// print_ending(), then out of the command with the ending's exit code unless it is kOk.
void leave_with(const Ending& ending, std::string_view command, const TerminalConfig& config);

}  // namespace wasl::cli
