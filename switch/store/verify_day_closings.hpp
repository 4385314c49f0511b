#pragma once
// What is kept of business days' closings (store/day_closings.hpp) against every posting and
// bordereau up to then. A closing that is not kept is no difference: it is kept later.

#include "store/rocks.hpp"
#include "store/verify.hpp"

namespace wasl::store {

// Reads all postings of the participants of whom something is kept, once. The days that the rows
// show as begun are taken for begun. A read that fails is a difference too, and ends the check.
void check_day_closings(const Rocks& rows, Differences& differences);

}  // namespace wasl::store
