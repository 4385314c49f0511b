#pragma once
// `wasl explain [REASON]`: what a decline reason means and what the person can do.

#include "cli/command.hpp"

namespace wasl::cli {

void add_explain_command(Command parent);

}  // namespace wasl::cli
