#include "core/run.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/bank_word.hpp"

namespace wasl::core {
namespace {

template <typename Counts>
std::vector<Share> shares_of(const Payout& payout, Counts counts) {
  std::vector<Share> all;
  for (const OwedItem& item : payout.items) {
    if (!counts(item)) continue;
    const auto* refund = std::get_if<RefundItem>(&item.of);
    const Participant& of =
        refund != nullptr ? refund->centre : std::get<Participant>(payout.payee);
    const auto found = std::ranges::find(all, of, &Share::first);
    if (found == all.end()) {
      all.emplace_back(of, item.amount);
    } else {
      found->second += item.amount;
    }
  }
  return all;
}

// Which payout a step begins with; nothing: the run has no more.
std::optional<PayoutId> begins_with(const SettlementRun& run) {
  if (handled(run) >= run.payouts) return std::nullopt;
  return PayoutId{.run = run.id, .number = handled(run) + 1};
}

}  // namespace

FundCode fund_spoken_for(const Participant& fund) {
  return FundCode::make(fund.id.view()).value_or(FundCode{});
}

bool is_owed(const RequestRow& refund) {
  return refund.kind == ClaimKind::kRefund && refund.insurer.value > 0 && !refund.paid;
}

Owed named_by(const Owed& on_page, const OwedItem& row) {
  Owed named = on_page;
  if (named.item.since != Instant{}) return named;
  named.item.since = row.since;
  named.item.due = row.due;
  return named;
}

RowKey source_key(const FundCode& fund, const Payee& payee, const OwedItem& item) {
  if (const auto* refund = std::get_if<RefundItem>(&item.of)) {
    return request_key(refund->centre, refund->request_id, 0);
  }
  // Only a provider's claims stand in bordereaux.
  WASL_ASSERT(std::holds_alternative<Participant>(payee));
  return bordereau_key(fund, std::get<Participant>(payee),
                       std::get<AcceptedItem>(item.of).bordereau);
}

RowKey payee_key(const Payee& payee) {
  if (const auto* insured = std::get_if<InsuredNumber>(&payee)) return account_key(*insured);
  return registration_key(std::get<Participant>(payee));
}

Destination destination_of(const Row* payee) {
  if (payee == nullptr) return {};
  if (const auto* account = std::get_if<Account>(payee)) {
    return {.account = account->payout_account, .name = {}};
  }
  const auto* registration = std::get_if<Registration>(payee);
  if (registration == nullptr) return {};
  return {.account = registration->payout_account, .name = registration->name};
}

std::string end_to_end_id(const FundCode& fund, const PayoutId& payout) {
  return std::string(fund.view()) + '-' + std::to_string(payout.run) + '-' +
         std::to_string(payout.number);
}

std::optional<PayoutId> payout_named(const FundCode& fund, std::string_view id) {
  const std::size_t last = id.rfind('-');
  if (last == std::string_view::npos || last == 0) return std::nullopt;
  const std::size_t first = id.rfind('-', last - 1);
  if (first == std::string_view::npos) return std::nullopt;
  PayoutId payout;
  const std::string_view run = id.substr(first + 1, last - first - 1);
  const std::string_view number = id.substr(last + 1);
  std::from_chars(run.data(), run.data() + run.size(), payout.run);
  std::from_chars(number.data(), number.data() + number.size(), payout.number);
  if (payout.run == 0 || payout.number == 0 || end_to_end_id(fund, payout) != id) {
    return std::nullopt;
  }
  return payout;
}

std::vector<Share> shares(const Payout& payout) {
  return shares_of(payout, [](const OwedItem&) { return true; });
}

std::vector<Share> shares_that_came_back(const Payout& payout) {
  return shares_of(payout, [](const OwedItem& item) { return item.came_back.has_value(); });
}

std::string cursor_at(const Owed& owed) {
  return std::string(owed_key(owed.fund, owed.payee, owed.item.record).view());
}

std::string cursor_behind_payee(const Owed& owed) {
  constexpr auto kLast = std::numeric_limits<Sequence>::max();
  return std::string(owed_key(owed.fund, owed.payee, kLast).view());
}

std::uint32_t handled(const SettlementRun& run) {
  return run.exported ? run.exported->payouts : run.released;
}

std::size_t step_items(const Payout& payout) {
  return payout.items.size() + (payout.withheld.value > 0 ? 1 : 0);
}

std::uint32_t step_payouts(const RowSet& rows, std::size_t items_max) {
  std::size_t items = 0;
  for (std::uint32_t i = 0;; ++i) {
    const auto* payout = rows.get<Payout>(Slot::kListed, i);
    if (payout == nullptr) return i;
    items += step_items(*payout);
    if (i > 0 && items > items_max) return i;
  }
}

bool is_overtaken(const Command& command, const RowSet& rows) {
  const bool step = std::holds_alternative<CancelRun>(command.request) ||
                    std::holds_alternative<ExportRun>(command.request);
  const auto* run = rows.get<SettlementRun>(Slot::kRun);
  if (!step) return is_overtaken_by_file(command, rows);
  if (run == nullptr) return false;
  const std::optional<PayoutId> first = begins_with(*run);
  const auto* found = rows.get<Payout>(Slot::kListed, 0);
  return first ? found == nullptr || found->id != *first : found != nullptr;
}

}  // namespace wasl::core
