#pragma once
// `wasl verify`: a stopped switch is whole, and what it answered is what it holds; or one receipt
// is true. Reads only.

#include "cli/command.hpp"

namespace wasl::cli {

void add_verify_command(Command parent);

}  // namespace wasl::cli
