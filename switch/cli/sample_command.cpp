#include "cli/sample_command.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "cli/sample.hpp"

namespace wasl::cli {
namespace {

struct SampleArguments {
  SampleOptions options;
  std::string date = core::to_text(SampleOptions{}.date);
};

void run(SampleArguments arguments) {
  const auto date = core::parse_day(arguments.date);
  if (!date) {
    std::cerr << "wasl sample: --date " << arguments.date << ": give a day as 2026-03-10\n";
    throw CLI::RuntimeError{1};
  }
  SampleOptions& options = arguments.options;
  options.date = *date;
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  if (terminal) {
    options.progress = [total = options.cards](std::uint64_t cards) {
      std::cerr << "\r\x1b[K" << cards << " of " << total << " cards" << std::flush;
    };
  }
  const auto counts = write_sample(options);
  if (terminal) std::cerr << "\r\x1b[K";
  if (!counts) {
    std::cerr << "wasl sample: " << core::describe(counts.error()) << '\n';
    throw CLI::RuntimeError{1};
  }
  std::cout << options.out << ": " << counts->accounts << " accounts, " << counts->cards
            << " cards (" << counts->barred_cards << " barred), " << counts->beneficiaries
            << " beneficiaries, " << options.pharmacies << " pharmacies, " << options.centres
            << " centres with " << counts->agencies << " agencies\nnext: wasl import "
            << options.out << '\n';
}

}  // namespace

void add_sample_command(CLI::App& app) {
  CLI::App& command = *app.add_subcommand(
      "sample", "Write a constructed network as CSV files: the same options, the same bytes");
  command.footer("Example:\n  wasl sample --seed 1 --cards 100000 --out network");
  const auto arguments = std::make_shared<SampleArguments>();
  SampleOptions& options = arguments->options;
  command.add_option("--out", options.out, "The directory to fill")->required();
  command.add_option("--seed", options.seed, "Another seed, another network")
      ->capture_default_str();
  command.add_option("--cards", options.cards, "Cards in all")->capture_default_str();
  command.add_option("--pharmacies", options.pharmacies, "Pharmacies")->capture_default_str();
  command.add_option("--centres", options.centres, "Payment centres")->capture_default_str();
  command.add_option("--prescribers", options.prescribers, "Prescribers")->capture_default_str();
  command.add_option("--inns", options.inns, "Active substances with form and dose")
      ->capture_default_str();
  command.add_option("--brands", options.brands, "Products of the first catalogue")
      ->capture_default_str();
  command.add_option("--tarifs", options.tarifs, "Tarifs de référence of the first catalogue")
      ->capture_default_str();
  command.add_option("--date", arguments->date, "The day around which rights are laid")
      ->capture_default_str();
  command.callback([arguments] { run(*arguments); });
}

}  // namespace wasl::cli
