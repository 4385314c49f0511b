#pragma once
// `wasl bench`: loads a running switch of this machine and reports what it did.

#include "cli/command.hpp"

namespace wasl::cli {

void add_bench_command(Command parent);

}  // namespace wasl::cli
