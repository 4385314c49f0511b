#pragma once
// `wasl counter`: a payment centre's operator decides what pharmacies presented, one command at a
// time or in a dialogue, refunds what people paid, and enters the accounts to which is paid.

#include <CLI/App.hpp>
#include <memory>

#include "cli/terminal_command.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {

void add_counter_commands(CLI::App& app);

// payout: set, withdraw, pending.
void add_counter_payout(CLI::App& app, const std::shared_ptr<TerminalSession>& session);

// refund.
void add_counter_refund(CLI::App& app, const std::shared_ptr<TerminalSession>& session);

// shell.
void add_counter_shell(CLI::App& app, const std::shared_ptr<TerminalSession>& session);

// By which a deadline is late: the UTC day, in Algeria the civil day but for its first hour.
[[nodiscard]] core::Day review_day();

}  // namespace wasl::cli
