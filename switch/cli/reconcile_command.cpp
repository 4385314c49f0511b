#include "cli/reconcile_command.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/ledger_view.hpp"
#include "cli/listed_pages.hpp"
#include "cli/reconcile_view.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kReconcile = "reconcile";

struct Arguments {
  std::string date;
  std::string fund;
  std::string participant;
  std::string authorised;
  std::string reversed;
  std::string presented;
};

[[noreturn]] void refuse(const char* what) {
  exit_with(Exit::kFailed, kReconcile, {core::Errc::kMalformed, what});
}

// What the participant counted; nothing: it gave none of the three.
std::optional<v1::OwnTotals> own_totals(const Arguments& given) {
  if (given.authorised.empty() && given.reversed.empty() && given.presented.empty()) return {};
  if (given.authorised.empty() || given.reversed.empty() || given.presented.empty()) {
    refuse("--own-authorised, --own-reversed and --own-presented are given together");
  }
  v1::OwnTotals own;
  *own.mutable_authorised() = or_exit(parse_tally(given.authorised), kReconcile);
  *own.mutable_reversed() = or_exit(parse_tally(given.reversed), kReconcile);
  *own.mutable_presented() = or_exit(parse_tally(given.presented), kReconcile);
  return own;
}

v1::ParticipantName named(const core::Participant& participant) {
  v1::ParticipantName name;
  name.set_role(static_cast<v1::Role>(participant.role));
  name.set_id(std::string(participant.id.view()));
  return name;
}

v1::Reconcile request_of(const Arguments& given) {
  if (!core::parse_day(given.date)) refuse("a day is written YYYY-MM-DD");
  v1::Reconcile which;
  which.set_fund(given.fund);
  which.set_date(given.date);
  std::optional<v1::OwnTotals> own = own_totals(given);
  if (own) *which.mutable_own() = std::move(*own);
  if (given.participant.empty()) return which;
  const core::Participant participant = or_exit(parse_participant(given.participant), kReconcile);
  *which.mutable_participant() = named(participant);
  return which;
}

void reconcile(ListingSession& session, const Arguments& given) {
  const v1::Reconcile which = request_of(given);
  const core::Participant asking = spoken_for(session.terminal, kReconcile);
  const bool fund = asking.role == core::Role::kFund;
  if (fund && which.has_own()) refuse("what was counted is given by a pharmacy or centre alone");
  ReconciledDay day;
  day.fund = which.fund().empty() ? std::string(asking.id.view()) : which.fund();
  day.date = which.date();
  day.of_all = fund && !which.has_participant();
  day.participant = which.has_participant() ? which.participant() : named(asking);
  day.counted = which.has_own();
  day.page = whole_day(session.terminal, which, kReconcile);
  if (!day.page.known()) {
    exit_with(Exit::kFailed, kReconcile,
              {core::Errc::kNotFound, "fund " + day.fund + " had no business day " + day.date});
  }
  std::cout << reconciled(day, session.format());
  if (!in_balance(day)) leave(Exit::kDiffers);
}

}  // namespace

void add_reconcile_command(Command parent) {
  const auto session = std::make_shared<ListingSession>();
  const auto given = std::make_shared<Arguments>();
  Command command = parent.command("reconcile",
                                   "What a fund's business day moved, and whether it "
                                   "adds up");
  command.examples(
      "Examples:\n"
      "  wasl reconcile --date 2026-03-10 --config fund.toml\n"
      "  wasl reconcile --date 2026-03-10 --config fund.toml --participant provider:16-004512\n"
      "  wasl reconcile --date 2026-03-10 --config pharmacy.toml --fund CNAS \\\n"
      "    --own-authorised 12:960000 --own-reversed 1:8000 --own-presented 11:952000\n"
      "Exit code: 0 in balance, and as it was counted; 6 not; 1 there was no such day\n"
      "fund.toml has the keys of terminal.toml: wasl terminal --help");
  session->terminal.options = command;
  add_terminal_options(command, session->terminal.config);
  command.flag("--csv", session->csv, "CSV with a header line on stdout, amounts in centimes");
  command.option("--date", given->date, "The business day, YYYY-MM-DD").required();
  command.option("--fund", given->fund, "The fund; a fund has its own");
  command.option("--participant", given->participant,
                 "As in its certificate, provider:16-004512; a pharmacy or centre: its own");
  command.option("--own-authorised", given->authorised,
                 "What I counted of claims approved that day: number:centimes");
  command.option("--own-reversed", given->reversed, "The same of those taken back");
  command.option("--own-presented", given->presented, "The same of those presented");
  command.runs([session, given] { reconcile(*session, *given); });
}

}  // namespace wasl::cli
