#pragma once
// What `wasl demo` can be asked for, and its bounds. Pure.

#include <cstdint>
#include <string>

#include "cli/server_process.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct DemoOptions {
  std::uint32_t duration_seconds = 10;  // Of live traffic, the kill in its middle.
  double requests_per_second = 1'000;   // Of all terminals together.
  std::uint32_t pharmacies = 40;
  std::uint32_t centres = 10;
  std::uint64_t cards = 2'000;
  bool whole_sample = false;           // Catalogue and prescribers at the size of the real network.
  std::string binary = self_binary();  // Of wasl: what serves and imports.
  std::string keep{};  // The directory to work in and leave; empty: a temporary one.

  [[nodiscard]] std::uint64_t terminals() const { return std::uint64_t{pharmacies} + centres; }
};

// As they were typed: not yet known to fit.
struct DemoNumbers {
  std::int64_t duration = 0;
  double rate = 0;
  std::int64_t pharmacies = 0;
  std::int64_t centres = 0;
  std::int64_t cards = 0;
};

// "small", the default, or "national": the real network's 830 centres and 12,000 pharmacies.
// kOutOfRange.
[[nodiscard]] core::Result<DemoOptions> demo_of_scale(const std::string& scale);
[[nodiscard]] DemoNumbers numbers_of(const DemoOptions& options);
// kOutOfRange names the option, its value and its bounds.
[[nodiscard]] core::Result<void> take_numbers(const DemoNumbers& numbers, DemoOptions& options);

}  // namespace wasl::cli
