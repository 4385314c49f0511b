#pragma once
// `wasl reconcile`: a fund's business day, participant by participant; of a pharmacy or centre its
// own, held against what it has counted.

#include "cli/command.hpp"

namespace wasl::cli {

void add_reconcile_command(Command parent);

}  // namespace wasl::cli
