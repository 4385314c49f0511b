#pragma once
// Hexadecimal text to bytes and back, for vectors.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "card/cmac.hpp"
#include "card/key_file.hpp"

namespace wasl::test {

inline std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

inline std::string to_hex(core::ByteView bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

inline card::Key key(std::string_view hex) {
  const auto parsed = card::key_from_hex(hex);
  EXPECT_TRUE(parsed.has_value()) << "not a key";
  return parsed.value_or(card::Key{});
}

}  // namespace wasl::test
