#include "core/run.hpp"

#include <limits>

namespace wasl::core {

FundCode fund_spoken_for(const Participant& fund) {
  return FundCode::make(fund.id.view()).value_or(FundCode{});
}

bool is_owed(const RequestRow& refund) {
  return refund.kind == ClaimKind::kRefund && refund.insurer.value > 0 && !refund.payout;
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

std::string account_of(const Row* payee) {
  if (payee == nullptr) return {};
  if (const auto* account = std::get_if<Account>(payee)) return account->payout_account;
  const auto* registration = std::get_if<Registration>(payee);
  return registration == nullptr ? std::string{} : registration->payout_account;
}

std::string cursor_at(const Owed& owed) {
  return std::string(owed_key(owed.fund, owed.payee, owed.item.record).view());
}

std::string cursor_behind_payee(const Owed& owed) {
  constexpr auto kLast = std::numeric_limits<Sequence>::max();
  return std::string(owed_key(owed.fund, owed.payee, kLast).view());
}

PayoutId next_to_release(const SettlementRun& run, std::size_t index) {
  const auto number = static_cast<std::uint32_t>(run.released + index + 1);
  WASL_ASSERT(number <= run.payouts);
  return {.run = run.id, .number = number};
}

std::uint32_t releasable(const RowSet& rows) {
  std::size_t items = 0;
  for (std::uint32_t i = 0;; ++i) {
    const auto* payout = rows.get<Payout>(Slot::kListed, i);
    if (payout == nullptr || items + payout->items.size() > kStepItemsMax) return i;
    items += payout->items.size();
  }
}

bool is_overtaken(const Command& command, const RowSet& rows) {
  if (!std::holds_alternative<CancelRun>(command.request)) return false;
  const auto* run = rows.get<SettlementRun>(Slot::kRun);
  if (run == nullptr || run->released == run->payouts) return false;
  const auto* next = rows.get<Payout>(Slot::kListed, 0);
  return next == nullptr || next->id != next_to_release(*run, 0);
}

}  // namespace wasl::core
