#pragma once
// `wasl settle`: a fund's operators pay what is owed, in runs that one person proposes and another
// approves.

#include "cli/command.hpp"

namespace wasl::cli {

void add_settle_commands(Command parent);

}  // namespace wasl::cli
