#pragma once
// Bounds of requests beyond those of core/bounds.hpp, core/request.hpp and core/rows.hpp, each with
// where its number comes from.

#include <cstddef>
#include <cstdint>

#include "core/request.hpp"

namespace wasl::wire {

// What stands here is also in docs/wire_protocol.md and in the comments of proto/wasl/v1.
inline constexpr std::uint8_t kLanguagesMax = 3;     // All there are.
inline constexpr std::uint8_t kBatchItemsMax = 100;  // One engine group takes it whole.
inline constexpr std::size_t kEchoBytesMax = 4'096;  // Shows a link's largest usual frame.
// That of an import's files (docs/import_format.md), so that one may bring the next version.
inline constexpr std::uint64_t kSourceVersionMax = INT64_MAX;
// A later client may send fields that this switch does not know; more of them are an attack.
inline constexpr unsigned kUnknownFieldsMax = 64;

}  // namespace wasl::wire
