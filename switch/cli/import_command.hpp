#pragma once
// `wasl import DIR|FILE…` on the command line.

#include "cli/command.hpp"

namespace wasl::cli {

void add_import_command(Command parent);

}  // namespace wasl::cli
