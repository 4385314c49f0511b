#pragma once
// `wasl replay`: would this build, or another rulebook, decide as it was decided? Reads only.

#include "cli/command.hpp"

namespace wasl::cli {

void add_replay_command(Command parent);

}  // namespace wasl::cli
