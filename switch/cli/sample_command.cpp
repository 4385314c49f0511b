#include "cli/sample_command.hpp"

#include <unistd.h>

#include <iostream>
#include <memory>

#include "cli/exit.hpp"
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
    leave(Exit::kFailed);
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
  if (!counts) exit_with(Exit::kFailed, "sample", counts.error());
  std::cout << options.out << ": " << counts->accounts << " accounts, " << counts->cards
            << " cards (" << counts->barred_cards << " barred), " << counts->beneficiaries
            << " beneficiaries, " << options.pharmacies << " pharmacies, " << options.centres
            << " centres with " << counts->agencies
            << " agencies.\nNext, into the switch that `wasl init DIR` made:\n"
            << "  wasl import --config DIR/wasl.toml " << options.out << '\n';
}

}  // namespace

void add_sample_command(Command parent) {
  Command command = parent.command(
      "sample", "Write a constructed network as CSV files: the same options, the same bytes");
  command.examples("Example:\n  wasl sample --seed 1 --cards 100000 --out network");
  const auto arguments = std::make_shared<SampleArguments>();
  SampleOptions& options = arguments->options;
  command.option("--out", options.out, "The directory to fill").required();
  command.option("--seed", options.seed, "Another seed, another network").shows_default();
  command.option("--cards", options.cards, "Cards in all").shows_default();
  command.option("--pharmacies", options.pharmacies, "Pharmacies").shows_default();
  command.option("--centres", options.centres, "Payment centres").shows_default();
  command.option("--prescribers", options.prescribers, "Prescribers").shows_default();
  command.option("--inns", options.inns, "Active substances with form and dose").shows_default();
  command.option("--brands", options.brands, "Products of the first catalogue").shows_default();
  command.option("--tarifs", options.tarifs, "Tarifs de référence of the first catalogue")
      .shows_default();
  command.option("--date", arguments->date, "The day around which rights are laid").shows_default();
  command.runs([arguments] { run(*arguments); });
}

}  // namespace wasl::cli
