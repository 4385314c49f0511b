#pragma once
// `wasl init DIR`: everything that a new switch needs to start as it is. Blocking.

#include <string>
#include <vector>

#include "cli/pki.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct InitOptions {
  std::string directory{};               // Created, or without any part of a switch.
  std::vector<std::string> funds{};      // Codes; each gets a card master key.
  std::vector<std::string> dns_names{};  // Of the server's certificate.
  std::vector<std::string> ip_addresses{};
  TimePoint now{};
};

// DIR/wasl.toml, DIR/pki (authority, revocation list, the server's certificate), DIR/keys (one
// master key per fund), DIR/data and DIR/journal (an empty store). All of it is made in
// DIR/init.partial and moved when it is whole: run again, an interrupted one is done again or goes
// on. kExists, with nothing changed, if any of these stands in DIR already.
[[nodiscard]] core::Result<void> init_switch(const InitOptions& options);

}  // namespace wasl::cli
