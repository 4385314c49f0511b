#include "core/card_counter.hpp"

#include "core/assert.hpp"

namespace wasl::core {
namespace {

constexpr std::uint64_t bit(std::uint32_t index) { return std::uint64_t{1} << index; }

}  // namespace

bool counter_is_fresh(const Card& card, std::uint32_t atc, std::uint8_t window) {
  if (atc == 0) return false;
  if (atc > card.atc_highest) return true;
  const std::uint32_t below = card.atc_highest - atc;
  if (below == 0 || below > window || below > kAtcWindowBits) return false;
  return (card.atc_used & bit(below - 1)) == 0;
}

void use_counter(Card& card, std::uint32_t atc) {
  WASL_ASSERT(counter_is_fresh(card, atc, kAtcWindowBits));
  if (atc < card.atc_highest) {
    card.atc_used |= bit(card.atc_highest - atc - 1);
    return;
  }
  const std::uint32_t step = atc - card.atc_highest;
  card.atc_used = step < kAtcWindowBits ? card.atc_used << step : 0;
  if (card.atc_highest != 0 && step <= kAtcWindowBits) card.atc_used |= bit(step - 1);
  card.atc_highest = atc;
}

}  // namespace wasl::core
