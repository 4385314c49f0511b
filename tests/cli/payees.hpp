#pragma once
// The two kinds of payees, for tests of what the commands print of them.

#include "wasl/v1/payout.pb.h"

namespace wasl::test {

inline v1::Payee paid_person() {
  v1::Payee payee;
  payee.set_insured_number("1600123456");
  return payee;
}
inline v1::Payee paid_pharmacy() {
  v1::Payee payee;
  payee.mutable_provider()->set_role(v1::PROVIDER);
  payee.mutable_provider()->set_id("16-004512");
  return payee;
}

}  // namespace wasl::test
