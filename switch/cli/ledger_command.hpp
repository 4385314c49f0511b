#pragma once
// `wasl ledger`: what the ledger of a running switch holds, asked over mutual TLS.

#include "cli/command.hpp"

namespace wasl::cli {

void add_ledger_commands(Command parent);

}  // namespace wasl::cli
