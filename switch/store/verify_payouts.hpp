#pragma once
// Payouts as the records alone took, exported, paid and returned them, and then against the rows:
// theirs, those of what they pay, and what is owed, also back. Their money is expected of the
// ledger. docs/settlement.md. One thread.

#include <cstdint>
#include <optional>

#include "core/ledger.hpp"
#include "core/result.hpp"
#include "core/rows.hpp"
#include "store/expected_rows.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"
#include "store/verify_items.hpp"
#include "store/verify_ledger.hpp"
#include "store/verify_receivables.hpp"

namespace wasl::store {

class PayoutCheck {
 public:
  // All outlive the check.
  PayoutCheck(ScratchMap& map, ExpectedRows& expected, LedgerCheck& ledger,
              Differences& differences)
      : map_(map),
        expected_(expected),
        ledger_(ledger),
        differences_(differences),
        items_(map, differences),
        receivables_(expected, differences) {}

  [[nodiscard]] ItemCheck& items() { return items_; }
  // A claim was reduced: by so much less is owed, or its provider owes it back.
  [[nodiscard]] core::Result<void> reduce(const core::ReduceClaim& reduction,
                                          const Reduced& reduced, core::Sequence sequence);
  // Nothing: no run has it.
  [[nodiscard]] core::Result<std::optional<core::Payout>> find(const core::FundCode& fund,
                                                               const core::PayoutId& payout);

  // A run took what was owed into it,
  [[nodiscard]] core::Result<void> take(const core::Payout& payout, const core::Stamp& stamp);
  // gave it back,
  [[nodiscard]] core::Result<void> release(const core::FundCode& fund, const core::PayoutId& id,
                                           const core::Stamp& stamp);
  // or exported it.
  [[nodiscard]] core::Result<void> send(const core::FundCode& fund, const core::PayoutId& id,
                                        const core::Stamp& stamp);
  // An entry of a status file was carried out.
  struct CarriedOut {
    const core::StatusFile& file;
    const core::StatusEntry& entry;
    const core::StatusEffect& effect;
  };
  [[nodiscard]] core::Result<void> hear(const CarriedOut& what, const core::Stamp& stamp);

  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  // Nothing and a difference, if it does not stand so.
  [[nodiscard]] core::Result<std::optional<core::Payout>> taken(const core::FundCode& fund,
                                                                const core::PayoutId& id,
                                                                const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> owe_again(const core::Payout& payout, bool account_must_change,
                                             const core::Stamp& stamp);

  // What the rows of an item's bordereau or refund say of its payout.
  [[nodiscard]] core::Result<void> check_paid(const Rocks& rows);
  [[nodiscard]] core::Result<std::optional<core::PaidBy>> paid_by(const ItemCheck::Place& place);
  [[nodiscard]] core::Result<void> check_acceptances(const core::Bordereau& bordereau);
  [[nodiscard]] core::Result<void> check_refund(const core::RowKey& key,
                                                const core::RequestRow& row);
  [[nodiscard]] core::Result<void> meet_paid(const std::optional<ItemCheck::Place>& place,
                                             core::Sequence record, const core::PaidBy& found);
  [[nodiscard]] core::Result<void> check_payout(const core::RowKey& key,
                                                const core::Payout& payout);

  ScratchMap& map_;
  ExpectedRows& expected_;
  LedgerCheck& ledger_;
  Differences& differences_;
  ItemCheck items_;
  ReceivableCheck receivables_;
  std::uint64_t unnamed_ = 0;  // Items that are paid, and no row of theirs said by what yet.
};

}  // namespace wasl::store
