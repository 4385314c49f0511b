#include "cli/payout_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "core/calendar.hpp"
#include "core/rib.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;
using core::Errc;

// The others are hidden.
constexpr std::size_t kShownDigits = 4;

core::Instant entered_at(const v1::PayoutChange& change) {
  return core::Instant{std::chrono::milliseconds{change.entered_at_ms()}};
}

bool is_person(const v1::Payee& payee) { return !payee.has_provider(); }
bool is_fund(const v1::Payee& payee) { return payee.provider().role() == v1::FUND; }

std::string text_of(std::span<const v1::PayoutChange> changes) {
  if (changes.empty()) return "no account waits for a second person\n";
  constexpr std::string_view kLine = "{:<34}  {:>7}  {:<10}  {}\n";
  std::string out = fmt::format(kLine, "payee", "account", "entered by", "since");
  for (const v1::PayoutChange& change : changes) {
    out +=
        fmt::format(kLine, payee_for_people(change.payee()), last_digits(change.payout_account()),
                    change.operator_id(), core::to_text(entered_at(change)));
  }
  return out + fmt::format("waiting for a second person: {}\n", changes.size());
}

std::string csv_of(std::span<const v1::PayoutChange> changes) {
  std::string out = "payee,id,last_digits,operator,entered_at\n";
  for (const v1::PayoutChange& change : changes) {
    out += fmt::format("{},{},{},{},{}\n", kind_of(change.payee()), id_of(change.payee()),
                       last_digits(change.payout_account()), change.operator_id(),
                       core::to_text(entered_at(change)));
  }
  return out;
}

std::string json_of(std::span<const v1::PayoutChange> changes) {
  json::array list;
  for (const v1::PayoutChange& change : changes) {
    list.push_back({{"payee", kind_of(change.payee())},
                    {"id", id_of(change.payee())},
                    {"last_digits", last_digits(change.payout_account())},
                    {"operator", change.operator_id()},
                    {"entered_at", core::to_text(entered_at(change))}});
  }
  return json::serialize(json::object{{"changes", std::move(list)}}) + "\n";
}

}  // namespace

std::string_view kind_of(const v1::Payee& payee) {
  if (is_person(payee)) return "insured";
  return is_fund(payee) ? "fund" : "provider";
}

const std::string& id_of(const v1::Payee& payee) {
  return is_person(payee) ? payee.insured_number() : payee.provider().id();
}

bool same_payee(const v1::Payee& a, const v1::Payee& b) {
  return kind_of(a) == kind_of(b) && id_of(a) == id_of(b);
}

std::string payee_for_people(const v1::Payee& payee) {
  const std::string_view kind = kind_of(payee) == "provider" ? "pharmacy" : kind_of(payee);
  return fmt::format("{} {}", kind, id_of(payee));
}

std::string_view last_digits(std::string_view account) {
  return account.substr(account.size() - std::min(account.size(), kShownDigits));
}

core::Result<std::string> parse_payout_account(std::string_view typed) {
  std::string digits(typed);
  std::erase(digits, ' ');
  if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return core::fail(Errc::kMalformed, "an account number is made of digits and spaces alone");
  }
  if (digits.size() != core::kRibDigits) {
    return core::fail(Errc::kMalformed, fmt::format("an account number has {} digits, this one {}",
                                                    core::kRibDigits, digits.size()));
  }
  if (!core::is_rib(digits)) {
    return core::fail(Errc::kMalformed,
                      "the key, the last two digits, does not fit the others: one is mistyped");
  }
  return digits;
}

std::string payout_changes(std::span<const v1::PayoutChange> changes, Format format) {
  if (format == Format::kJson) return json_of(changes);
  return format == Format::kCsv ? csv_of(changes) : text_of(changes);
}

}  // namespace wasl::cli
