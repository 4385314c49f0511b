#pragma once
// What recovery found and mended, into the log: each thing with its place. Start-up only.

#include "journal/recovery.hpp"
#include "ops/log.hpp"

namespace wasl::cli {

// Nothing after an orderly stop.
void log_findings(ops::Log& log, const journal::RecoveryReport& report);

}  // namespace wasl::cli
