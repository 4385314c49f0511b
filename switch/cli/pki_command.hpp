#pragma once
// `wasl pki init|issue|revoke|crl|list|show`: the certificate tool on the command line.

#include "cli/command.hpp"

namespace wasl::cli {

void add_pki_commands(Command parent);

}  // namespace wasl::cli
