#pragma once
// The balances beside the rows of a store that is a map, as store::Rocks keeps them.

#include <string>

#include "core/ledger.hpp"

namespace wasl::test {

// `value` was just put under `key`: if it is a set of postings, its fund's balances follow.
template <typename Rows>
void keep_balances(const core::RowKey& key, const std::string& value, Rows& rows) {
  if (!core::posting_place(key)) return;
  core::Balances posted;
  core::add_postings(key, core::as_bytes(value), posted);
  for (const auto& [place, added] : posted) {
    std::string& stored = rows[typename Rows::key_type(place.view())];
    core::Balance balance = core::decode_balance(core::as_bytes(stored)).value_or(core::Balance{});
    balance.debit += added.debit;
    balance.credit += added.credit;
    stored = core::encode_balance(balance);
  }
}

}  // namespace wasl::test
