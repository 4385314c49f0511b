#pragma once
// The row that says how far the journal is applied. It is written in the same batch as the changes
// it speaks of, so whatever a flush leaves, state and row agree. Layout: docs/data_format.md
// "Store". Pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "journal/format.hpp"

namespace wasl::store {

// Of the rows' keys and values as a whole; any other is refused. 1 had no postings, 2 no balances,
// 3 no bordereaux, 6 nothing of what a bank says, 7 neither reductions nor business days.
inline constexpr std::uint16_t kStoreFormatVersion = 8;

// Sorts before every row: no row's tag is zero.
inline constexpr std::string_view kAppliedKey{"\0applied", 8};

// One byte string per store: version:u16, anchor:72.
[[nodiscard]] std::string encode_applied(const journal::Anchor& anchor);

// Fails with kUnsupported for another version, kCorrupt for anything else that encode_applied()
// would not have written.
[[nodiscard]] core::Result<journal::Anchor> decode_applied(std::string_view bytes);

}  // namespace wasl::store
