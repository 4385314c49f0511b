#pragma once
// Bordereau 12 of a pharmacy, half reviewed by record 90: claim 70 accepted, 71 rejected, 72 held,
// 73 presented; 960.00, 500.00, 600.00 and 400.00.

#include <cstdint>
#include <string>

#include "wasl/v1/bordereau.pb.h"

namespace wasl::test {

inline void add_claim(v1::Bordereau& bordereau, std::int64_t cents, v1::State state,
                      v1::ReviewReason reason = v1::REVIEW_REASON_NONE) {
  const int index = bordereau.claims_size();
  v1::PresentedClaim& claim = *bordereau.add_claims();
  claim.set_claim_id(static_cast<std::uint64_t>(70 + index));
  claim.set_request_id(std::string(16, static_cast<char>(0xa0 + index)));
  claim.set_insurer_cents(cents);
  claim.set_state(state);
  claim.set_reason(reason);
  if (state != v1::PRESENTED) claim.set_reviewed_by(90);
}

inline v1::Bordereau reviewed_bordereau() {
  v1::Bordereau one;
  one.set_fund("CNAS");
  one.mutable_provider()->set_role(v1::PROVIDER);
  one.mutable_provider()->set_id("16-004512");
  one.set_centre("16-01");
  one.set_number(12);
  one.set_closed_by(77);
  one.set_closed_at_ms(1'773'129'600'000);  // 2026-03-10T08:00:00Z
  one.set_due("2026-03-25");
  one.set_count(4);
  one.set_total_cents(246'000);
  one.set_accepted_cents(96'000);
  one.set_rejected_cents(50'000);
  add_claim(one, 96'000, v1::ACCEPTED);
  add_claim(one, 50'000, v1::REJECTED, v1::WRONG_TARIF);
  add_claim(one, 60'000, v1::HELD, v1::MISSING_PRESCRIPTION);
  one.mutable_claims(2)->set_until("2026-03-20");
  one.mutable_claims(2)->set_owner(v1::STEP_OF_PROVIDER);
  add_claim(one, 40'000, v1::PRESENTED);
  return one;
}

// Claim 70 by 80.00, as record 95 did.
inline void reduce_claim(v1::Bordereau& bordereau) {
  v1::PresentedClaim& claim = *bordereau.mutable_claims(0);
  claim.set_insurer_cents(88'000);
  claim.set_reason(v1::WRONG_QUANTITY);
  claim.set_reduced_cents(8'000);
  claim.set_reduced_by(95);
  bordereau.set_accepted_cents(88'000);
  bordereau.set_reduced_cents(8'000);
}

}  // namespace wasl::test
