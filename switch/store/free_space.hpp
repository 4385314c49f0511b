#pragma once
// The free space of a switch's places, and what it allows. RocksDB aborts the process where a write
// of its own finds no space, so what can wait does not begin near the reserve. Any thread.

#include <cstdint>
#include <span>

#include "core/files.hpp"

namespace wasl::store {

// Compaction begins above twice the reserve: what one writes before its inputs go (some 0.7 GiB)
// then leaves the reserve.
[[nodiscard]] constexpr std::uint64_t compaction_bytes_min(std::uint64_t reserve_bytes) {
  return 2 * reserve_bytes;
}

// Of the place that has least; 0 where one cannot be asked.
[[nodiscard]] std::uint64_t least_free_bytes(std::span<core::Directory* const> places);

// Fails with kLimit, naming the place, both numbers and the way out, when one has less.
// `what`: "an import".
[[nodiscard]] core::Result<void> check_free(std::span<core::Directory* const> places,
                                            std::uint64_t needed_bytes, const char* what);

}  // namespace wasl::store
