#pragma once
// What all postings of the simulator's store say together.

#include <cstdint>
#include <map>

#include "core/ledger.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

using Amounts = std::map<core::LedgerAccount, std::int64_t>;  // Debits less credits.

// By how much a claim was reduced: before it was paid, and since.
struct Reductions {
  core::Cents not_owed;
  core::Cents owed_back;
};

struct Posted {
  Amounts sums;
  std::map<core::ClaimId, Reductions> reductions;
};
[[nodiscard]] Posted posted_in(const OrderedRows& rows);

}  // namespace wasl::test
