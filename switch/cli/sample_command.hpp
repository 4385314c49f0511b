#pragma once
// `wasl sample`: a constructed network on the command line.

#include <CLI/App.hpp>

namespace wasl::cli {

// Adds `sample`. When it was parsed it has run by the time parse() returns; a failure is thrown as
// CLI::RuntimeError with exit code 1 after one line on stderr that says what to do.
void add_sample_command(CLI::App& app);

}  // namespace wasl::cli
