#pragma once
// What the ledger must hold, written down a second time from docs/settlement.md "The ledger": each
// set of postings that the records ask for is there, byte for byte, no other is, and each balance
// is the sum of the sets.

#include <cstdint>
#include <string>

#include "core/ledger.hpp"
#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"
#include "store/verify_bordereaux.hpp"

namespace wasl::store {

class LedgerCheck {
 public:
  // Both outlive the check.
  LedgerCheck(ScratchMap& map, Differences& differences) : map_(map), differences_(differences) {}

  // Whose postings they are. An approval's fund is not in its record where no card was proven:
  // empty, any fund is taken.
  struct Ledger {
    core::FundCode fund;
    core::Participant of;
  };

  // An approved claim: its id is its record.
  [[nodiscard]] core::Result<void> take_approval(const Ledger& ledger,
                                                 const core::PostedClaim& claim, core::Instant at);
  // The record `stamp` released the claim.
  [[nodiscard]] core::Result<void> take_reversal(core::ClaimId claim, const core::Stamp& stamp);
  // The review `stamp` accepted this much of a bordereau, and rejected these claims.
  [[nodiscard]] core::Result<void> take_review(const core::ReviewBordereau& review,
                                               const Reviewed& reviewed, const core::Stamp& stamp);
  // The record `stamp` reduced a claim.
  [[nodiscard]] core::Result<void> take_reduction(const core::ReduceClaim& reduction,
                                                  const Reduced& reduced, const core::Stamp& stamp);
  // The record `stamp` moved a payout, which stood there before: one set for each of its shares,
  // behind those of the payouts that it moved before this one. `cause` is one of a payout's.
  [[nodiscard]] core::Result<void> take_payout(core::PostingCause cause, const core::Payout& payout,
                                               core::PayoutState before, const core::Stamp& stamp);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  // `item`: its place among the sets of the record.
  [[nodiscard]] core::Result<void> expect(const Ledger& ledger, const core::PostingSet& set,
                                          core::Sequence sequence, std::uint16_t item = 0);
  [[nodiscard]] core::Result<void> check_set(const core::RowKey& key, std::string_view value,
                                             core::Balances& sums);
  [[nodiscard]] core::Result<void> check_balances(const Rocks& rows, const core::Balances& sums);

  ScratchMap& map_;
  Differences& differences_;
  std::uint64_t missing_ = 0;  // Sets that are expected and were not met yet.
  // Of the last record that moved payouts: how many sets it posted so far.
  core::Sequence moved_by_ = 0;
  std::uint16_t moved_ = 0;
};

}  // namespace wasl::store
