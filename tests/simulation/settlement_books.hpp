#pragma once
// What must hold over everything that is owed, paid out, and said by the bank: each item in one
// place, the money of each account where the rows say, every file carried out whole or not at all.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/ledger.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

using Amounts = std::map<core::LedgerAccount, std::int64_t>;  // Debits less credits.

// What is wrong, in words; empty as it must be. `posted`: the sums of all postings.
[[nodiscard]] std::vector<std::string> settlement_faults(const OrderedRows& rows,
                                                         const Amounts& posted);

}  // namespace wasl::test
