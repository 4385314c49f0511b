#pragma once
// The rows of a world that decides without a store, for a store that is to be tested with them.

#include <string>
#include <variant>

#include "store/rocks.hpp"
#include "store/stored_row.hpp"
#include "support/world.hpp"

namespace wasl::test {

// As they are now; reference rows are not among them.
inline store::RocksBatch all_rows(const World& world) {
  store::RocksBatch batch;
  for (const auto& [key, row] : world.rows) {
    if (std::holds_alternative<std::monostate>(row)) continue;
    std::string bytes;
    store::encode_stored(key, row, bytes);
    batch.change(key.view(), bytes);
  }
  for (const auto& [key, bytes] : world.index) batch.change(key.view(), bytes);
  return batch;
}

}  // namespace wasl::test
