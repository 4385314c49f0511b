// docs/decline_reasons.md "What an approved line is worth".

#include "core/claim_facts.hpp"

namespace wasl::core {

LinePrice price_line(std::uint32_t quantity, Cents unit_price, Cents unit_base, BasisPoints rate) {
  const Cents price = quantity * unit_price;
  const Cents insurer = share(quantity * unit_base, rate);
  WASL_ASSERT(insurer <= price);
  return {.price = price, .insurer = insurer, .patient = price - insurer};
}

}  // namespace wasl::core
