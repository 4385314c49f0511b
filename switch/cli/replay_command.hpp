#pragma once
// `wasl replay`: would this build, or another rulebook, decide as it was decided? Reads only.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_replay_command(CLI::App& app);

}  // namespace wasl::cli
