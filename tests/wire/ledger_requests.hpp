#pragma once
// Requests about what a fund owes and is owed, right in every field.

#include "wire/requests.hpp"

namespace wasl::test {

inline v1::Envelope list_balances() {
  v1::Envelope envelope;
  envelope.mutable_list_balances();
  return envelope;
}

// Of a pharmacy or centre; a fund gives no fund.
inline v1::Envelope list_postings(const char* fund = "CNAS") {
  v1::Envelope envelope;
  envelope.mutable_list_postings()->set_fund(fund);
  return envelope;
}

// By an operator.
inline v1::Envelope reduce_claim() {
  v1::Envelope envelope;
  v1::ReduceClaim& reduce = *envelope.mutable_reduce_claim();
  reduce.set_request_id(std::string(16, '\xb1'));
  name_bordereau(reduce);
  reduce.set_claim_id(77);
  reduce.set_insurer_cents(90'000);
  reduce.set_reason(v1::MEDICAL_CONTROL);
  return envelope;
}

inline v1::Envelope list_receivables() {
  v1::Envelope envelope;
  envelope.mutable_list_receivables();
  return envelope;
}

// Of any role.
inline v1::Envelope reconcile() {
  v1::Envelope envelope;
  envelope.mutable_reconcile()->set_fund("CNAS");
  envelope.mutable_reconcile()->set_date("2026-03-10");
  return envelope;
}

inline void set_tally(v1::Tally& tally, std::uint64_t count, std::int64_t amount_cents) {
  tally.set_count(count);
  tally.set_amount_cents(amount_cents);
}

// Of a pharmacy, with what it counted itself.
inline v1::Envelope reconcile_own() {
  v1::Envelope envelope = reconcile();
  v1::OwnTotals& own = *envelope.mutable_reconcile()->mutable_own();
  set_tally(*own.mutable_authorised(), 3, 300'000);
  set_tally(*own.mutable_reversed(), 1, 96'000);
  set_tally(*own.mutable_presented(), 2, 204'000);
  return envelope;
}

}  // namespace wasl::test
