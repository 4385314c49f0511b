#pragma once
// What must hold over the business days of a fund: each is later than the one before, and every
// participant begins it with what it had at the end of that one.

#include <string>
#include <vector>

#include "simulation/posted.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

// What is wrong, in words; empty as it must be. `posted`: the sums of all postings.
[[nodiscard]] std::vector<std::string> day_faults(const OrderedRows& rows, const Amounts& posted);

// How many days began.
[[nodiscard]] std::size_t days_in(const OrderedRows& rows);

}  // namespace wasl::test
