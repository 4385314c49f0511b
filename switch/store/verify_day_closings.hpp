#pragma once
// What is kept of business days' closings (store/day_closings.hpp) against every posting and
// bordereau up to then. A closing that is not kept is no difference: it is kept later.

#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/verify.hpp"

namespace wasl::store {

// Reads all postings of the participants of whom something is kept, once. The days that the rows
// show as begun are taken for begun.
[[nodiscard]] core::Result<void> check_day_closings(const Rocks& rows, Differences& differences);

}  // namespace wasl::store
