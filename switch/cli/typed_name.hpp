#pragma once
// A name of a table as people type it. Pure.

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace wasl::cli {

// "wrong-tarif" is WRONG_TARIF.
[[nodiscard]] inline std::string typed_name(std::string_view typed) {
  std::string name(typed);
  std::ranges::transform(name, name.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  return name;
}

}  // namespace wasl::cli
