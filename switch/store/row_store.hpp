#pragma once
// Rows by key, as a replay reads and writes them: RocksDB's, or the ordered map of the simulator.
// Start-up, tools and tests; one thread.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/row_set.hpp"
#include "journal/format.hpp"

namespace wasl::store {

struct StoredChange {
  core::RowKey key;
  std::string value;  // As stored; empty: the row is removed.
};

class RowStore {
 public:
  virtual ~RowStore() = default;

  // Calls found(index, value) once per key, in order; no value: absent. The value's bytes live
  // during the call. Two threads may read at once, while nothing is written.
  using Found = std::function<void(std::size_t, std::optional<std::string_view>)>;
  [[nodiscard]] virtual core::Result<void> get(std::span<const std::string_view> keys,
                                               const Found& found) const = 0;
  // All or nothing; a later change of the same key wins. After it the store stands at the anchor.
  [[nodiscard]] virtual core::Result<void> write_changes(std::span<const StoredChange> changes,
                                                         const journal::Anchor& anchor) = 0;
};

}  // namespace wasl::store
