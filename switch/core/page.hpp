#pragma once
// Listings travel in pages: a scan gives at most so many rows, and says whether there are more.

#include <cstddef>

namespace wasl::core {

inline constexpr std::size_t kPageMax = 100;  // Rows of one page of a listing.

}  // namespace wasl::core
