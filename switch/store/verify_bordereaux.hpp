#pragma once
// Bordereaux as the records made, reviewed and reduced them, written down a second time from
// docs/settlement.md, and held against the rows: each claim is in one bordereau, is decided by the
// centre once, and stands in its row as it was decided and reduced; the list of work shows what is
// undecided.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ledger.hpp"
#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"
#include "store/verify_reviews.hpp"

namespace wasl::store {

// What a review decided for good.
struct Reviewed {
  core::Cents accepted;
  std::vector<core::PostedClaim> rejected;  // In the order of the verdicts.
  core::Day due;                            // By which the fund has promised to pay.
};

// What a reduction made less.
struct Reduced {
  core::PostedClaim claim;        // Its `insurer` is the difference.
  core::Sequence acceptance = 0;  // The record that made it owed.
  bool paid = false;              // The provider owes the difference back.
};

class BordereauCheck {
 public:
  // Both outlive the check.
  BordereauCheck(ScratchMap& map, Differences& differences)
      : map_(map), differences_(differences), reviews_(map, differences) {}

  // A closing that presented its claims.
  [[nodiscard]] core::Result<void> take_closing(const core::Command& command,
                                                const core::ClosingDecision& decision,
                                                const core::Stamp& stamp);
  // A review that was carried out.
  [[nodiscard]] core::Result<Reviewed> take_review(const core::ReviewBordereau& review,
                                                   const core::ReviewDecision& decision,
                                                   core::Sequence sequence);
  // A reduction that was carried out. Nothing and a difference, if the claim does not stand so.
  [[nodiscard]] core::Result<std::optional<Reduced>> take_reduction(
      const core::ReduceClaim& reduction, const core::ReductionDecision& decision,
      core::Sequence sequence);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  [[nodiscard]] core::Result<void> check_row(const core::RowKey& key,
                                             const core::Bordereau& bordereau);
  [[nodiscard]] core::Result<void> check_head(const core::RowKey& key,
                                              const core::Bordereau& bordereau);

  ScratchMap& map_;
  Differences& differences_;
  ReviewIndexCheck reviews_;
  std::uint64_t missing_ = 0;  // Presented claims that were not met in a row yet.
};

}  // namespace wasl::store
