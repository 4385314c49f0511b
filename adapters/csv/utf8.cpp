#include "csv/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace wasl::csv {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

bool all_ascii(const char* eight) {
  std::uint64_t word = 0;
  std::memcpy(&word, eight, sizeof word);
  return (word & kHighBits) == 0;
}

// What may follow a first byte: how many bytes, and the range of the second (RFC 3629, section 4).
struct Lead {
  std::size_t more;
  unsigned char second_min;
  unsigned char second_max;
};

Lead lead_of(unsigned char first) {
  if (first >= 0xc2 && first <= 0xdf) return {1, 0x80, 0xbf};
  if (first == 0xe0) return {2, 0xa0, 0xbf};
  if (first == 0xed) return {2, 0x80, 0x9f};
  if (first >= 0xe1 && first <= 0xef) return {2, 0x80, 0xbf};
  if (first == 0xf0) return {3, 0x90, 0xbf};
  if (first >= 0xf1 && first <= 0xf3) return {3, 0x80, 0xbf};
  if (first == 0xf4) return {3, 0x80, 0x8f};
  return {0, 0, 0};
}

// Bytes of the code point at the start of a text whose first byte is not ASCII; 0 if invalid.
std::size_t sequence_bytes(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const Lead lead = lead_of(byte(0));
  if (lead.more == 0 || text.size() <= lead.more) return 0;
  if (byte(1) < lead.second_min || byte(1) > lead.second_max) return 0;
  for (std::size_t i = 2; i <= lead.more; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return 0;
  }
  return lead.more + 1;
}

}  // namespace

std::size_t valid_utf8_bytes(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + sizeof(std::uint64_t) <= text.size() && all_ascii(text.data() + at)) {
      at += sizeof(std::uint64_t);
    } else if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
    } else {
      const std::size_t bytes = sequence_bytes(text.substr(at));
      if (bytes == 0) return at;
      at += bytes;
    }
  }
  return at;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

}  // namespace wasl::csv
