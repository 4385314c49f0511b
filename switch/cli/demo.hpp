#pragma once
// `wasl demo`: a whole network on one machine, from nothing to a verified journal. It tells one
// claim as a story, lets pharmacies sell, kills the switch while they do, and proves that nothing
// was lost. Blocking; leaves nothing behind unless told to keep it.

#include <cstdint>
#include <ostream>
#include <string>

#include "cli/fleet.hpp"
#include "cli/server_process.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct DemoOptions {
  std::uint32_t duration_seconds = 10;  // Of live traffic, the kill in its middle.
  double claims_per_second = 1'000;
  std::uint32_t pharmacies = 40;
  std::uint32_t centres = 10;
  std::uint64_t cards = 2'000;
  std::string binary = self_binary();  // Of wasl: what serves and imports.
  std::string keep{};  // The directory to work in and leave; empty: a temporary one.
  bool plain = false;  // No terminal: a progress line a second, each on its own.
};

struct DemoReport {
  FleetTotals totals;
  double claims_per_second = 0;
  std::uint64_t lost = 0;
  std::uint64_t doubled = 0;
  bool verified = false;
  std::string finding{};  // What was wrong, if anything.
};

// Tells its story on `out` as it goes.
[[nodiscard]] core::Result<DemoReport> run_demo(const DemoOptions& options, std::ostream& out);

void print_report(const DemoReport& report, std::ostream& out);
// One JSON object; its keys are listed in docs/operating.md.
[[nodiscard]] std::string report_json(const DemoReport& report);

}  // namespace wasl::cli
