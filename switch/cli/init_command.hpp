#pragma once
// `wasl init DIR` on the command line.

#include "cli/command.hpp"

namespace wasl::cli {

void add_init_command(Command parent);

}  // namespace wasl::cli
