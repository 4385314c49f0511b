#pragma once
// `wasl version`, and `wasl --version`.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_version_command(CLI::App& app);

}  // namespace wasl::cli
