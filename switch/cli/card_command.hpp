#pragma once
// `wasl card issue|show`: cards and professionals' keys that exist only as a file, derived from a
// fund's master key.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_card_commands(CLI::App& app);

}  // namespace wasl::cli
