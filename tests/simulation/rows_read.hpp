#pragma once
// The rows of one kind of the simulator's store, whole, in key order.

#include <vector>

#include "core/assert.hpp"
#include "store/stored_row.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

template <typename T>
[[nodiscard]] std::vector<T> rows_read(const OrderedRows& rows, core::KeyTag tag) {
  std::vector<T> found;
  const char first = static_cast<char>(tag);
  for (auto at = rows.rows.lower_bound(std::string_view(&first, 1));
       at != rows.rows.end() && at->first.front() == first; ++at) {
    const auto row = store::decode_stored(core::RowKey(at->first), at->second);
    WASL_ASSERT(row.has_value());
    found.push_back(std::get<T>(*row));
  }
  return found;
}

}  // namespace wasl::test
