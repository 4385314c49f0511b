#include "cli/ledger_command.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <vector>

#include "cli/ledger_view.hpp"
#include "cli/listed_pages.hpp"
#include "cli/terminal_command.hpp"
#include "core/ledger.hpp"

namespace wasl::cli {
namespace {

using Session = std::shared_ptr<ListingSession>;

struct Whose {
  std::string participant;
  std::string fund;
};

void add_whose(Command command, const std::shared_ptr<Whose>& whose) {
  command.option("--participant", whose->participant,
                 "As in its certificate, provider:16-004512; a pharmacy or centre leaves it out");
  command.option("--fund", whose->fund, "The fund; a fund has its own");
}

// Of whose statement, and with which fund: a pharmacy's or centre's own, of a fund who is named.
StatementOf statement_of(ListingSession& session, const Whose& whose, std::string_view command) {
  const core::Participant asking = spoken_for(session.terminal, command);
  StatementOf of{.participant = whose.participant, .fund = whose.fund};
  if (asking.role != core::Role::kFund) {
    of.participant = fmt::format("{}:{}", core::name(asking.role), asking.id.view());
    return of;
  }
  if (whose.participant.empty()) {
    exit_with(Exit::kFailed, command,
              {core::Errc::kMalformed, "whose? give --participant provider:16-004512"});
  }
  if (of.fund.empty()) of.fund = asking.id.view();
  return of;
}

std::vector<v1::PostingSet> sets_of(ListingSession& session, const Whose& whose,
                                    std::string_view command) {
  v1::ListPostings list;
  list.set_fund(whose.fund);
  if (!whose.participant.empty()) {
    const core::Participant participant = or_exit(parse_participant(whose.participant), command);
    list.mutable_participant()->set_role(static_cast<v1::Role>(participant.role));
    list.mutable_participant()->set_id(std::string(participant.id.view()));
  }
  return all_postings(session.terminal, list, command);
}

void add_trial_balance(Command parent, const Session& session) {
  Command command = parent.command("trial-balance", "All accounts of a fund and their sums");
  command.examples(
      "Examples:\n"
      "  wasl ledger trial-balance --config fund.toml\n"
      "  wasl ledger trial-balance --config fund.toml --json\n"
      "Exit code: 0 in balance, 6 not");
  command.runs([session] {
    v1::Envelope request = or_exit(new_envelope(), "ledger");
    request.mutable_list_balances();
    const v1::Envelope answer = ask(session->terminal, request, "ledger trial-balance");
    std::cout << trial_balance(answer.balances_page(), session->format());
    if (!in_balance(answer.balances_page())) {
      leave(Exit::kDiffers);
    }
  });
}

void add_postings_command(Command parent, const Session& session) {
  const auto whose = std::make_shared<Whose>();
  Command command = parent.command("postings", "Every set of postings, in order");
  command.examples(
      "Examples:\n"
      "  wasl ledger postings --config fund.toml --csv > postings.csv\n"
      "  wasl ledger postings --config fund.toml --participant provider:16-004512\n"
      "  wasl ledger postings --config pharmacy.toml --fund CNAS");
  add_whose(command, whose);
  command.runs([session, whose] {
    std::cout << postings(sets_of(*session, *whose, "ledger postings"), session->format());
  });
}

constexpr std::string_view kStatement = "ledger statement";

core::Day day_or_exit(const std::string& text, core::Day otherwise) {
  if (text.empty()) return otherwise;
  const std::optional<core::Day> day = core::parse_day(text);
  if (day) return *day;
  exit_with(Exit::kFailed, kStatement, {core::Errc::kMalformed, "a day is written YYYY-MM-DD"});
}

core::Interval days_or_exit(const std::string& from, const std::string& until) {
  const core::Interval days{.from = day_or_exit(from, core::kDayMin),
                            .until = day_or_exit(until, core::kDayMax)};
  if (days.from <= days.until) return days;
  exit_with(Exit::kFailed, kStatement, {core::Errc::kMalformed, "--from is after --until"});
}

void add_statement(Command parent, const Session& session) {
  struct Arguments {
    std::string from;
    std::string until;
  };
  const auto arguments = std::make_shared<Arguments>();
  const auto whose = std::make_shared<Whose>();
  Command command = parent.command("statement", "What is owed to a participant, and what moved it");
  command.examples(
      "Examples:\n"
      "  wasl ledger statement --config pharmacy.toml --fund CNAS\n"
      "  wasl ledger statement --config fund.toml --participant provider:16-004512 \\\n"
      "    --from 2026-03-01 --until 2026-03-31");
  add_whose(command, whose);
  command.option("--from", arguments->from, "First day (UTC), YYYY-MM-DD; default: the first");
  command.option("--until", arguments->until, "Last day (UTC), YYYY-MM-DD; default: the last");
  command.runs([session, whose, arguments] {
    StatementOf of = statement_of(*session, *whose, kStatement);
    of.days = days_or_exit(arguments->from, arguments->until);
    std::cout << statement(sets_of(*session, *whose, kStatement), of, session->format());
  });
}

}  // namespace

void add_ledger_commands(Command parent) {
  const auto session = std::make_shared<ListingSession>();
  Command ledger = parent.command("ledger", "What a fund owes, and why");
  ledger.examples(
      "Examples:\n"
      "  wasl ledger trial-balance --config fund.toml\n"
      "  wasl ledger statement --config pharmacy.toml --fund CNAS\n"
      "fund.toml has the keys of terminal.toml: wasl terminal --help");
  add_listing_options(ledger, *session);
  add_trial_balance(ledger, session);
  add_statement(ledger, session);
  add_postings_command(ledger, session);
}

}  // namespace wasl::cli
