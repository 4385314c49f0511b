#pragma once
// `wasl serve`: runs the switch until SIGTERM.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_serve_command(CLI::App& app);

}  // namespace wasl::cli
