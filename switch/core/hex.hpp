#pragma once
// Bytes as hexadecimal text and back.

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"

namespace wasl::core {

// Two lower-case digits a byte.
[[nodiscard]] std::string to_hex(ByteView bytes);

// Digits in either case and nothing else, two a byte.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

}  // namespace wasl::core
