#pragma once
// Rows of payees, added up payee by payee. Pure.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cli/payout_view.hpp"

namespace wasl::cli {

// What stands in the rows of one payee.
struct PayeeSum {
  v1::Payee payee;
  std::size_t items = 0;
  std::int64_t cents = 0;
};

// One for each payee, in the order of the rows, of whom each payee's stand together.
template <typename Row>
[[nodiscard]] std::vector<PayeeSum> by_payee(std::span<const Row> rows) {
  std::vector<PayeeSum> sums;
  for (const Row& row : rows) {
    if (sums.empty() || !same_payee(sums.back().payee, row.payee())) {
      sums.push_back({.payee = row.payee(), .items = 0, .cents = 0});
    }
    ++sums.back().items;
    sums.back().cents += row.amount_cents();
  }
  return sums;
}

}  // namespace wasl::cli
