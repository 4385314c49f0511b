#pragma once
// `wasl decode [FILE]`: frames of the protocol as people read them.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_decode_command(CLI::App& app);

}  // namespace wasl::cli
