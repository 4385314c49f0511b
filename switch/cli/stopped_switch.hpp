#pragma once
// A switch that does not run, as verify and replay look at it: named by its directory or its
// configuration, under the lock that keeps a server out meanwhile, read only. One thread.

#include <string>

#include "cli/command.hpp"
#include "cli/places.hpp"
#include "core/result.hpp"
#include "ops/config.hpp"

namespace wasl::cli {

// Which switch: a directory as `wasl init` makes it, or a configuration file.
struct SwitchArgument {
  std::string directory;
  std::string config;
};

// The positional DIR and --config of a command; `argument` outlives it.
void add_switch_argument(Command command, SwitchArgument& argument);
// The configuration's file; kConfiguration without a switch to look at.
[[nodiscard]] core::Result<std::string> config_path(const SwitchArgument& argument);

struct StoppedSwitch {
  ops::Config config;
  Places places;

  // kConfiguration without a switch to look at, or with a wrong configuration; kExists, with what
  // to do, while a server runs on it; kNotFound for a part that is not there.
  [[nodiscard]] static core::Result<StoppedSwitch> open(const SwitchArgument& argument);
};

}  // namespace wasl::cli
