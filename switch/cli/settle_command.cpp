#include "cli/settle_command.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "cli/agreement.hpp"
#include "cli/lateness.hpp"
#include "cli/owed_view.hpp"
#include "cli/receipt_text.hpp"
#include "cli/settle_export.hpp"
#include "cli/settle_session.hpp"
#include "cli/settle_status.hpp"
#include "cli/settle_view.hpp"

namespace wasl::cli {
namespace {

using Session = SettleSession;

// What is not done ends the command.
template <typename Message>
v1::RunAnswer send(ListingSession& session, const Message& what, std::string_view command) {
  return done_or_exit(ask_change(session, what, command), session, command).run();
}

// Whether another client has done the last step meanwhile.
bool is_collected(const Ending& ending, std::string_view command) {
  if (ending.exit != Exit::kDeclined || !ending.answer) return false;
  return body_or_exit(ending, command).run().reason() == v1::RUN_NOT_IN_THIS_STATE;
}

// All its steps, from where it stands; then the run.
void collect(ListingSession& session, std::uint64_t run, std::string_view command) {
  Collected what;
  what.run = run_or_exit(session, run, command);
  v1::CollectRun step;
  step.set_run(run);
  while (what.run.state() == v1::RUN_COLLECTING) {
    const Ending ending = ask_change(session, step, command);
    if (is_collected(ending, command)) break;
    const v1::RunAnswer answer = done_or_exit(ending, session, command).run();
    what.left_out.insert(what.left_out.end(), answer.left_out().begin(), answer.left_out().end());
    what.run.set_state(answer.state());
  }
  what.run = run_or_exit(session, run, command);
  std::cout << collected(what, session.format(), language_of(session));
}

void add_propose(Command parent, const Session& session) {
  struct Arguments {
    std::string value_date;
    std::uint32_t minimum = 0;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("propose", "Take what is owed into a run, netted per payee");
  command.examples(
      "Examples:\n"
      "  wasl settle propose --value-date 2026-03-25 --config fund.toml\n"
      "  wasl settle propose --value-date 2026-03-25 --minimum 100\n"
      "Exit code: 0 proposed or nothing to pay, 2 declined, 5 in doubt");
  command.option("--value-date", arguments->value_date, "On which the bank is to pay, YYYY-MM-DD")
      .required();
  command
      .option("--minimum", arguments->minimum, "Dinars; a payee to whom less is owed is left out")
      .shows_default();
  command.runs([session, arguments] {
    v1::ProposeRun propose;
    propose.set_value_date(arguments->value_date);
    propose.set_minimum_cents(std::int64_t{arguments->minimum} * 100);
    const v1::RunAnswer proposed = send(*session, propose, "settle propose");
    collect(*session, proposed.run(), "settle propose");
  });
}

void add_collect(Command parent, const Session& session) {
  const auto run = std::make_shared<std::uint64_t>(0);
  Command command = parent.command("collect", "Go on with a run whose proposal was cut short");
  command.examples("Examples:\n  wasl settle collect --run 48213 --config fund.toml");
  add_run_number(command, *run);
  command.runs([session, run] { collect(*session, *run, "settle collect"); });
}

// A run that a person decides on.
struct Decided {
  std::uint64_t run = 0;
  bool yes = false;
};

void add_decided(Command command, Decided& decided) {
  add_run_number(command, decided.run);
  command.flag("--yes", decided.yes,
               "Do not ask first; where stdin is no terminal nothing is asked");
}

// Before a person at a keyboard decides: what the run comes to.
void ask_first(const ListingSession& session, const v1::SettlementRun& run, const char* question) {
  agree_or_leave(run_summary(run, language_of(session)), question);
}

void ask_to_approve(const ListingSession& session, const v1::SettlementRun& run,
                    std::string_view command) {
  if (run.state() != v1::RUN_PROPOSED) {
    exit_with(
        Exit::kDeclined, command,
        {core::Errc::kNotPermitted, "the run does not wait for an approval; it is: " +
                                        std::string(text(run.state(), language_of(session)))});
  }
  ask_first(session, run, "Approve it? (y/n) ");
}

// It says what the run comes to, so there is none of a run that is not there.
void approve(ListingSession& session, const Decided& decided) {
  constexpr std::string_view kApprove = "settle approve";
  const v1::SettlementRun run = run_or_exit(session, decided.run, kApprove);
  if (asks_first(decided.yes)) ask_to_approve(session, run, kApprove);
  v1::ApproveRun step;
  step.set_run(run.run());
  step.set_payouts(run.payouts());
  step.set_total_cents(run.total_cents());
  send(session, step, kApprove);
  const v1::SettlementRun approved = run_or_exit(session, run.run(), kApprove);
  std::cout << runs({&approved, 1}, session.format(), language_of(session));
}

void add_approve(Command parent, const Session& session) {
  const auto decided = std::make_shared<Decided>();
  Command command = parent.command("approve", "Agree to a run, as another person than proposed it");
  command.examples(
      "Examples:\n"
      "  wasl settle approve --run 48213 --config fund.toml\n"
      "Exit code: 0 approved, 1 not agreed to, 2 declined, 5 in doubt");
  add_decided(command, *decided);
  command.runs([session, decided] { approve(*session, *decided); });
}

// Of any other state the switch says how it stands, and one that is being cancelled goes on.
bool can_be_cancelled(v1::RunState state) {
  return state == v1::RUN_COLLECTING || state == v1::RUN_PROPOSED || state == v1::RUN_APPROVED;
}

void cancel(ListingSession& session, const Decided& decided) {
  constexpr std::string_view kCancel = "settle cancel";
  if (asks_first(decided.yes)) {
    const std::optional<v1::SettlementRun> run = find_run(session.terminal, decided.run, kCancel);
    if (run && can_be_cancelled(run->state())) ask_first(session, *run, "Cancel it? (y/n) ");
  }
  v1::CancelRun step;
  step.set_run(decided.run);
  while (send(session, step, kCancel).state() == v1::RUN_CANCELLING) {
  }
  const v1::SettlementRun cancelled = run_or_exit(session, decided.run, kCancel);
  std::cout << runs({&cancelled, 1}, session.format(), language_of(session));
}

void add_cancel(Command parent, const Session& session) {
  const auto decided = std::make_shared<Decided>();
  Command command = parent.command("cancel", "Give back what a run took: it is owed again");
  command.examples(
      "Examples:\n"
      "  wasl settle cancel --run 48213 --config fund.toml\n"
      "Exit code: 0 cancelled, 1 not agreed to, 2 declined, 5 in doubt");
  add_decided(command, *decided);
  command.runs([session, decided] { cancel(*session, *decided); });
}

void add_listings(Command parent, const Session& session) {
  Command owing = parent.command("owed", "What is owed and in no run, and what is owed back");
  owing.examples("Examples:\n  wasl settle owed --config fund.toml --csv > owed.csv");
  owing.runs([session] {
    const OwedBothWays both{
        .owed = all_owed(session->terminal, "settle owed"),
        .receivables = all_receivables(session->terminal, "settle owed"),
    };
    std::cout << owed(both, utc_today(), session->format());
  });
  Command all = parent.command("runs", "All runs of the fund");
  all.examples("Examples:\n  wasl settle runs --config fund.toml");
  all.runs([session] {
    std::cout << runs(all_runs(session->terminal, "settle runs"), session->format(),
                      language_of(*session));
  });
  const auto run = std::make_shared<std::uint64_t>(0);
  Command one = parent.command("show", "A run and its payouts");
  one.examples("Examples:\n  wasl settle show --run 48213 --config fund.toml");
  add_run_number(one, *run);
  one.runs([session, run] {
    const v1::SettlementRun found = run_or_exit(*session, *run, "settle show");
    std::cout << run_with_payouts(found, all_payouts(session->terminal, *run, "settle show"),
                                  session->format(), language_of(*session));
  });
}

}  // namespace

void add_settle_commands(Command parent) {
  const auto session = std::make_shared<ListingSession>();
  Command settle = parent.command("settle", "A fund pays what it owes, in runs");
  settle.examples(
      "Examples:\n"
      "  wasl settle owed --config fund.toml\n"
      "  wasl settle propose --value-date 2026-03-25 --config fund.toml\n"
      "  wasl settle approve --run 48213 --config other.toml\n"
      "  wasl settle export --run 48213 --out outgoing --config fund.toml\n"
      "  wasl settle import-status answers/*.xml --config fund.toml\n"
      "fund.toml has the keys of terminal.toml: wasl terminal --help. The certificate is that of "
      "an\n"
      "operator of the fund, urn:wasl:operator:fund:CNAS:007.");
  add_listing_options(settle, *session);
  add_propose(settle, session);
  add_collect(settle, session);
  add_approve(settle, session);
  add_cancel(settle, session);
  add_settle_export(settle, session);
  add_settle_status(settle, session);
  add_listings(settle, session);
}

}  // namespace wasl::cli
