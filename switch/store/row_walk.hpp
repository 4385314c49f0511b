#pragma once
// Visits the rows of one kind in key order, on one snapshot.

#include <string_view>
#include <variant>

#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/stored_row.hpp"

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

// The same, decoded: `check(RowKey, const T&)`. A row that does not follow its format is kCorrupt.
template <typename T, typename Check>
[[nodiscard]] core::Result<void> for_each_of(const Rocks& rows, core::KeyTag tag,
                                             const Check& check) {
  const auto decoded = [&](const core::RowKey& key, std::string_view value) -> core::Result<void> {
    const auto row = decode_stored(key, value);
    if (!row.has_value() || !std::holds_alternative<T>(*row)) {
      return core::fail(core::Errc::kCorrupt, "a row that is verified does not follow its format");
    }
    return check(key, std::get<T>(*row));
  };
  return for_each_row(rows, tag, decoded);
}

}  // namespace wasl::store
