#pragma once
// `wasl version`, and `wasl --version`.

#include "cli/command.hpp"

namespace wasl::cli {

void add_version_command(Command parent);

}  // namespace wasl::cli
