#include "wire/frame.hpp"

#include "core/assert.hpp"

namespace wasl::wire {

std::expected<std::uint32_t, HeaderFault> parse_header(
    std::span<const std::uint8_t, kFrameHeaderBytes> header) {
  const auto bytes = core::get_big_endian<std::uint32_t>(header.data());
  if (bytes == 0) return std::unexpected(HeaderFault::kEmpty);
  if (bytes > kFrameBytesMax) return std::unexpected(HeaderFault::kTooLarge);
  return bytes;
}

std::size_t begin_frame(std::string& out) {
  const std::size_t start = out.size();
  out.append(kFrameHeaderBytes, '\0');
  return start;
}

void finish_frame(std::size_t start, std::string& out) {
  const std::size_t bytes = out.size() - start - kFrameHeaderBytes;
  WASL_ASSERT(bytes > 0 && bytes <= kFrameBytesMax);
  core::put_big_endian(reinterpret_cast<std::uint8_t*>(out.data() + start),
                       static_cast<std::uint32_t>(bytes));
}

}  // namespace wasl::wire
