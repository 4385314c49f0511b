// `wasl counter payout`: the account of a payee, entered by one person and again by a second.

#include <iostream>

#include "cli/counter_command.hpp"
#include "cli/listed_pages.hpp"
#include "cli/payout_view.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

using Session = std::shared_ptr<TerminalSession>;

struct Entry {
  std::string insured;
  std::string provider;
  std::string fund;
  std::string account;
};

void add_payee(Command command, Entry& entry) {
  Command whose = command.exactly_one("whose account");
  whose.option("--insured", entry.insured, "An insured person's number");
  whose.option("--provider", entry.provider, "A pharmacy, as in 16-004512");
  whose.option("--fund-account", entry.fund,
               "The fund's own account, from which it pays: its code");
}

v1::SetPayoutAccount change_of(const Entry& entry) {
  v1::SetPayoutAccount change;
  v1::Payee& payee = *change.mutable_payee();
  if (!entry.insured.empty()) {
    payee.set_insured_number(entry.insured);
    return change;
  }
  const bool fund = entry.provider.empty();
  payee.mutable_provider()->set_role(fund ? v1::FUND : v1::PROVIDER);
  payee.mutable_provider()->set_id(fund ? entry.fund : entry.provider);
  return change;
}

void send(TerminalSession& session, const v1::SetPayoutAccount& change, std::string_view command) {
  Terminal& terminal = session.open();
  v1::Envelope request = or_exit(payout_request(change, terminal.signer("").me), command);
  leave_with(or_exit(terminal.submit(std::move(request)), command), command, session.config);
}

void add_set(Command parent, const Session& session) {
  const auto entry = std::make_shared<Entry>();
  Command command = parent.command("set",
                                   "Enter an account: waits for a second person, or "
                                   "confirms what the first one entered");
  command.examples(
      "Examples:\n"
      "  wasl counter payout set --insured 160012345678 --account \"007 99999 0023456789 41\"\n"
      "  wasl counter payout set --provider 16-004512 --account 00799999002345678941\n"
      "  wasl counter payout set --fund-account CNAS --account 00799999002345678941\n"
      "Exit code: 0 it waits or is set, 2 declined and nothing changed, 5 in doubt");
  add_payee(command, *entry);
  command.option("--account", entry->account, "RIB or RIP, 20 digits, from the paper").required();
  command.runs([session, entry] {
    constexpr std::string_view kSet = "counter payout set";
    v1::SetPayoutAccount change = change_of(*entry);
    change.set_payout_account(or_exit(parse_payout_account(entry->account), kSet));
    send(*session, change, kSet);
  });
}

void add_withdraw(Command parent, const Session& session) {
  const auto entry = std::make_shared<Entry>();
  Command command = parent.command("withdraw", "Take back what waits for a second person");
  command.examples(
      "Examples:\n"
      "  wasl counter payout withdraw --insured 160012345678\n"
      "Exit code: 0 withdrawn, 2 nothing waited, 5 in doubt");
  add_payee(command, *entry);
  command.runs([session, entry] {
    v1::SetPayoutAccount change = change_of(*entry);
    change.set_withdraw(true);
    send(*session, change, "counter payout withdraw");
  });
}

void add_waiting(Command parent, const Session& session) {
  const auto csv = std::make_shared<bool>(false);
  Command command = parent.command("pending", "What waits for a second person");
  command.examples(
      "Examples:\n"
      "  wasl counter payout pending --config counter.toml\n"
      "  wasl counter payout pending --config counter.toml --csv > accounts.csv");
  command.flag("--csv", *csv, "CSV with a header line on stdout");
  command.runs([session, csv] {
    const std::vector<v1::PayoutChange> changes =
        all_payout_changes(*session, "counter payout pending");
    std::cout << payout_changes(changes, format_of(session->config.json, *csv));
  });
}

}  // namespace

void add_counter_payout(Command parent, const Session& session) {
  Command payout =
      parent.command("payout", "Where a person or pharmacy is paid, and from where a fund pays");
  payout.examples(
      "Examples:\n"
      "  wasl counter payout set --insured 160012345678 --account \"007 99999 0023456789 41\"\n"
      "  wasl counter payout pending\n"
      "Two people enter it. Both have a certificate of the same centre or fund, and the second "
      "one\n"
      "enters the number from the paper too.");
  payout.needs_a_command();
  payout.shares_options();
  add_set(payout, session);
  add_withdraw(payout, session);
  add_waiting(payout, session);
}

}  // namespace wasl::cli
