#pragma once
// The list of bordereaux that wait for a centre or fund, held against the bordereaux themselves:
// each with undecided claims is in it once, under the deadline that comes first, and no other is.
// One thread.

#include <cstdint>
#include <string_view>

#include "core/result.hpp"
#include "core/rows.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class ReviewIndexCheck {
 public:
  // Both outlive the check.
  ReviewIndexCheck(ScratchMap& map, Differences& differences)
      : map_(map), differences_(differences) {}

  // Of a bordereau's row: whether it waits, and how the list must show it.
  [[nodiscard]] core::Result<void> expect(const core::Bordereau& bordereau);
  // Once every bordereau was expected.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  [[nodiscard]] core::Result<void> check_row(const core::RowKey& key, std::string_view value);

  ScratchMap& map_;
  Differences& differences_;
  std::uint64_t missing_ = 0;  // Rows of the list that were not met yet.
};

}  // namespace wasl::store
