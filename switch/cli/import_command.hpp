#pragma once
// `wasl import DIR|FILE…` on the command line.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_import_command(CLI::App& app);

}  // namespace wasl::cli
