#pragma once
// `wasl sample`: a constructed network on the command line.

#include "cli/command.hpp"

namespace wasl::cli {

void add_sample_command(Command parent);

}  // namespace wasl::cli
