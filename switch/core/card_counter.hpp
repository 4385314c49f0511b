#pragma once
// A card's transaction counter (ATC): each value is accepted once, and values that arrive out of
// order are still accepted within a window below the highest. Pure.

#include <cstdint>

#include "core/rows.hpp"

namespace wasl::core {

inline constexpr std::uint32_t kAtcWindowBits = 64;  // Of Card::atc_used.

// Above the highest value, or one of the `window` (0..64) values below it and not yet used. Counter
// 0 is never accepted: a card's first is 1.
[[nodiscard]] bool counter_is_fresh(const Card& card, std::uint32_t atc, std::uint8_t window);

// Marks a value that counter_is_fresh() accepted.
void use_counter(Card& card, std::uint32_t atc);

}  // namespace wasl::core
