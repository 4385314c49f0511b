#pragma once
// A frame is the length of a serialised Envelope in 4 bytes, big-endian, and the Envelope, both
// ways. Pure functions.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>

#include "core/bytes.hpp"

namespace wasl::wire {

inline constexpr std::size_t kFrameHeaderBytes = 4;
// 40 claim lines need 2 KiB, 100 accounts of ordinary size 40 KiB.
inline constexpr std::uint32_t kFrameBytesMax = 65'536;

enum class HeaderFault : std::uint8_t { kEmpty, kTooLarge };

// Bytes of the Envelope that follows, 1..kFrameBytesMax.
[[nodiscard]] std::expected<std::uint32_t, HeaderFault> parse_header(
    std::span<const std::uint8_t, kFrameHeaderBytes> header);

// Starts a frame at the end of `out`; finish_frame() fills its header in once the Envelope stands
// behind it.
[[nodiscard]] std::size_t begin_frame(std::string& out);
// `start` as begin_frame() gave it. The Envelope is 1..kFrameBytesMax bytes.
void finish_frame(std::size_t start, std::string& out);

}  // namespace wasl::wire
