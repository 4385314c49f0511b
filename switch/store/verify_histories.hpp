#pragma once
// The histories hold exactly the lines of approved claims that stand, but for what was pruned: from
// the records alone, and then against the rows. One thread.

#include <string_view>

#include "core/codec.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class HistoryCheck {
 public:
  // Both outlive the check.
  HistoryCheck(ScratchMap& map, Differences& differences) : map_(map), differences_(differences) {}

  // The approved claim's lines are in its history from then on,
  [[nodiscard]] core::Result<void> expect(const core::Claim& claim,
                                          const core::ClaimDecision& decision,
                                          core::Sequence sequence);
  [[nodiscard]] core::Result<bool> stands(core::ClaimId claim);
  // and no longer. Whether the claim stood.
  [[nodiscard]] core::Result<bool> release(core::ClaimId claim);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  // Every line that is there was approved and stands.
  [[nodiscard]] core::Result<void> check_present(const Rocks& rows);
  [[nodiscard]] core::Result<void> check_history(const core::RowKey& key, std::string_view value);
  // Every approved, standing line is there or could be pruned.
  [[nodiscard]] core::Result<void> check_missing(const Rocks& rows);
  [[nodiscard]] core::Result<void> check_standing(const Rocks& rows, std::string_view key,
                                                  std::string_view value);

  ScratchMap& map_;
  Differences& differences_;
};

}  // namespace wasl::store
