#include <algorithm>

#include "core/rib.hpp"
#include "wire/convert.hpp"

namespace wasl::wire {
namespace {

bool is_twenty_digits(const std::string& text) {
  return text.size() == core::kRibDigits &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

core::Payee payee(const v1::Payee& given, const Fields& at) {
  if (given.has_provider()) return convert(given.provider(), at.in("provider"));
  return at.code<core::InsuredNumber>("insured_number", given.insured_number());
}

void convert(const v1::SetPayoutAccount& given, const Fields& at, core::Command& out) {
  core::SetPayoutAccount set;
  out.request_id = at.request_id("request_id", given.request_id());
  set.payee = payee(given.payee(), at.in("payee"));
  set.withdraw = given.withdraw();
  const std::string& account = given.payout_account();
  at.require(set.withdraw || is_twenty_digits(account), "payout_account", "not 20 digits");
  at.require(!set.withdraw || account.empty(), "payout_account", "not with `withdraw`");
  set.account = account;
  out.request = std::move(set);
}

void convert(const v1::ListPayoutChanges& given, const Fields& at, core::Command& out) {
  core::ListPayoutChanges list;
  if (given.has_after()) list.after = payee(given.after(), at.in("after"));
  list.page = at.page_size(given.page_size());
  out.request = list;
}

}  // namespace wasl::wire
