#pragma once
// `wasl demo` on the command line.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_demo_command(CLI::App& app);

}  // namespace wasl::cli
