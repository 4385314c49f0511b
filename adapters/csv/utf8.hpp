#pragma once
// UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing above U+10FFFF. Pure.

#include <cstddef>
#include <string_view>

namespace wasl::csv {

// Bytes of the longest valid beginning; text.size() if all of it is valid.
[[nodiscard]] std::size_t valid_utf8_bytes(std::string_view text);

// Code points of a valid text; a byte that continues none counts for nothing.
[[nodiscard]] std::size_t code_points(std::string_view text);

}  // namespace wasl::csv
