#include "cli/owed_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <span>

#include "cli/lateness.hpp"
#include "cli/payee_sums.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;

// A payee's rows.
struct Debt {
  PayeeSum sum;
  std::string due{};  // The earliest; empty: of none it is known.
  std::int64_t came_back_cents = 0;
  std::vector<std::string> payouts{};  // That came back: end-to-end ids, each once.
  bool account_must_change = false;
  std::int64_t owes_back_cents = 0;
};

void add_return(const v1::Owed& row, Debt& debt) {
  if (row.came_back().empty()) return;
  debt.came_back_cents += row.amount_cents();
  debt.account_must_change |= row.account_must_change();
  const bool known = std::ranges::find(debt.payouts, row.came_back()) != debt.payouts.end();
  if (!known) debt.payouts.push_back(row.came_back());
}

Debt debt_of(const PayeeSum& sum, std::span<const v1::Owed> rows) {
  Debt debt{.sum = sum};
  for (const v1::Owed& row : rows) {
    // Days in this form sort as they follow.
    const bool earlier = debt.due.empty() || row.due() < debt.due;
    if (!row.due().empty() && earlier) debt.due = row.due();
    add_return(row, debt);
  }
  return debt;
}

// What is due by no known day comes last.
bool is_sooner(const Debt& a, const Debt& b) {
  if (a.due.empty() != b.due.empty()) return b.due.empty();
  return a.due < b.due;
}

std::vector<Debt> debts_of(std::span<const v1::Owed> rows) {
  std::vector<Debt> debts;
  std::size_t first = 0;
  for (const PayeeSum& sum : by_payee(rows)) {
    debts.push_back(debt_of(sum, rows.subspan(first, sum.items)));
    first += sum.items;
  }
  std::ranges::stable_sort(debts, is_sooner);
  return debts;
}

void add_receivables(std::span<const v1::Receivable> receivables, std::vector<Debt>& debts) {
  for (const v1::Receivable& each : receivables) {
    v1::Payee payee;
    *payee.mutable_provider() = each.provider();
    const auto same = std::ranges::find_if(
        debts, [&](const Debt& debt) { return same_payee(debt.sum.payee, payee); });
    Debt& debt = same == debts.end()
                     ? debts.emplace_back(Debt{.sum = {.payee = payee, .items = 0, .cents = 0}})
                     : *same;
    debt.owes_back_cents += each.amount_cents();
  }
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : between).append(word);
  return out;
}

std::string came_back_text(const Debt& debt) {
  if (debt.payouts.empty()) return {};
  return fmt::format("{} came back: {}{}", amount_for_people(debt.came_back_cents),
                     joined(debt.payouts, ", "),
                     debt.account_must_change ? "; needs another account" : "");
}

// Without the spaces that fill a last column that is empty.
std::string trimmed_line(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string owed_text(const OwedBothWays& what, core::Day today) {
  const std::vector<Debt> debts = debts_of(what.owed);
  if (debts.empty()) return "nothing is owed that no run has taken\n";
  constexpr std::string_view kLine = "{:<34}  {:>6}  {:>16}  {:<10}  {:<13}  {}";
  std::string out = trimmed_line(fmt::format(kLine, "payee", "items", "owed", "due", "", ""));
  std::int64_t total = 0;
  std::size_t late = 0;
  for (const Debt& debt : debts) {
    out += trimmed_line(fmt::format(kLine, payee_for_people(debt.sum.payee), debt.sum.items,
                                    amount_for_people(debt.sum.cents), debt.due,
                                    urgency(debt.due, today), came_back_text(debt)));
    total += debt.sum.cents;
    if (days_late(debt.due, today) > 0) ++late;
  }
  return out + fmt::format("owed to {} payees: {}; late: {}\n", debts.size(),
                           amount_for_people(total), late);
}

std::string receivables_text(std::span<const v1::Receivable> receivables) {
  if (receivables.empty()) return {};
  std::string out = fmt::format("\n{:<34}  {:>24}\n", "payee", "owes the fund back");
  std::int64_t total = 0;
  for (const v1::Receivable& each : receivables) {
    v1::Payee payee;
    *payee.mutable_provider() = each.provider();
    out += fmt::format("{:<34}  {:>24}\n", payee_for_people(payee),
                       amount_for_people(each.amount_cents()));
    total += each.amount_cents();
  }
  return out + fmt::format(
                   "owed back by {}: {}, withheld from the next payout of each that is "
                   "worth more\n",
                   receivables.size(), amount_for_people(total));
}

std::string owed_csv(const OwedBothWays& what, core::Day today) {
  std::vector<Debt> debts = debts_of(what.owed);
  add_receivables(what.receivables, debts);
  std::string out =
      "payee,id,items,amount_cents,came_back_cents,came_back,account_must_change,due,days_late,"
      "owes_back_cents\n";
  for (const Debt& debt : debts) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", kind_of(debt.sum.payee),
                       id_of(debt.sum.payee), debt.sum.items, debt.sum.cents, debt.came_back_cents,
                       joined(debt.payouts, " "), debt.account_must_change, debt.due,
                       days_late(debt.due, today), debt.owes_back_cents);
  }
  return out;
}

std::string owed_json(const OwedBothWays& what, core::Day today) {
  json::array owed;
  for (const Debt& debt : debts_of(what.owed)) {
    owed.push_back({{"payee", kind_of(debt.sum.payee)},
                    {"id", id_of(debt.sum.payee)},
                    {"items", debt.sum.items},
                    {"amount_cents", debt.sum.cents},
                    {"came_back_cents", debt.came_back_cents},
                    {"came_back", json::array(debt.payouts.begin(), debt.payouts.end())},
                    {"account_must_change", debt.account_must_change},
                    {"due", debt.due},
                    {"days_late", days_late(debt.due, today)}});
  }
  json::array receivables;
  for (const v1::Receivable& each : what.receivables) {
    receivables.push_back(
        {{"provider", each.provider().id()}, {"amount_cents", each.amount_cents()}});
  }
  return json::serialize(
             json::object{{"owed", std::move(owed)}, {"receivables", std::move(receivables)}}) +
         "\n";
}

}  // namespace

std::string owed(const OwedBothWays& what, core::Day today, Format format) {
  if (format == Format::kJson) return owed_json(what, today);
  if (format == Format::kCsv) return owed_csv(what, today);
  return owed_text(what, today) + receivables_text(what.receivables);
}

}  // namespace wasl::cli
