#include "cli/replay_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include "cli/exit.hpp"
#include "cli/read_file.hpp"
#include "cli/replay.hpp"
#include "cli/replay_print.hpp"
#include "cli/scratch_directory.hpp"
#include "cli/stopped_switch.hpp"
#include "rulebook/reader.hpp"

namespace wasl::cli {
namespace {

struct ReplayArguments {
  SwitchArgument which;
  std::string rulebook_file;  // Empty: as it was decided.
  core::Sequence trace = 0;   // 0: none.
  bool json = false;
};

core::Result<core::Rulebook> read_rulebook(const std::string& path) {
  const core::Result<std::string> text = read_file(path, core::kRulebookBytesMax);
  if (!text) return std::unexpected(text.error());
  core::Result<core::Rulebook> rulebook = rulebook::read_rulebook(*text);
  if (rulebook) return rulebook;
  return core::fail(rulebook.error().code, path + ": " + rulebook.error().context);
}

void run(const ReplayArguments& arguments) {
  ReplayOptions options{.trace = arguments.trace};
  if (!arguments.rulebook_file.empty()) {
    options.rulebook = or_exit(read_rulebook(arguments.rulebook_file), "replay");
  }
  const StoppedSwitch stopped = or_exit(StoppedSwitch::open(arguments.which), "replay");
  const store::StorePlaces places = stopped.places.store();
  const ScratchDirectory scratch =
      or_exit(ScratchDirectory::make(scratch_bytes_for(places.rocks.path)), "replay");
  const Replayed replayed = or_exit(replay_journal({.journal = places.journal.journal,
                                                    .head = places.journal.head,
                                                    .scratch = scratch.path(),
                                                    .run_import = places.run_import},
                                                   options),
                                    "replay");
  std::cout << (arguments.json ? replay_json(replayed, options) : replay_text(replayed, options));
  if (replayed.differences_total != 0) {
    leave(Exit::kDiffers);
  }
}

}  // namespace

void add_replay_command(Command parent) {
  const auto arguments = std::make_shared<ReplayArguments>();
  Command command = parent.command(
      "replay", "Decide every journaled command again and compare with what was decided");
  command.examples(
      "Examples:\n"
      "  wasl replay /var/lib/wasl                        exit 0: as recorded; 6: differs, where\n"
      "  wasl replay /var/lib/wasl --rulebook new.toml    what it would have changed\n"
      "  wasl replay /var/lib/wasl --trace 4711           each check of one record\n"
      "Reads only; the server must not run. Rows go to a directory under TMPDIR, which needs as\n"
      "much space as the store; memory holds the catalogue and 100,000 rows.");
  add_switch_argument(command, arguments->which);
  const Option rulebook = command.option("--rulebook", arguments->rulebook_file,
                                         "Decide the claims of its scheme with this file instead");
  command.option("--trace", arguments->trace, "Show the checks of the record of this number")
      .positive()
      .excludes(rulebook);
  command.flag("--json", arguments->json, "One JSON object on stdout");
  command.runs([arguments] { run(*arguments); });
}

}  // namespace wasl::cli
