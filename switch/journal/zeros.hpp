#pragma once
// Zeros, which stand wherever no group does. One thread.

#include <cstdint>

#include "core/files.hpp"

namespace wasl::journal {

// From one offset up to another. Not durable before a sync.
[[nodiscard]] core::Result<void> write_zeros(core::File& file, std::uint64_t from,
                                             std::uint64_t to);

}  // namespace wasl::journal
