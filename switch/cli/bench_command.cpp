#include "cli/bench_command.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>

#include "cli/exit.hpp"
#include "cli/fleet.hpp"
#include "cli/load.hpp"
#include "cli/process.hpp"

namespace wasl::cli {
namespace {

using std::chrono::seconds;

// Closed loop: more claims than a connection could send in a second here.
constexpr double kClaimsPerSecondMost = 25'000;
constexpr std::uint64_t kDescriptorsBeside = 64;

struct BenchArguments {
  std::string directory;
  std::string network;
  LoadOptions load;
  std::uint32_t seconds = 20;
  std::uint64_t claims = 0;  // At most; 0: as the time needs.
  std::uint32_t hold_seconds = 0;
  bool json = false;
};

std::size_t claims_wanted(const BenchArguments& arguments) {
  const double rate = arguments.load.claims_per_second;
  const double most = (rate > 0 ? rate : kClaimsPerSecondMost) * arguments.seconds;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(most));
  return arguments.claims == 0 ? wanted : std::min(wanted, arguments.claims);
}

double per_second(const LoadReport& report) {
  const double measured = report.measured.count();
  return measured > 0 ? static_cast<double>(report.answered) / measured : 0;
}

boost::json::object json_of(const LoadReport& report, double request_bytes) {
  boost::json::object declined;
  for (const auto& [reason, count] : report.declined) declined[reason] = count;
  const double answers = std::max(1.0, static_cast<double>(report.answered));
  return {{"claims", report.answered},
          {"claims_per_second", per_second(report)},
          {"approved", report.approved},
          {"declined", std::move(declined)},
          {"busy", report.busy},
          {"unanswered", report.unanswered},
          {"latency_ms",
           {{"p50", percentile_ms(report.latencies_us, 0.50)},
            {"p99", percentile_ms(report.latencies_us, 0.99)},
            {"p999", percentile_ms(report.latencies_us, 0.999)},
            {"max", percentile_ms(report.latencies_us, 1)}}},
          {"connections", report.connected},
          {"connecting_seconds", report.connecting.count()},
          {"measured_seconds", report.measured.count()},
          {"request_bytes", request_bytes},
          {"answer_bytes", static_cast<double>(report.answer_bytes) / answers}};
}

void print(const LoadReport& report, const BenchArguments& arguments) {
  std::cout << std::fixed << std::setprecision(2) << report.connected << " connections in "
            << report.connecting.count() << " s\n"
            << report.answered << " claims answered in " << report.measured.count()
            << " s: " << per_second(report) << " claims/s, "
            << (arguments.load.claims_per_second > 0 ? "on a schedule" : "one in flight each")
            << "\n"
            << report.approved << " approved, " << report.answered - report.approved
            << " declined, " << report.busy << " busy, " << report.unanswered << " unanswered\n"
            << "latency p50 " << percentile_ms(report.latencies_us, 0.50) << " ms, p99 "
            << percentile_ms(report.latencies_us, 0.99) << " ms, p99.9 "
            << percentile_ms(report.latencies_us, 0.999) << " ms, longest "
            << percentile_ms(report.latencies_us, 1) << " ms\n";
}

void run(BenchArguments arguments) {
  LoadOptions& load = arguments.load;
  or_exit(raise_descriptors(load.connections + kDescriptorsBeside), "bench");
  LoadSetting setting =
      or_exit(read_load_setting(arguments.directory, arguments.network, load.connections), "bench");
  if (load.port == 0) load.port = setting.port;
  load.tls = setting.tls;
  load.time = seconds(arguments.seconds);
  load.hold = seconds(arguments.hold_seconds);
  const Envelopes claims =
      or_exit(prepare_claims({.claims = claims_wanted(arguments)}, setting), "bench");
  const core::Result<LoadReport> report = run_load(load, setting.seats, claims);
  if (!report) exit_with(Exit::kNotReachable, "bench", report.error());
  if (arguments.json) {
    std::cout << boost::json::serialize(json_of(*report, claims.mean_bytes())) << '\n';
  } else {
    print(*report, arguments);
  }
}

}  // namespace

void add_bench_command(Command parent) {
  const auto arguments = std::make_shared<BenchArguments>();
  Command command = parent.command("bench", "Load a running switch and measure its answers");
  command.examples(
      "Examples:\n"
      "  wasl bench DIR --network SAMPLE                    64 pharmacies, one claim each in "
      "flight\n"
      "  wasl bench DIR --network SAMPLE --rate 7500        on a schedule: stalls count\n"
      "  wasl bench DIR --network SAMPLE --connections 13000 --claims 13000 --hold 10\n"
      "Sends real claims: for a switch that holds a sample, on this machine.");
  command.option("directory", arguments->directory, "Of the switch, as `wasl init` made it")
      .required();
  command.option("--network", arguments->network, "The sample that the switch has imported")
      .required();
  command.option("--connections", arguments->load.connections, "Pharmacies' connections")
      .between(std::size_t{1}, std::size_t{60'000})
      .shows_default();
  command.option("--seconds", arguments->seconds, "Time of the load")
      .between(1U, 3'600U)
      .shows_default();
  command
      .option("--rate", arguments->load.claims_per_second,
              "Claims a second on a schedule; without it, one in flight per connection")
      .between(1.0, 1'000'000.0);
  command.option("--claims", arguments->claims, "Stop after so many");
  command.option("--hold", arguments->hold_seconds, "Seconds to stay connected afterwards");
  command.option("--port", arguments->load.port, "Default: the configuration's");
  command.flag("--json", arguments->json, "One JSON object");
  command.runs([arguments] { run(*arguments); });
}

}  // namespace wasl::cli
