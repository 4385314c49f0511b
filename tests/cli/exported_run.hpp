#pragma once
// A run of fund CNAS that was exported, and its transfers, as the switch tells them.

#include <string>
#include <vector>

#include "core/ids.hpp"
#include "wasl/v1/settlement.pb.h"

namespace wasl::test {

inline const core::FundCode kCnas = *core::FundCode::make("CNAS");
inline constexpr const char* kFundRib = "00100600030000012339";
inline constexpr const char* kPayeeRib = "00799999002345678941";

// Payouts 1 to `payouts` of 100.01, 100.02 and so on; the first is an insured person's, all others
// are of pharmacies.
inline std::vector<v1::Transfer> transfers_of(std::uint64_t run, std::uint32_t payouts) {
  std::vector<v1::Transfer> transfers(payouts);
  for (std::uint32_t number = 1; number <= payouts; ++number) {
    v1::Transfer& each = transfers[number - 1];
    each.set_number(number);
    each.set_end_to_end_id("CNAS-" + std::to_string(run) + "-" + std::to_string(number));
    if (number == 1) {
      each.mutable_payee()->set_insured_number("1600123456");
    } else {
      each.mutable_payee()->mutable_provider()->set_role(v1::PROVIDER);
      each.mutable_payee()->mutable_provider()->set_id("16-004512");
      each.set_payee_name("Pharmacie Benaïssa");
    }
    each.set_payout_account(kPayeeRib);
    each.set_amount_cents(10'000 + number);
  }
  return transfers;
}

inline v1::SettlementRun exported_run(std::uint64_t id, std::uint32_t payouts,
                                      std::uint32_t payouts_per_file) {
  v1::SettlementRun run;
  run.set_run(id);
  run.set_state(v1::RUN_EXPORTED);
  run.set_value_date("2026-03-25");
  run.set_payouts(payouts);
  run.set_exported(payouts);
  run.set_payouts_per_file(payouts_per_file);
  for (const v1::Transfer& each : transfers_of(id, payouts)) {
    run.set_total_cents(run.total_cents() + each.amount_cents());
  }
  run.set_exported_by("007");
  run.set_exported_at_ms(1'774'000'000'123);
  run.set_debtor_account(kFundRib);
  run.set_debtor_name("Caisse nationale");
  return run;
}

}  // namespace wasl::test
