#pragma once
// `wasl ledger`: what the ledger of a running switch holds, asked over mutual TLS.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_ledger_commands(CLI::App& app);

}  // namespace wasl::cli
