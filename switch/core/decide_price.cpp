// rules.md "Price".

#include <algorithm>

#include "core/claim_facts.hpp"

namespace wasl::core {

LinePrice price_line(std::uint32_t quantity, Cents unit, std::optional<Cents> tarif,
                     BasisPoints rate) {
  const Cents price = quantity * unit;
  const Cents base = tarif ? quantity * std::min(unit, *tarif) : price;
  const Cents insurer = share(base, rate);
  WASL_ASSERT(insurer <= price);
  return {.price = price, .insurer = insurer, .patient = price - insurer};
}

}  // namespace wasl::core
