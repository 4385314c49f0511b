#include "cli/ledger_view.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <vector>

#include "core/ledger.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;

std::string account_name(v1::LedgerAccount account) {
  return std::string(core::name(static_cast<core::LedgerAccount>(account)));
}
std::string cause_name(v1::PostingCause cause) {
  return std::string(core::name(static_cast<core::PostingCause>(cause)));
}
std::string participant_name(const v1::ParticipantName& participant) {
  return fmt::format("{}:{}", core::name(static_cast<core::Role>(participant.role())),
                     participant.id());
}

core::Instant posted_at(const v1::PostingSet& set) {
  return core::Instant{std::chrono::milliseconds{set.posted_at_ms()}};
}

// Empty for nothing.
std::string amount(std::int64_t cents) { return cents == 0 ? "" : amount_for_people(cents); }

// Above zero: it is owed by the fund, or is what it spent; modulo 2^64, as the balances are.
std::int64_t net_debit(const v1::Balance& balance) {
  return static_cast<std::int64_t>(balance.debit_cents() - balance.credit_cents());
}

struct Sums {
  std::uint64_t debit = 0;
  std::uint64_t credit = 0;
};
Sums sums_of(const v1::BalancesPage& page) {
  Sums sums;
  for (const v1::Balance& balance : page.balances()) {
    sums.debit += balance.debit_cents();
    sums.credit += balance.credit_cents();
  }
  return sums;
}

constexpr std::string_view kTrialLine = "{:<24}{:>20}{:>20}{:>20}{:>20}\n";

std::string trial_line(const std::string& name, const Sums& sums, std::int64_t net) {
  return fmt::format(kTrialLine, name, amount(static_cast<std::int64_t>(sums.debit)),
                     amount(static_cast<std::int64_t>(sums.credit)), net > 0 ? amount(net) : "",
                     net < 0 ? amount(-net) : "");
}

std::string trial_text(const v1::BalancesPage& page) {
  std::string out =
      fmt::format(kTrialLine, "account", "debits", "credits", "debit balance", "credit balance");
  std::int64_t debit_balances = 0;
  for (const v1::Balance& balance : page.balances()) {
    const std::int64_t net = net_debit(balance);
    if (net > 0) debit_balances += net;
    out += trial_line(account_name(balance.account()),
                      {balance.debit_cents(), balance.credit_cents()}, net);
  }
  const Sums sums = sums_of(page);
  out += fmt::format(kTrialLine, "total", amount(static_cast<std::int64_t>(sums.debit)),
                     amount(static_cast<std::int64_t>(sums.credit)), amount(debit_balances),
                     amount(in_balance(page) ? debit_balances : 0));
  return out + (in_balance(page) ? "in balance\n" : "NOT IN BALANCE: tell the operators\n");
}

std::string trial_csv(const v1::BalancesPage& page) {
  std::string out = "account,debit_cents,credit_cents\n";
  for (const v1::Balance& balance : page.balances()) {
    out += fmt::format("{},{},{}\n", account_name(balance.account()), balance.debit_cents(),
                       balance.credit_cents());
  }
  return out;
}

std::string trial_json(const v1::BalancesPage& page) {
  json::array accounts;
  for (const v1::Balance& balance : page.balances()) {
    accounts.push_back({{"account", account_name(balance.account())},
                        {"debit_cents", balance.debit_cents()},
                        {"credit_cents", balance.credit_cents()}});
  }
  const Sums sums = sums_of(page);
  return json::serialize(json::object{{"accounts", std::move(accounts)},
                                      {"debit_cents", sums.debit},
                                      {"credit_cents", sums.credit},
                                      {"in_balance", in_balance(page)}}) +
         "\n";
}

json::value set_json(const v1::PostingSet& set) {
  json::array lines;
  for (const v1::Posting& posting : set.postings()) {
    lines.push_back({{"account", account_name(posting.account())},
                     {"debit_cents", posting.debit_cents()},
                     {"credit_cents", posting.credit_cents()}});
  }
  return json::object{{"sequence", set.sequence()},
                      {"item", set.item()},
                      {"posted_at", core::to_text(posted_at(set))},
                      {"participant", participant_name(set.participant())},
                      {"cause", cause_name(set.cause())},
                      {"claim_id", set.claim_id()},
                      {"bordereau", set.bordereau()},
                      {"payout_run", set.payout_run()},
                      {"payout_number", set.payout_number()},
                      {"postings", std::move(lines)}};
}

std::string postings_csv(std::span<const v1::PostingSet> sets) {
  std::string out =
      "sequence,item,posted_at,participant,cause,claim_id,bordereau,payout_run,payout_number,"
      "account,debit_cents,credit_cents\n";
  for (const v1::PostingSet& set : sets) {
    for (const v1::Posting& posting : set.postings()) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", set.sequence(), set.item(),
                         core::to_text(posted_at(set)), participant_name(set.participant()),
                         cause_name(set.cause()), set.claim_id(), set.bordereau(), set.payout_run(),
                         set.payout_number(), account_name(posting.account()),
                         posting.debit_cents(), posting.credit_cents());
    }
  }
  return out;
}

// "48213-12": run and number; empty of what no payout moved.
std::string payout_text(const v1::PostingSet& set) {
  if (set.payout_run() == 0) return {};
  return fmt::format("{}-{}", set.payout_run(), set.payout_number());
}

// "claim 70 of bordereau 3"; an acceptance is of the bordereau alone, an export of "payout
// 48213-12".
std::string subject_of(const v1::PostingSet& set) {
  if (set.payout_run() != 0) return "payout " + payout_text(set);
  std::string subject;
  if (set.claim_id() != 0) subject = fmt::format("claim {}", set.claim_id());
  if (set.bordereau() == 0) return subject;
  return fmt::format("{}{}bordereau {}", subject, subject.empty() ? "" : " of ", set.bordereau());
}

std::string postings_text(std::span<const v1::PostingSet> sets) {
  if (sets.empty()) return "no postings\n";
  std::string out;
  for (const v1::PostingSet& set : sets) {
    out +=
        fmt::format("{}  record {}  {}  {} of {}\n", core::to_text(posted_at(set)), set.sequence(),
                    participant_name(set.participant()), cause_name(set.cause()), subject_of(set));
    for (const v1::Posting& posting : set.postings()) {
      out += fmt::format("  {:<24}{:>20}{:>20}\n", account_name(posting.account()),
                         amount(posting.debit_cents()), amount(posting.credit_cents()));
    }
  }
  return out;
}

// What one posting changed of what is owed.
struct Movement {
  const v1::PostingSet* set = nullptr;
  std::int64_t change = 0;  // Centimes; above zero: more is owed.
  std::int64_t owed = 0;    // Behind it.
};

struct AccountStatement {
  std::int64_t opening = 0;
  std::int64_t closing = 0;
  std::vector<Movement> movements;
};

using Statement = std::map<v1::LedgerAccount, AccountStatement>;

void add_movement(const v1::PostingSet& set, const v1::Posting& posting, bool before_the_period,
                  AccountStatement& account) {
  const std::int64_t change = posting.credit_cents() - posting.debit_cents();
  account.closing += change;
  if (before_the_period) {
    account.opening += change;
  } else {
    account.movements.push_back({.set = &set, .change = change, .owed = account.closing});
  }
}

// What is posted there is not owed to the participant, or no longer.
bool is_funds_own(v1::LedgerAccount account) {
  return account == v1::BENEFITS_EXPENSE || account == v1::BANK;
}

Statement statement_of(std::span<const v1::PostingSet> sets, const core::Interval& days) {
  Statement accounts;
  for (const v1::PostingSet& set : sets) {
    const core::Day day = core::day_of(posted_at(set), std::chrono::minutes{0});
    if (day > days.until) continue;
    for (const v1::Posting& posting : set.postings()) {
      if (is_funds_own(posting.account())) continue;
      add_movement(set, posting, day < days.from, accounts[posting.account()]);
    }
  }
  return accounts;
}

// What the account's balance means to whom it is owed.
std::string_view meaning_of(v1::LedgerAccount account) {
  if (account == v1::APPROVED_NOT_ACCEPTED) return "approved; the centre has not accepted it yet";
  if (account == v1::PAYABLE_TO_PROVIDER) return "accepted by the centre; the fund owes it";
  if (account == v1::BANK_CLEARING) return "at the bank, not booked yet";
  if (account == v1::RECEIVABLE) return "reduced after it was paid; below zero: owed to the fund";
  if (account == v1::PAYABLE_TO_INSURED) return "approved refunds that are not paid yet";
  return account == v1::RETURNED_BY_BANK ? "came back from the bank; the fund owes it again" : "";
}

constexpr std::string_view kStatementLine = "{:<26}{:<15}{:>14}{:>11}{:>16}{:>20}{:>20}\n";

// Empty for 0: an acceptance names no claim, an approval no bordereau.
std::string number_text(std::uint64_t number) {
  return number == 0 ? std::string() : std::to_string(number);
}

std::string owed_line(const char* what, std::int64_t owed) {
  return fmt::format(kStatementLine, what, "", "", "", "", "", amount_for_people(owed));
}

// "statement of provider:16-004512 with fund CNAS, 2026-03-01 to 2026-03-31 (UTC)"
std::string statement_head(const StatementOf& of) {
  const std::string from =
      of.days.from == core::kDayMin ? "the first posting" : core::to_text(of.days.from);
  const std::string until = of.days.until == core::kDayMax ? "now" : core::to_text(of.days.until);
  return fmt::format("statement of {} with fund {}, {} to {} (UTC)\n", of.participant, of.fund,
                     from, until);
}

std::string statement_text(const Statement& accounts, const StatementOf& of) {
  std::string out = statement_head(of);
  if (accounts.empty()) return out + "no postings\n";
  std::int64_t owed = 0;
  for (const auto& [number, account] : accounts) {
    out += fmt::format("{}: {}\n", account_name(number), meaning_of(number));
    out += fmt::format(kStatementLine, "when", "cause", "claim", "bordereau", "payout", "amount",
                       "owed");
    out += owed_line("opening", account.opening);
    for (const Movement& each : account.movements) {
      out += fmt::format(kStatementLine, core::to_text(posted_at(*each.set)),
                         cause_name(each.set->cause()), number_text(each.set->claim_id()),
                         number_text(each.set->bordereau()), payout_text(*each.set),
                         amount(each.change), amount_for_people(each.owed));
    }
    out += owed_line("closing", account.closing);
    owed += account.closing;
  }
  return out + owed_line("owed in all", owed);
}

std::string statement_csv(const Statement& accounts) {
  std::string out =
      "account,posted_at,sequence,cause,claim_id,bordereau,payout_run,payout_number,change_cents,"
      "owed_cents\n";
  for (const auto& [number, account] : accounts) {
    const std::string name = account_name(number);
    out += fmt::format("{},,,opening,,,,,,{}\n", name, account.opening);
    for (const Movement& each : account.movements) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", name,
                         core::to_text(posted_at(*each.set)), each.set->sequence(),
                         cause_name(each.set->cause()), each.set->claim_id(), each.set->bordereau(),
                         each.set->payout_run(), each.set->payout_number(), each.change, each.owed);
    }
    out += fmt::format("{},,,closing,,,,,,{}\n", name, account.closing);
  }
  return out;
}

std::string statement_json(const Statement& accounts) {
  json::array out;
  for (const auto& [number, account] : accounts) {
    json::array movements;
    for (const Movement& each : account.movements) {
      movements.push_back({{"posted_at", core::to_text(posted_at(*each.set))},
                           {"sequence", each.set->sequence()},
                           {"cause", cause_name(each.set->cause())},
                           {"claim_id", each.set->claim_id()},
                           {"bordereau", each.set->bordereau()},
                           {"payout_run", each.set->payout_run()},
                           {"payout_number", each.set->payout_number()},
                           {"change_cents", each.change},
                           {"owed_cents", each.owed}});
    }
    out.push_back({{"account", account_name(number)},
                   {"opening_cents", account.opening},
                   {"movements", std::move(movements)},
                   {"closing_cents", account.closing}});
  }
  return json::serialize(json::object{{"accounts", std::move(out)}}) + "\n";
}

}  // namespace

bool in_balance(const v1::BalancesPage& page) {
  const Sums sums = sums_of(page);
  return sums.debit == sums.credit;
}

std::string trial_balance(const v1::BalancesPage& page, Format format) {
  if (format == Format::kJson) return trial_json(page);
  return format == Format::kCsv ? trial_csv(page) : trial_text(page);
}

std::string postings(std::span<const v1::PostingSet> sets, Format format) {
  if (format == Format::kCsv) return postings_csv(sets);
  if (format == Format::kText) return postings_text(sets);
  json::array all;
  for (const v1::PostingSet& set : sets) all.push_back(set_json(set));
  return json::serialize(json::object{{"sets", std::move(all)}}) + "\n";
}

std::string statement(std::span<const v1::PostingSet> sets, const StatementOf& of, Format format) {
  const Statement accounts = statement_of(sets, of.days);
  if (format == Format::kJson) return statement_json(accounts);
  return format == Format::kCsv ? statement_csv(accounts) : statement_text(accounts, of);
}

core::Result<core::Participant> parse_participant(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto role = core::role_named(text.substr(0, colon));
  const auto id = colon == std::string_view::npos
                      ? std::nullopt
                      : core::ParticipantId::make(text.substr(colon + 1));
  if (role && id) return core::Participant{.role = *role, .id = *id};
  return core::fail(core::Errc::kMalformed,
                    "a participant is written as in its certificate, provider:16-004512");
}

}  // namespace wasl::cli
