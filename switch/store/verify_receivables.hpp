#pragma once
// What providers owe funds back, from the records alone and then against the rows: it grows when a
// claim is reduced that was paid, or a payout comes back of which it was withheld, and a payout
// takes it whole. docs/settlement.md. One thread.

#include "core/result.hpp"
#include "core/rows.hpp"
#include "store/expected_rows.hpp"
#include "store/rocks.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class ReceivableCheck {
 public:
  // Both outlive the check.
  ReceivableCheck(ExpectedRows& expected, Differences& differences)
      : expected_(expected), differences_(differences) {}

  [[nodiscard]] core::Result<void> owe_back(const core::FundCode& fund,
                                            const core::Participant& provider, core::Cents amount);
  // A run took the payout,
  [[nodiscard]] core::Result<void> withhold(const core::Payout& payout, core::Sequence sequence);
  // or it came back, or was given back.
  [[nodiscard]] core::Result<void> owe_back_withheld(const core::Payout& payout);

  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  ExpectedRows& expected_;
  Differences& differences_;
};

}  // namespace wasl::store
