#include "core/rows.hpp"

#include <algorithm>

namespace wasl::core {

const Card* Account::card(const CardNumber& number) const {
  const auto found = std::ranges::find(cards, number, &Card::number);
  return found == cards.end() ? nullptr : &*found;
}

Card* Account::card(const CardNumber& number) {
  const auto found = std::ranges::find(cards, number, &Card::number);
  return found == cards.end() ? nullptr : &*found;
}

const Beneficiary* Account::beneficiary(std::uint8_t rank) const {
  const auto found = std::ranges::find(beneficiaries, rank, &Beneficiary::rank);
  return found == beneficiaries.end() ? nullptr : &*found;
}

}  // namespace wasl::core
