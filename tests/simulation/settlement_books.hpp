#pragma once
// What must hold over everything that is owed, owed back, paid out, and said by the bank: each item
// in one place, the money of each account where the rows say, every file carried out whole or not
// at all.

#include <string>
#include <vector>

#include "simulation/posted.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

// What is wrong, in words; empty as it must be.
[[nodiscard]] std::vector<std::string> settlement_faults(const OrderedRows& rows,
                                                         const Posted& posted);

}  // namespace wasl::test
