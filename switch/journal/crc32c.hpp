#pragma once
// CRC-32C (Castagnoli, RFC 3720): the checksum of everything the journal stores. It finds
// accidents, not intent; intent is the hash chain's work. Any thread.

#include <cstdint>

#include "core/bytes.hpp"

namespace wasl::journal {

// Uses the processor's own instruction where it has one.
[[nodiscard]] std::uint32_t crc32c(core::ByteView bytes);

// The same value from a table: what processors without the instruction run.
[[nodiscard]] std::uint32_t crc32c_portable(core::ByteView bytes);

}  // namespace wasl::journal
