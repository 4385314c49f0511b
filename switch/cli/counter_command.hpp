#pragma once
// `wasl counter`: a payment centre's operator decides what pharmacies presented, one command at a
// time or in a dialogue, lowers what was accepted, refunds what people paid, and enters the
// accounts to which is paid.

#include <memory>

#include "cli/command.hpp"
#include "cli/terminal_command.hpp"

namespace wasl::cli {

void add_counter_commands(Command parent);

// payout: set, withdraw, pending.
void add_counter_payout(Command parent, const std::shared_ptr<TerminalSession>& session);

// reduce.
void add_counter_reduce(Command parent, const std::shared_ptr<TerminalSession>& session);

// refund.
void add_counter_refund(Command parent, const std::shared_ptr<TerminalSession>& session);

// shell.
void add_counter_shell(Command parent, const std::shared_ptr<TerminalSession>& session);

}  // namespace wasl::cli
