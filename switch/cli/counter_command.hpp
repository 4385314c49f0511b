#pragma once
// `wasl counter`: a payment centre's operator decides what pharmacies presented, one command at a
// time or in a dialogue, refunds what people paid, and enters the accounts to which is paid.

#include <memory>

#include "cli/command.hpp"
#include "cli/terminal_command.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {

void add_counter_commands(Command parent);

// payout: set, withdraw, pending.
void add_counter_payout(Command parent, const std::shared_ptr<TerminalSession>& session);

// refund.
void add_counter_refund(Command parent, const std::shared_ptr<TerminalSession>& session);

// shell.
void add_counter_shell(Command parent, const std::shared_ptr<TerminalSession>& session);

// By which a deadline is late: the UTC day, in Algeria the civil day but for its first hour.
[[nodiscard]] core::Day review_day();

}  // namespace wasl::cli
