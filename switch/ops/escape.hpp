#pragma once
// Text from anywhere as the inside of a JSON string that is also safe to print on a terminal: one
// line, valid UTF-8, no control characters (C1 ones included).

#include <string>
#include <string_view>

namespace wasl::ops {

// Without the quotes. Bytes that are no UTF-8 become U+FFFD, each one.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace wasl::ops
