#include "cli/reconcile_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <charconv>
#include <optional>

#include "core/ids.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;
using Account = v1::DayAccount;

// In the order in which they are printed. `sign`: what it does to what the fund owes; ' ': nothing.
struct Total {
  char sign;
  std::string_view name;
  const v1::Tally& (Account::*of)() const;
  v1::Tally* (Account::*in)();
};
constexpr Total kTotals[] = {
    {'+', "authorised", &Account::authorised, &Account::mutable_authorised},
    {'-', "reversed", &Account::reversed, &Account::mutable_reversed},
    {' ', "presented", &Account::presented, &Account::mutable_presented},
    {' ', "accepted", &Account::accepted, &Account::mutable_accepted},
    {'-', "rejected", &Account::rejected, &Account::mutable_rejected},
    {'-', "reduced", &Account::reduced, &Account::mutable_reduced},
    {' ', "exported", &Account::exported, &Account::mutable_exported},
    {'-', "paid", &Account::paid, &Account::mutable_paid},
    {' ', "returned", &Account::returned, &Account::mutable_returned},
    {'+', "returned_paid", &Account::returned_paid, &Account::mutable_returned_paid},
};

std::string name_of(const v1::ParticipantName& participant) {
  return fmt::format("{}:{}", core::name(static_cast<core::Role>(participant.role())),
                     participant.id());
}

void add(const Account& each, Account& sum) {
  for (const Total& total : kTotals) {
    v1::Tally& tally = *(sum.*total.in)();
    tally.set_count(tally.count() + (each.*total.of)().count());
    tally.set_amount_cents(tally.amount_cents() + (each.*total.of)().amount_cents());
  }
  sum.set_opening_cents(sum.opening_cents() + each.opening_cents());
  sum.set_closing_cents(sum.closing_cents() + each.closing_cents());
  sum.set_in_balance(sum.in_balance() && each.in_balance());
}

Account sum_of(const v1::ReconciliationPage& page) {
  Account sum;
  sum.set_in_balance(true);
  for (const Account& each : page.accounts()) add(each, sum);
  return sum;
}

// Of whom nothing was ever posted there is no account: all of it is 0.
Account account_of_one(const ReconciledDay& day) {
  if (!day.page.accounts().empty()) return day.page.accounts(0);
  Account account;
  *account.mutable_participant() = day.participant;
  account.set_in_balance(true);
  return account;
}

// "business day 2026-03-10 of fund CNAS: records 13 to 340"
std::string head_line(const ReconciledDay& day) {
  const v1::ReconciliationPage& page = day.page;
  const std::string records =
      page.until() == 0 ? fmt::format("from record {} on, the day has not ended", page.since() + 1)
                        : fmt::format("records {} to {}", page.since() + 1, page.until());
  return fmt::format("business day {} of fund {}: {}\n", day.date, day.fund, records);
}

std::string account_text(std::string_view title, const Account& account) {
  constexpr std::string_view kLine = "{:<2}{:<24}{:>9}{:>20}\n";
  std::string out = fmt::format("{:<26}{:>9}{:>20}\n", title, "count", "amount");
  out += fmt::format(kLine, "", "opening", "", amount_for_people(account.opening_cents()));
  for (const Total& total : kTotals) {
    const v1::Tally& tally = (account.*total.of)();
    out += fmt::format(kLine, total.sign, total.name, tally.count(),
                       amount_for_people(tally.amount_cents()));
  }
  return out + fmt::format(kLine, "=", "closing", "", amount_for_people(account.closing_cents()));
}

std::string table_text(const v1::ReconciliationPage& page) {
  constexpr std::string_view kName = "{:<26}";
  constexpr std::string_view kAmount = "{:>17}";
  std::string out = fmt::format(kName, "participant") + fmt::format(kAmount, "opening");
  for (const Total& total : kTotals) {
    if (total.sign != ' ')
      out += fmt::format(kAmount, fmt::format("{} {}", total.sign, total.name));
  }
  out += fmt::format(kAmount, "= closing") + "\n";
  for (const Account& account : page.accounts()) {
    out += fmt::format(kName, name_of(account.participant())) +
           fmt::format(kAmount, amount_for_people(account.opening_cents()));
    for (const Total& total : kTotals) {
      if (total.sign == ' ') continue;
      out += fmt::format(kAmount, amount_for_people((account.*total.of)().amount_cents()));
    }
    out += fmt::format(kAmount, amount_for_people(account.closing_cents())) + "\n";
  }
  return out + "\n";
}

std::string which_name(v1::TotalDiffers::Which which) {
  std::string name = v1::TotalDiffers::Which_Name(which);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

std::string verdict_text(const ReconciledDay& day) {
  std::string out;
  for (const Account& account : day.page.accounts()) {
    if (account.in_balance()) continue;
    out += fmt::format("NOT IN BALANCE: {}; tell the operators\n", name_of(account.participant()));
  }
  const bool agrees = day.counted && day.page.differences().empty();
  if (out.empty()) out = agrees ? "in balance with what you counted\n" : "in balance\n";
  for (const v1::TotalDiffers& each : day.page.differences()) {
    out += fmt::format("DIFFERS: {}: you counted {}, {}; the switch has {}, {}\n",
                       which_name(each.which()), each.own().count(),
                       amount_for_people(each.own().amount_cents()), each.held().count(),
                       amount_for_people(each.held().amount_cents()));
  }
  return out;
}

std::string text_of(const ReconciledDay& day) {
  const v1::ReconciliationPage& page = day.page;
  const std::string head = head_line(day);
  if (day.of_all) {
    const std::string title = fmt::format("all {} participant{}", page.accounts_size(),
                                          page.accounts_size() == 1 ? "" : "s");
    return head + table_text(page) + account_text(title, sum_of(page)) + verdict_text(day);
  }
  const Account account = account_of_one(day);
  const std::string title =
      page.accounts().empty() ? "nothing posted yet" : name_of(account.participant());
  return head + account_text(title, account) + verdict_text(day);
}

// "authorised presented"; empty where nothing was counted.
std::string differing(const v1::ReconciliationPage& page) {
  std::string names;
  for (const v1::TotalDiffers& each : page.differences()) {
    names.append(names.empty() ? "" : " ").append(which_name(each.which()));
  }
  return names;
}

std::string csv_row(const Account& account, const v1::ReconciliationPage& page) {
  std::string out = fmt::format("{},{}", name_of(account.participant()), account.opening_cents());
  for (const Total& total : kTotals) {
    const v1::Tally& tally = (account.*total.of)();
    out += fmt::format(",{},{}", tally.count(), tally.amount_cents());
  }
  return out +
         fmt::format(",{},{},{}\n", account.closing_cents(), account.in_balance(), differing(page));
}

std::string csv_of(const ReconciledDay& day) {
  std::string out = "participant,opening_cents";
  for (const Total& total : kTotals) out += fmt::format(",{0}_count,{0}_cents", total.name);
  out += ",closing_cents,in_balance,differs\n";
  if (!day.of_all) return out + csv_row(account_of_one(day), day.page);
  for (const Account& account : day.page.accounts()) out += csv_row(account, day.page);
  return out;
}

json::object tally_json(const v1::Tally& tally) {
  return {{"count", tally.count()}, {"amount_cents", tally.amount_cents()}};
}

json::object account_json(const Account& account) {
  json::object out{{"opening_cents", account.opening_cents()}};
  for (const Total& total : kTotals) out[total.name] = tally_json((account.*total.of)());
  out["closing_cents"] = account.closing_cents();
  out["in_balance"] = account.in_balance();
  return out;
}

std::string json_of(const ReconciledDay& day) {
  json::array accounts;
  for (const Account& account : day.page.accounts()) {
    json::object one{{"participant", name_of(account.participant())}};
    for (auto& [name, value] : account_json(account)) one[name] = value;
    accounts.push_back(std::move(one));
  }
  json::array differences;
  for (const v1::TotalDiffers& each : day.page.differences()) {
    differences.push_back({{"which", which_name(each.which())},
                           {"own", tally_json(each.own())},
                           {"held", tally_json(each.held())}});
  }
  return json::serialize(json::object{{"fund", day.fund},
                                      {"date", day.date},
                                      {"since", day.page.since()},
                                      {"until", day.page.until()},
                                      {"accounts", std::move(accounts)},
                                      {"total", account_json(sum_of(day.page))},
                                      {"differences", std::move(differences)},
                                      {"in_balance", in_balance(day)}}) +
         "\n";
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

core::Result<v1::Tally> parse_tally(std::string_view typed) {
  const std::size_t colon = std::min(typed.find(':'), typed.size());
  const auto count = number_in<std::uint64_t>(typed.substr(0, colon));
  const auto cents = number_in<std::int64_t>(typed.substr(std::min(colon + 1, typed.size())));
  if (!count || !cents || *cents < 0) {
    return core::fail(core::Errc::kMalformed,
                      "what was counted is written as number and centimes, 12:960000");
  }
  v1::Tally tally;
  tally.set_count(*count);
  tally.set_amount_cents(*cents);
  return tally;
}

bool in_balance(const ReconciledDay& day) {
  return day.page.differences().empty() &&
         std::ranges::all_of(day.page.accounts(), &Account::in_balance);
}

std::string reconciled(const ReconciledDay& day, Format format) {
  if (format == Format::kJson) return json_of(day);
  return format == Format::kCsv ? csv_of(day) : text_of(day);
}

}  // namespace wasl::cli
