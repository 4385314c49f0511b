#pragma once
// What every command of a terminal needs to know, typed as options or once in a small TOML file
// whose keys are the options' names. An option that is typed counts more than the file.

#include <chrono>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct TerminalConfig {
  std::string server = "localhost:7443";  // HOST:PORT, [IPv6]:PORT
  std::string server_name{};              // In the server's certificate; empty: the host.
  std::string certificate{};
  std::string key{};
  std::string authority{};
  std::string crl{};                        // Optional.
  std::vector<std::string> professional{};  // Key files, one per fund.
  std::string outbox = "outbox";            // Beside the file of --config, if there is one.
  // Long enough for a restart of the switch; a person waits at the counter.
  std::uint32_t timeout_ms = 10'000;
  std::string lang = "en";
  bool json = false;
};

// Adds the options and --config to `command`; `config` outlives it.
void add_terminal_options(Command command, TerminalConfig& config);

// Fills in from the file of --config what was not typed; call from a command that runs. Paths in
// the file start at its directory. kConfiguration names file, line, column and the nearest key.
[[nodiscard]] core::Result<void> complete(const Command& command, TerminalConfig& config);

// The same from the file's text, for keys that `typed` does not hold.
[[nodiscard]] core::Result<void> apply_config(std::string_view text, const std::string& path,
                                              const std::vector<std::string>& typed,
                                              TerminalConfig& config);

// "ar", "fr", "en"; English for anything else.
[[nodiscard]] core::Language language_of(const TerminalConfig& config);

struct HostPort {
  std::string host{};
  std::string port{};
};
[[nodiscard]] core::Result<HostPort> parse_server(std::string_view text);

}  // namespace wasl::cli
