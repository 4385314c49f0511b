#include "cli/stopped_switch.hpp"

#include <utility>

namespace wasl::cli {

core::Result<std::string> config_path(const SwitchArgument& argument) {
  if (!argument.config.empty()) return argument.config;
  if (!argument.directory.empty()) return argument.directory + "/wasl.toml";
  return core::fail(core::Errc::kConfiguration,
                    "which switch? give its directory, or its wasl.toml with --config");
}

void add_switch_argument(Command command, SwitchArgument& argument) {
  const Option directory =
      command.option("dir", argument.directory, "Directory with wasl.toml, as `wasl init` makes");
  command.option("--config", argument.config, "The configuration instead of its directory")
      .excludes(directory);
}

core::Result<StoppedSwitch> StoppedSwitch::open(const SwitchArgument& argument) {
  const core::Result<std::string> path = config_path(argument);
  if (!path) return std::unexpected(path.error());
  core::Result<ops::Config> config = ops::load_config(*path);
  if (!config) return std::unexpected(config.error());
  core::Result<Places> places = Places::open(*config, Access::kReading);
  if (!places && places.error().code == core::Errc::kExists) {
    return core::fail(
        core::Errc::kExists,
        "a server runs on " + config->data_directory +
            ": stop it (SIGTERM) first, or look at a backup that was restored elsewhere");
  }
  if (!places) return std::unexpected(places.error());
  return StoppedSwitch{.config = std::move(*config), .places = std::move(*places)};
}

}  // namespace wasl::cli
