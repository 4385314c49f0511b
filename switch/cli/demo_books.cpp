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
    const bool balanced = in_balance(*page);
    console.say(fmt::format("   the books of {:<8} debits {:>20}, {}", person.me.id.view(),
                            debits(*page), balanced ? "credits the same" : "CREDITS NOT THE SAME"));
    all = all && balanced;
  }
  return all;
}

}  // namespace wasl::cli
