#include "iso20022/characters.hpp"

#include <algorithm>

namespace wasl::iso20022 {
namespace {

constexpr std::size_t kSequenceBytesMax = 4;

struct Character {
  char32_t code_point = 0;
  std::size_t bytes = 0;  // 0: not UTF-8.
};

std::size_t sequence_bytes(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : kSequenceBytesMax;
}

// Of a text that is not empty. Surrogates are left to is_legal().
Character first_character(std::string_view text) {
  constexpr char32_t kLeast[kSequenceBytesMax + 1] = {0, 0, 0x80, 0x800, 0x10000};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t bytes = sequence_bytes(byte(0));
  if (bytes == 1) return {byte(0), 1};
  if (bytes == 0 || bytes > text.size()) return {};
  char32_t code_point = byte(0) & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {};
    code_point = code_point << 6U | (byte(i) & 0x3fU);
  }
  if (code_point < kLeast[bytes]) return {};
  return {code_point, bytes};
}

bool is_legal(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c <= 0xd7ff || (0xe000 <= c && c <= 0xfffd) || (0x10000 <= c && c <= 0x10ffff);
}

}  // namespace

std::size_t legal_bytes(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const Character next = first_character(text.substr(at));
    if (next.bytes == 0 || !is_legal(next.code_point)) return at;
    at += next.bytes;
  }
  return at;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

}  // namespace wasl::iso20022
