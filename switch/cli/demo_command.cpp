#include "cli/demo_command.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "cli/demo.hpp"
#include "cli/exit.hpp"

namespace wasl::cli {
namespace {

void demonstrate(DemoOptions options, bool json) {
  options.plain = ::isatty(STDERR_FILENO) == 0;
  // With --json, stdout holds the object and nothing else.
  std::ostream& out = json ? std::cerr : std::cout;
  if (!json) options.plain = ::isatty(STDOUT_FILENO) == 0;
  const DemoReport report = or_exit(run_demo(options, out), "demo");
  print_report(report, out);
  if (json) std::cout << report_json(report) << '\n';
  if (!report.verified) throw CLI::RuntimeError(static_cast<int>(Exit::kDiffers));
}

}  // namespace

void add_demo_command(CLI::App& app) {
  const auto options = std::make_shared<DemoOptions>();
  const auto json = std::make_shared<bool>(false);
  CLI::App& command = *app.add_subcommand("demo", "A whole network on this machine, in a minute");
  command.footer(
      "Examples:\n"
      "  wasl demo                                  a claim's story, traffic, kill -9, the proof\n"
      "  wasl demo --duration 60 --rate 1000 --pharmacies 200\n"
      "  wasl demo --keep /tmp/network --json");
  command.add_option("--duration", options->duration_seconds, "Seconds of live traffic")
      ->check(CLI::Range(2U, 86'400U))
      ->capture_default_str();
  command.add_option("--rate", options->claims_per_second, "Claims a second of all pharmacies")
      ->check(CLI::Range(1.0, 100'000.0))
      ->capture_default_str();
  command.add_option("--pharmacies", options->pharmacies, "How many sell")
      ->check(CLI::Range(1U, 12'000U))
      ->capture_default_str();
  command.add_option("--centres", options->centres, "Payment centres in the network")
      ->check(CLI::Range(1U, 5'000U))
      ->capture_default_str();
  command.add_option("--cards", options->cards, "Cards in the network")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{10'000'000}))
      ->capture_default_str();
  command.add_option("--keep", options->keep, "Work in this empty directory, and leave it");
  command.add_flag("--json", *json, "One JSON object on stdout, the story on stderr");
  command.callback([options, json] { demonstrate(*options, *json); });
}

}  // namespace wasl::cli
