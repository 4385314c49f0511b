#pragma once
// What the people of a payment centre ask next: reviews of the bordereaux that they have heard of,
// and reductions of what was accepted. They try what is not allowed too. One thread.

#include <optional>
#include <random>

#include "core/request.hpp"
#include "simulation/client_record.hpp"
#include "simulation/hearsay.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

class CentrePeople {
 public:
  // `random` outlives them.
  explicit CentrePeople(std::mt19937_64& random) : random_(random) {}

  // Nothing: no bordereau is known.
  [[nodiscard]] std::optional<core::Request> review(const ClientRecord& record, core::Day today);
  // `rows`: what GetBordereau shows.
  [[nodiscard]] std::optional<core::Request> reduction(const ClientRecord& record,
                                                       const OrderedRows& rows);

 private:
  [[nodiscard]] core::ReviewVerdict some_verdict(core::ClaimId claim, core::Day today);
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::mt19937_64& random_;
};

}  // namespace wasl::test
