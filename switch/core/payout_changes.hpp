#pragma once
// What the steps of a run and of a status file change around a payout. Private to core's apply
// files.

#include <optional>
#include <vector>

#include "core/application.hpp"
#include "core/ledger.hpp"
#include "core/run.hpp"

namespace wasl::core {

// The bordereau or refund that an item is of, the index-th in kListedSource, says which payout pays
// it and where that stands; nothing: none does.
inline void set_paid(Application& state, std::uint16_t index, const OwedItem& item,
                     const std::optional<PaidBy>& by) {
  if (std::holds_alternative<RefundItem>(item.of)) {
    auto& refund = state.change_listed<RequestRow>(Slot::kListedSource, index);
    WASL_ASSERT(refund.sequence == item.record && refund.state == RequestState::kApproved);
    refund.paid = by;
    return;
  }
  auto& bordereau = state.change_listed<Bordereau>(Slot::kListedSource, index);
  std::erase_if(bordereau.paid,
                [&](const AcceptancePaid& paid) { return paid.acceptance == item.record; });
  if (by) bordereau.paid.push_back({.acceptance = item.record, .by = *by});
}

// So much more its provider owes the fund back. `to` may have been made just now.
inline void owe_back(Receivable& to, const FundCode& fund, const Participant& provider,
                     Cents amount) {
  to.fund = fund;
  to.provider = provider;
  to.amount += amount;
}

// What was withheld of the payout, the index-th in kListed, its provider owes the fund again.
inline void owe_back_withheld(Application& state, std::uint16_t index, const Payout& payout) {
  if (payout.withheld.value == 0) return;
  Row* row = state.rows.at(Slot::kListedReceivable, index);
  WASL_ASSERT(row != nullptr);
  if (std::holds_alternative<std::monostate>(*row)) row->emplace<Receivable>();
  owe_back(state.change_listed<Receivable>(Slot::kListedReceivable, index), payout.fund,
           std::get<Participant>(payout.payee), payout.withheld);
}

// Posts what a record moves of payouts, one set for each share.
class PayoutPostings {
 public:
  explicit PayoutPostings(Application& state) : state_(state) {}

  // `make` gives the set of an amount.
  template <typename Make>
  void post(const Payout& payout, const std::vector<Share>& shares, Make make) {
    for (const auto& [participant, amount] : shares) {
      state_.touched.inserted.emplace_back(
          posting_key(payout.fund, participant, state_.stamp.sequence, sets_++),
          encode_postings(make(amount)));
    }
  }

 private:
  Application& state_;
  std::uint16_t sets_ = 0;
};

}  // namespace wasl::core
