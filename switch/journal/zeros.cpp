#include "journal/zeros.hpp"

#include <algorithm>
#include <vector>

namespace wasl::journal {
namespace {

// One write: few calls, little memory.
constexpr std::uint64_t kZeroBytes = 256 * 1024;

}  // namespace

core::Result<void> write_zeros(core::File& file, std::uint64_t from, std::uint64_t to) {
  const std::vector<std::uint8_t> zeros(std::min(kZeroBytes, to - from));
  for (std::uint64_t at = from; at < to;) {
    const std::uint64_t step = std::min<std::uint64_t>(zeros.size(), to - at);
    const core::Result<void> written = file.write_at(at, core::ByteView(zeros).first(step));
    if (!written) return written;
    at += step;
  }
  return {};
}

}  // namespace wasl::journal
