#include "cli/import_command.hpp"

#include <unistd.h>

#include <chrono>
#include <iostream>
#include <memory>

#include "cli/exit.hpp"
#include "cli/import.hpp"
#include "cli/places.hpp"
#include "cli/system_clock.hpp"

namespace wasl::cli {
namespace {

constexpr std::size_t kBarCells = 30;
// Plain lines, where nobody watches: enough to see that it goes on.
constexpr std::chrono::seconds kLineEvery{10};

struct ImportArguments {
  std::string config = "wasl.toml";
  std::vector<std::string> paths;
  bool accept_clock = false;
};

using Steady = std::chrono::steady_clock;

// On a terminal a bar that is drawn over itself, elsewhere a line now and then.
class ProgressView {
 public:
  void show(const ImportProgress& progress) {
    if (terminal_) return draw(progress);
    if (Steady::now() < next_line_) return;
    next_line_ = Steady::now() + kLineEvery;
    std::cerr << "import: " << progress.accounts << " accounts, " << percent(progress) << " %\n";
  }
  void clear() const {
    if (terminal_) std::cerr << "\r\x1b[K" << std::flush;
  }

 private:
  static std::uint64_t percent(const ImportProgress& progress) {
    return progress.bytes == 0 ? 100 : progress.bytes_read * 100 / progress.bytes;
  }
  static void draw(const ImportProgress& progress) {
    const auto cells = static_cast<std::size_t>(percent(progress)) * kBarCells / 100;
    std::cerr << "\r\x1b[K[" << std::string(cells, '#') << std::string(kBarCells - cells, '.')
              << "] " << percent(progress) << " %  " << progress.accounts << " accounts"
              << std::flush;
  }

  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  Steady::time_point next_line_ = Steady::now() + kLineEvery;
};

void report(const ImportReport& done, double seconds) {
  if (done.sequence == 0) {
    std::cout << "nothing in the files is newer than what is there (" << done.counts.unchanged
              << " rows)\n";
    return;
  }
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(done.counts.accounts) /
                                               std::max(seconds, 0.001));
  std::cout << "imported as record " << done.sequence << ": " << done.counts.accounts
            << " accounts, " << done.counts.cards << " new cards, " << done.counts.registrations
            << " participants, " << done.counts.reference << " reference rows; "
            << done.counts.unchanged << " unchanged; " << rate << " accounts/s\n";
}

void run(const ImportArguments& arguments) {
  const SystemClock clock;
  const ops::Config config = or_exit(ops::load_config(arguments.config), "import");
  const Places places = or_exit(Places::open(config), "import");
  or_exit(places.require_room(config), "import");
  ProgressView view;
  csv::Faults faults;
  const auto started = Steady::now();
  const auto done =
      import_network(places.store(),
                     {.paths = arguments.paths,
                      .kept = places.imports(),
                      .now = clock.wall(),
                      .accept_clock = arguments.accept_clock,
                      .progress = [&](const ImportProgress& progress) { view.show(progress); }},
                     faults);
  view.clear();
  if (!faults.none()) std::cerr << faults.text();
  if (!done) exit_with(Exit::kFailed, "import", done.error());
  report(*done, std::chrono::duration<double>(Steady::now() - started).count());
}

}  // namespace

void add_import_command(Command parent) {
  const auto arguments = std::make_shared<ImportArguments>();
  Command command =
      parent.command("import", "Bring a network from CSV files into a switch that is stopped");
  command.examples(
      "Examples:\n"
      "  wasl import --config /var/lib/wasl/wasl.toml config/sample\n"
      "  wasl import --config wasl.toml providers.csv provider_agreements.csv wilayas.csv");
  command.option("paths", arguments->paths, "Directories or files, as docs/import_format.md")
      .required();
  command.option("--config", arguments->config, "The file `wasl init` wrote").shows_default();
  command.flag("--accept-clock", arguments->accept_clock,
               "The clock is right, however far from the journal's last record");
  command.runs([arguments] { run(*arguments); });
}

}  // namespace wasl::cli
