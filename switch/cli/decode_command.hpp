#pragma once
// `wasl decode [FILE]`: frames of the protocol as people read them.

#include "cli/command.hpp"

namespace wasl::cli {

void add_decode_command(Command parent);

}  // namespace wasl::cli
