#pragma once
// Rows as the records alone say that they must be, in the scratch map under their own keys, until
// they are met among those that are there. One thread.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/codec.hpp"
#include "core/result.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class ExpectedRows {
 public:
  // Both outlive the rows.
  ExpectedRows(ScratchMap& map, Differences& differences) : map_(map), differences_(differences) {}

  // Nothing: the records made none, or it is there no longer.
  template <typename T>
  [[nodiscard]] core::Result<std::optional<T>> get(const core::RowKey& key) {
    auto row = find(key);
    if (!row) return std::unexpected(row.error());
    auto* found = row->has_value() ? std::get_if<T>(&**row) : nullptr;
    return found == nullptr ? std::optional<T>{} : std::optional<T>(std::move(*found));
  }
  // One that no store could hold is a difference, and is not taken.
  [[nodiscard]] core::Result<void> put(const core::RowKey& key, const core::Row& row);
  [[nodiscard]] core::Result<void> remove(const core::RowKey& key);

  // Whether the row that is there is as the records left it. From then on it is met.
  [[nodiscard]] core::Result<bool> meet(const core::RowKey& key, const core::Row& found);
  // Of one kind: how many were not met.
  [[nodiscard]] std::uint64_t missing(core::KeyTag tag) const;

 private:
  [[nodiscard]] core::Result<std::optional<core::Row>> find(const core::RowKey& key);

  ScratchMap& map_;
  Differences& differences_;
  std::map<core::KeyTag, std::uint64_t> missing_;
};

}  // namespace wasl::store
