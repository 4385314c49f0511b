#pragma once
// `wasl demo` on the command line.

#include "cli/command.hpp"

namespace wasl::cli {

void add_demo_command(Command parent);

}  // namespace wasl::cli
