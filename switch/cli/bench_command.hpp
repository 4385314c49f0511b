#pragma once
// `wasl bench`: loads a running switch of this machine and reports what it did.

#include <CLI/App.hpp>

namespace wasl::cli {

void add_bench_command(CLI::App& app);

}  // namespace wasl::cli
