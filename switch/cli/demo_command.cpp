#include "cli/demo_command.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/demo.hpp"
#include "cli/exit.hpp"

namespace wasl::cli {
namespace {

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void interrupt(int) { interrupted = true; }

// Of the options, those that were given; the scale has the others.
struct DemoArguments {
  std::string scale = "small";
  std::optional<std::int64_t> duration;
  std::optional<double> rate;
  std::optional<std::int64_t> pharmacies;
  std::optional<std::int64_t> centres;
  std::optional<std::int64_t> cards;
  std::string keep;
  bool json = false;
};

DemoOptions options_of(const DemoArguments& given) {
  DemoOptions options = or_exit(demo_of_scale(given.scale), "demo");
  DemoNumbers numbers = numbers_of(options);
  numbers.duration = given.duration.value_or(numbers.duration);
  numbers.rate = given.rate.value_or(numbers.rate);
  numbers.pharmacies = given.pharmacies.value_or(numbers.pharmacies);
  numbers.centres = given.centres.value_or(numbers.centres);
  numbers.cards = given.cards.value_or(numbers.cards);
  or_exit(take_numbers(numbers, options), "demo");
  options.keep = given.keep;
  return options;
}

void demonstrate(const DemoArguments& arguments) {
  const DemoOptions options = options_of(arguments);
  // From now on the end, also by Ctrl-C, removes the directory and the switch.
  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
  // With --json, stdout holds the object and nothing else.
  std::ostream& story = arguments.json ? std::cerr : std::cout;
  DemoConsole console(story, std::cerr, ::isatty(STDERR_FILENO) == 0, interrupted);
  const DemoReport report = or_exit(run_demo(options, console), "demo");
  print_report(report, console.story());
  if (!options.keep.empty()) console.say("   Kept in " + options.keep + ".");
  if (arguments.json) std::cout << report_json(report) << '\n';
  if (!report.verified) leave(Exit::kDiffers);
}

void add_options(Command command, DemoArguments& arguments) {
  command
      .option("--scale", arguments.scale,
              "small: 40 pharmacies, 10 centres, 2,000 cards; national: 12,000, 830, "
              "100,000, all connected at once")
      .shows_default();
  command.option("--duration", arguments.duration, "Seconds of live traffic (10; national: 30)");
  command.option("--rate", arguments.rate, "Requests a second of all terminals (1000)");
  command.option("--pharmacies", arguments.pharmacies, "How many there are");
  command.option("--centres", arguments.centres, "How many payment centres there are");
  command.option("--cards", arguments.cards, "How many cards there are");
  command.option("--keep", arguments.keep, "Work in this empty directory, and leave it");
  command.flag("--json", arguments.json, "One JSON object on stdout, the story on stderr");
}

}  // namespace

void add_demo_command(Command parent) {
  const auto arguments = std::make_shared<DemoArguments>();
  Command command = parent.command("demo", "A whole network on this machine, in a minute");
  command.examples(
      "Examples:\n"
      "  wasl demo                     a claim's story, live traffic, kill -9, the proof\n"
      "  wasl demo --scale national    the same with 12,830 terminals: a few minutes\n"
      "  wasl demo --duration 60 --rate 2000 --pharmacies 200\n"
      "  wasl demo --keep /tmp/network --json");
  add_options(command, *arguments);
  command.runs([arguments] { demonstrate(*arguments); });
}

}  // namespace wasl::cli
