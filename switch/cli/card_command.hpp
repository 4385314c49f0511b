#pragma once
// `wasl card issue|show`: cards and professionals' keys that exist only as a file, derived from a
// fund's master key.

#include "cli/command.hpp"

namespace wasl::cli {

void add_card_commands(Command parent);

}  // namespace wasl::cli
