#pragma once
// Visits the rows of one kind in key order, on one snapshot.

#include <string_view>

#include "core/result.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

// `check(RowKey, std::string_view value)` gives a Result<void>; the walk ends where it fails.
template <typename Check>
[[nodiscard]] core::Result<void> for_each_row(const Rocks& rows, core::KeyTag tag,
                                              const Check& check) {
  core::Result<void> outcome;
  const char prefix = static_cast<char>(tag);
  const auto visit = [&](std::string_view key, std::string_view value) {
    outcome = check(core::RowKey(key), value);
    return outcome.has_value();
  };
  auto scanned = rows.scan({.prefix = {&prefix, 1}, .after = {}, .until = {}}, visit);
  return scanned ? outcome : scanned;
}

}  // namespace wasl::store
