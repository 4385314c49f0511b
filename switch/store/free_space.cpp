#include "store/free_space.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace wasl::store {

std::uint64_t least_free_bytes(std::span<core::Directory* const> places) {
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (core::Directory* place : places) least = std::min(least, place->free_bytes().value_or(0));
  return least;
}

core::Result<void> check_free(std::span<core::Directory* const> places, std::uint64_t needed_bytes,
                              const char* what) {
  for (core::Directory* place : places) {
    const core::Result<std::uint64_t> free = place->free_bytes();
    if (!free) return std::unexpected(free.error());
    if (*free >= needed_bytes) continue;
    return core::fail(core::Errc::kLimit,
                      place->path() + ": " + std::to_string(*free) + " bytes are free and " + what +
                          " needs " + std::to_string(needed_bytes) +
                          " (docs/operating.md, \"The disk\"): free some space there, or move "
                          "the directory to a larger disk");
  }
  return {};
}

}  // namespace wasl::store
