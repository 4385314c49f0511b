#pragma once
// `wasl init DIR` on the command line.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_init_command(CLI::App& app);

}  // namespace wasl::cli
