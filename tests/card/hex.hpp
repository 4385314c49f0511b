#pragma once
// Hexadecimal text to bytes and back, for vectors.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "card/cmac.hpp"
#include "card/key_file.hpp"
#include "core/hex.hpp"

namespace wasl::test {

inline std::string from_hex(std::string_view text) {
  const auto bytes = core::from_hex(text);
  EXPECT_TRUE(bytes.has_value()) << "not hexadecimal";
  return bytes.value_or(std::string{});
}

using core::to_hex;

inline card::Key key(std::string_view hex) {
  const auto parsed = card::key_from_hex(hex);
  EXPECT_TRUE(parsed.has_value()) << "not a key";
  return parsed.value_or(card::Key{});
}

}  // namespace wasl::test
