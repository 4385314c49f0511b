#pragma once
// `wasl backup` and `wasl restore`.

#include "cli/command.hpp"

namespace wasl::cli {

void add_backup_command(Command parent);
void add_restore_command(Command parent);

}  // namespace wasl::cli
