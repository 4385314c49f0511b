#pragma once
// `wasl settle import-status`, `drop-status` and `status-files`: what a fund's bank says of its
// payouts.

#include "cli/settle_session.hpp"

namespace wasl::cli {

void add_settle_status(Command parent, const SettleSession& session);

}  // namespace wasl::cli
