#pragma once
// What somebody who mistyped a word probably meant: for messages about options, keys and names.

#include <string>
#include <string_view>
#include <vector>

namespace wasl::core {

// The candidate nearest to the word by edits (insert, delete, replace, swap of neighbours); empty
// if none is within a third of the word's length, rounded up. The first of several equally near.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string>& candidates);

}  // namespace wasl::core
