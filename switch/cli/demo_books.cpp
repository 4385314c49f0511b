#include "cli/demo_books.hpp"

#include <fmt/format.h>

#include "cli/ledger_view.hpp"

namespace wasl::cli {
namespace {

std::string debits(const v1::BalancesPage& page) {
  std::uint64_t cents = 0;
  for (const v1::Balance& balance : page.balances()) cents += balance.debit_cents();
  return dinars(static_cast<std::int64_t>(cents));
}

// What the fund owes by its accounts: all but its expense and its money at the bank.
std::int64_t owed_by(const v1::BalancesPage& page) {
  std::int64_t cents = 0;
  for (const v1::Balance& balance : page.balances()) {
    if (balance.account() == v1::BENEFITS_EXPENSE || balance.account() == v1::BANK) continue;
    cents += static_cast<std::int64_t>(balance.credit_cents() - balance.debit_cents());
  }
  return cents;
}

struct ToldDay {
  bool known = false;
  bool in_balance = true;
  std::uint64_t participants = 0;
  std::int64_t closing = 0;
};

// A business day of the fund, page by page.
core::Result<ToldDay> day_of(DemoPeer& fund, core::Day date) {
  ToldDay day;
  v1::Reconcile asked;
  asked.set_date(core::to_text(date));
  while (true) {
    v1::Envelope request;
    *request.mutable_reconcile() = asked;
    const core::Result<Told> told = fund.ask(std::move(request));
    if (!told) return std::unexpected(told.error());
    const v1::ReconciliationPage& page = told->answer.reconciliation_page();
    day.known = page.known();
    for (const v1::DayAccount& account : page.accounts()) {
      ++day.participants;
      day.in_balance = day.in_balance && account.in_balance();
      day.closing += account.closing_cents();
    }
    if (!page.has_next_after()) return day;
    *asked.mutable_after() = page.next_after();
  }
}

// The day that it is now: behind its cut-over the next one has begun.
core::Result<ToldDay> this_day_of(DemoPeer& fund, core::Day today) {
  core::Result<ToldDay> next = day_of(fund, today + std::chrono::days{1});
  return next && !next->known ? day_of(fund, today) : next;
}

}  // namespace

core::Result<v1::BalancesPage> trial_balance_of(DemoPeer& fund) {
  v1::Envelope request;
  request.mutable_list_balances();
  core::Result<Told> told = fund.ask(std::move(request));
  if (!told) return std::unexpected(told.error());
  return std::move(*told->answer.mutable_balances_page());
}

core::Result<bool> tell_books(const DemoStage& stage, const DemoPeople& people, std::uint16_t port,
                              DemoConsole& console) {
  bool all = true;
  for (const DemoPerson& person : people.funds) {
    core::Result<DemoPeer> fund = DemoPeer::connect(stage, port, person);
    if (!fund) return std::unexpected(fund.error());
    const core::Result<v1::BalancesPage> page = trial_balance_of(*fund);
    if (!page) return std::unexpected(page.error());
    const core::Result<ToldDay> day = this_day_of(*fund, stage.today);
    if (!day) return std::unexpected(day.error());
    const bool balanced = in_balance(*page);
    console.say(fmt::format("   the books of {:<8} debits {:>20}, {}", person.me.id.view(),
                            debits(*page), balanced ? "credits the same" : "CREDITS NOT THE SAME"));
    const bool agrees = day->in_balance && day->closing == owed_by(*page);
    console.say(fmt::format("   its day, of {:>9} participants {:>12} owed, {}",
                            grouped(day->participants), dinars(day->closing),
                            agrees ? "in balance with the ledger" : "NOT IN BALANCE"));
    all = all && balanced && agrees;
  }
  return all;
}

}  // namespace wasl::cli
