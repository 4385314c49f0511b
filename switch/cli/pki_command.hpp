#pragma once
// `wasl pki init|issue|revoke|crl|list|show`: the certificate tool on the command line.

#include <CLI/App.hpp>

namespace wasl::cli {

// Adds `pki` and its subcommands. When one was parsed it has run by the time parse() returns; a
// failure is thrown as CLI::RuntimeError with exit code 1 after one line on stderr that says what
// to do.
void add_pki_commands(CLI::App& app);

}  // namespace wasl::cli
