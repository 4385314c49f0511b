#pragma once
// `wasl serve`: runs the switch until SIGTERM.

#include "cli/command.hpp"

namespace wasl::cli {

void add_serve_command(Command parent);

}  // namespace wasl::cli
