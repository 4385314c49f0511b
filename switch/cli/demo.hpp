#pragma once
// `wasl demo`: a whole network on one machine, from nothing to a verified journal. It tells the
// way of claims to their money as a story, lets pharmacies and payment centres work, kills the
// switch while they do, and proves that nothing was lost. Blocking; leaves nothing behind unless
// told to keep it.

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/demo_console.hpp"
#include "cli/demo_options.hpp"
#include "cli/demo_settlement.hpp"
#include "cli/fleet_totals.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct DemoReport {
  FleetTotals totals;
  double claims_per_second = 0;  // Answered, over the whole time of the traffic, kill included.
  std::size_t terminals = 0;
  // The switch's, of each terminal's connection while it is idle; 0 where too few would tell.
  std::uint64_t connection_bytes = 0;
  std::chrono::duration<double> all_back{};  // From the kill until every terminal was connected.
  std::size_t compared = 0;                  // Requests in the clients' own record.
  std::uint64_t lost = 0;
  std::uint64_t doubled = 0;
  DemoSettlement settlement{};
  bool verified = false;
  std::string finding{};  // What was wrong, if anything.
};

// Tells its story on the console as it goes.
[[nodiscard]] core::Result<DemoReport> run_demo(const DemoOptions& options, DemoConsole& console);

void print_report(const DemoReport& report, std::ostream& out);
// One JSON object; its keys are listed in docs/operating.md.
[[nodiscard]] std::string report_json(const DemoReport& report);

}  // namespace wasl::cli
