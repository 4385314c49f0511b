// `wasl restore`: from a backup, or RocksDB alone from the journal that is there.

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "card/private_file.hpp"
#include "cli/backup_command.hpp"
#include "cli/exit.hpp"
#include "cli/read_file.hpp"
#include "cli/restore.hpp"
#include "cli/stopped_switch.hpp"
#include "core/calendar.hpp"
#include "core/hex.hpp"
#include "ops/config.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;

struct RestoreArguments {
  SwitchArgument which;
  std::string from;
  bool rebuild = false;
};

// The switch's own configuration if it is there, else the backup's, for the same directory.
struct ConfigToUse {
  ops::Config config;
  std::string path;
  std::optional<std::string> text;  // To be written there; nothing: it is there.
};

core::Result<ConfigToUse> config_to_use(const RestoreArguments& arguments) {
  const core::Result<std::string> path = config_path(arguments.which);
  if (!path) return std::unexpected(path.error());
  std::error_code none;
  if (!arguments.which.config.empty() || fs::exists(*path, none)) {
    core::Result<ops::Config> config = ops::load_config(*path);
    if (!config) return std::unexpected(config.error());
    return ConfigToUse{.config = std::move(*config), .path = *path, .text = std::nullopt};
  }
  const std::string kept = arguments.from + "/" + kBackupConfigName;
  core::Result<std::string> text = read_file(kept, ops::kConfigBytesMax);
  if (!text) return std::unexpected(text.error());
  core::Result<ops::Config> config = ops::parse_config(*text, kept);
  if (!config) return std::unexpected(config.error());
  ops::resolve_paths(*config, arguments.which.directory);
  return ConfigToUse{.config = std::move(*config), .path = *path, .text = std::move(*text)};
}

void print(const Restored& done, const ConfigToUse& used) {
  const journal::Anchor& end = done.walked.last;
  std::cout << fmt::format(
      "restored journal {} up to record {}, {}\n"
      "  hash   {}\n"
      "  RocksDB made from {} records\n"
      "\n"
      "ANSWERS GIVEN AFTER THAT RECORD ARE NOT IN IT: such requests will be decided anew, and\n"
      "their record numbers given to others.\n"
      "* Never start the old switch again: both carry on the same journal.\n",
      core::to_hex(end.data_id), end.sequence, core::to_text(done.walked.last_now),
      core::to_hex(end.hash), done.replayed);
  for (const std::string& file : missing_files(used.config)) {
    std::cout << "* Put in place, as no backup holds it: " << file << '\n';
  }
  std::cout << "* Then: wasl verify --config " << used.path << "; wasl serve --config " << used.path
            << "\nMore: docs/operating.md, \"Backup and restore\"\n";
}

void restore_from(const RestoreArguments& arguments) {
  const OpenBackup backup = or_exit(OpenBackup::open(arguments.from), "restore");
  const ConfigToUse used = or_exit(config_to_use(arguments), "restore");
  const Restored done = or_exit(restore(backup, used.config), "restore");
  // Last: where it stands, the switch is whole.
  if (used.text) or_exit(card::create_private(used.path, *used.text), "restore");
  print(done, used);
}

void rebuild(const RestoreArguments& arguments) {
  const std::string file = or_exit(config_path(arguments.which), "restore");
  const ops::Config config = or_exit(ops::load_config(file), "restore");
  const std::uint64_t replayed = or_exit(rebuild_store(config), "restore");
  std::cout << "RocksDB made from " << replayed << " records of the journal. Then: wasl verify "
            << "--config " << file << '\n';
}

}  // namespace

void add_restore_command(Command parent) {
  const auto arguments = std::make_shared<RestoreArguments>();
  Command command = parent.command(
      "restore", "Make a switch from a backup, or its RocksDB anew from its journal");
  command.examples(
      "Examples:\n"
      "  wasl restore /var/lib/drill --from /backup/2026-03-10    wasl.toml too if none is there\n"
      "  wasl restore --config /etc/wasl/wasl.toml --from /backup/2026-03-10\n"
      "  mv /var/lib/wasl/data/rocks /var/lib/wasl/rocks.damaged\n"
      "  wasl restore /var/lib/wasl --rebuild                     a damaged RocksDB, whole "
      "journal\n"
      "Never touches what is there. Read docs/operating.md, \"Backup and restore\", before you\n"
      "serve from a backup: answers given after it are not in it.");
  add_switch_argument(command, arguments->which);
  Option from = command.option("--from", arguments->from, "A backup that `wasl backup` made");
  const Option rebuild_only = command.flag("--rebuild", arguments->rebuild,
                                           "Only RocksDB, in the place of none, from the journal");
  from.excludes(rebuild_only);
  command.runs([arguments] {
    if (arguments->rebuild) return rebuild(*arguments);
    if (arguments->from.empty()) {
      exit_with(Exit::kFailed, "restore",
                {core::Errc::kConfiguration, "from what? --from BACKUP, or --rebuild"});
    }
    restore_from(*arguments);
  });
}

}  // namespace wasl::cli
