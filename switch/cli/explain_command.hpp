#pragma once
// `wasl explain [REASON]`: what a decline reason means and what the person can do.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_explain_command(CLI::App& app);

}  // namespace wasl::cli
