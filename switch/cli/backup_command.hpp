#pragma once
// `wasl backup` and `wasl restore`.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_backup_command(CLI::App& app);
void add_restore_command(CLI::App& app);

}  // namespace wasl::cli
