#include "cli/backup_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>

#include "cli/backup.hpp"
#include "cli/exit.hpp"
#include "cli/stopped_switch.hpp"
#include "core/calendar.hpp"
#include "core/hex.hpp"

namespace wasl::cli {
namespace {

using Steady = std::chrono::steady_clock;

struct BackupArguments {
  SwitchArgument which;
  std::string target;
  bool json = false;
};

void print_json(const BackupReport& done, const std::string& target, double seconds) {
  const journal::Anchor& end = done.walked.last;
  std::cout << boost::json::serialize(boost::json::object{{"target", target},
                                                          {"journal_id", core::to_hex(end.data_id)},
                                                          {"sequence", end.sequence},
                                                          {"record_hash", core::to_hex(end.hash)},
                                                          {"groups", done.walked.groups},
                                                          {"segments", done.segments},
                                                          {"imported_files", done.kept.size()},
                                                          {"bytes", done.bytes},
                                                          {"seconds", seconds}})
            << '\n';
}

void print(const BackupReport& done, const std::string& target, double seconds) {
  const journal::Anchor& end = done.walked.last;
  std::cout << fmt::format(
      "backup   {}\n"
      "journal  {} up to record {}, {}, read back from the first\n"
      "  hash   {}\n"
      "size     {} bytes: {} segments, {} imported files; {:.1f} s\n"
      "It holds no private key: keep keys/ and pki/ elsewhere, under lock.\n",
      target, core::to_hex(end.data_id), end.sequence, core::to_text(done.walked.last_now),
      core::to_hex(end.hash), done.bytes, done.segments, done.kept.size(), seconds);
}

void run(const BackupArguments& arguments) {
  const std::string file = or_exit(config_path(arguments.which), "backup");
  const ops::Config config = or_exit(ops::load_config(file), "backup");
  const Steady::time_point began = Steady::now();
  const BackupReport done = or_exit(
      back_up({.config = config, .config_file = file, .target = arguments.target}), "backup");
  const double seconds = std::chrono::duration<double>(Steady::now() - began).count();
  if (arguments.json) return print_json(done, arguments.target, seconds);
  print(done, arguments.target, seconds);
}

}  // namespace

void add_backup_command(Command parent) {
  const auto arguments = std::make_shared<BackupArguments>();
  Command command =
      parent.command("backup", "Copy what a switch cannot make again, while it serves");
  command.examples(
      "Examples:\n"
      "  wasl backup /var/lib/wasl --to /backup/2026-03-10\n"
      "  wasl backup --config /etc/wasl/wasl.toml --to /backup/now --json\n"
      "  wasl restore /var/lib/drill --from /backup/2026-03-10    then: wasl verify\n"
      "Journal, kept imports and configuration; no RocksDB, no private key. Everything that was\n"
      "answered before the command began is in it.");
  add_switch_argument(command, arguments->which);
  command.option("--to", arguments->target, "A directory that is not there yet").required();
  command.flag("--json", arguments->json, "One JSON object on stdout");
  command.runs([arguments] { run(*arguments); });
}

}  // namespace wasl::cli
