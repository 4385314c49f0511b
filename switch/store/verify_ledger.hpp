#pragma once
// What the ledger must hold, written down a second time from rules.md "Effects" and
// docs/settlement.md: each set of postings that the records ask for is there, byte for byte, no
// other is, and each balance is the sum of the sets.

#include <cstdint>
#include <string>

#include "core/ledger.hpp"
#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class LedgerCheck {
 public:
  // Both outlive the check.
  LedgerCheck(ScratchMap& map, Differences& differences) : map_(map), differences_(differences) {}

  // An approved claim: its id is its record.
  [[nodiscard]] core::Result<void> take_approval(const core::PostedClaim& claim, core::Instant at);
  // The record `stamp` released the claim.
  [[nodiscard]] core::Result<void> take_reversal(core::ClaimId claim, const core::Stamp& stamp);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  [[nodiscard]] core::Result<void> expect(const core::PostingSet& set, core::Sequence sequence);
  [[nodiscard]] core::Result<void> check_set(const core::RowKey& key, std::string_view value,
                                             core::Balances& sums);
  [[nodiscard]] core::Result<void> check_balances(const Rocks& rows, const core::Balances& sums);

  ScratchMap& map_;
  Differences& differences_;
  std::uint64_t missing_ = 0;  // Sets that are expected and were not met yet.
};

}  // namespace wasl::store
