#pragma once
// The whole command line of `wasl`: help that shows examples first, errors of one line with the
// nearest known word, and the exit codes of exit.hpp.

namespace wasl::cli {

// Runs the command that the arguments name and returns the exit code. Never throws.
[[nodiscard]] int run_command_line(int argc, const char* const* argv);

}  // namespace wasl::cli
