#include "core/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace wasl::core {
namespace {

// Optimal string alignment: one row for each of the last two prefixes of `a`.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> last(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::move(last);
    last = std::move(row);
  }
  return last.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::size_t fewest = (word.size() + 2) / 3 + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t needed = edits(word, candidate);
    if (needed >= fewest) continue;
    fewest = needed;
    found = candidate;
  }
  return found;
}

}  // namespace wasl::core
