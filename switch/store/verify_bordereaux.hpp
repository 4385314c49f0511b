#pragma once
// Bordereaux as the records made and reviewed them, written down a second time from
// docs/settlement.md, and held against the rows: each claim is in one bordereau, is decided by the
// centre once, and stands in its row as it was decided.

#include <cstdint>
#include <string>
#include <vector>

#include "core/ledger.hpp"
#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

// What a review decided for good.
struct Reviewed {
  core::Cents accepted;
  std::vector<core::PostedClaim> rejected;  // In the order of the verdicts.
};

class BordereauCheck {
 public:
  // Both outlive the check.
  BordereauCheck(ScratchMap& map, Differences& differences)
      : map_(map), differences_(differences) {}

  // A closing that presented its claims.
  [[nodiscard]] core::Result<void> take_closing(const core::Command& command,
                                                const core::ClosingDecision& decision,
                                                core::Sequence sequence);
  // A review that was carried out.
  [[nodiscard]] core::Result<Reviewed> take_review(const core::ReviewBordereau& review,
                                                   const core::ReviewDecision& decision,
                                                   core::Sequence sequence);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  [[nodiscard]] core::Result<void> check_row(const core::RowKey& key, std::string_view value);

  ScratchMap& map_;
  Differences& differences_;
  std::uint64_t missing_ = 0;  // Presented claims that were not met in a row yet.
};

}  // namespace wasl::store
