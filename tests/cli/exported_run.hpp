#pragma once
// A run of fund CNAS that was exported, as the store has it and as the switch tells it, and its
// bank files.

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/bank_file.hpp"
#include "core/ids.hpp"
#include "wasl/v1/settlement.pb.h"

namespace wasl::test {

inline const core::FundCode kCnas = *core::FundCode::make("CNAS");
inline constexpr const char* kFundRib = "00100600030000012339";
inline constexpr const char* kPayeeRib = "00799999002345678941";
inline constexpr std::int64_t kExportedAtMs = 1'774'000'000'123;

// Payouts 1 to `payouts` of 100.01, 100.02 and so on; the first is an insured person's, all others
// are of pharmacies.
inline std::vector<core::Payout> payouts_of(std::uint64_t run, std::uint32_t payouts) {
  std::vector<core::Payout> all(payouts);
  for (std::uint32_t number = 1; number <= payouts; ++number) {
    core::Payout& each = all[number - 1];
    each.fund = kCnas;
    each.id = {.run = run, .number = number};
    if (number == 1) {
      each.payee = *core::InsuredNumber::make("1600123456");
    } else {
      each.payee =
          core::Participant{core::Role::kProvider, *core::ParticipantId::make("16-004512")};
      each.to.name = "Pharmacie Benaïssa";
    }
    each.to.account = kPayeeRib;
    each.amount = core::Cents{10'000 + number};
    each.state = core::PayoutState::kExported;
  }
  return all;
}

inline core::SettlementRun stored_run(std::uint64_t id, std::uint32_t payouts,
                                      std::uint16_t payouts_per_file) {
  core::SettlementRun run;
  run.fund = kCnas;
  run.id = id;
  run.state = core::RunState::kExported;
  run.value_date = *core::parse_day("2026-03-25");
  run.payouts = payouts;
  for (const core::Payout& each : payouts_of(id, payouts)) run.total += each.amount;
  run.exported = core::RunExport{.by = *core::OperatorId::make("007"),
                                 .at = core::Instant{std::chrono::milliseconds{kExportedAtMs}},
                                 .account = kFundRib,
                                 .name = "Caisse nationale",
                                 .payouts_per_file = payouts_per_file,
                                 .payouts = payouts};
  return run;
}

// All of the run's files.
inline std::vector<core::BankFile> files_of(const core::SettlementRun& run,
                                            std::span<const core::Payout> payouts) {
  std::vector<core::BankFile> files;
  const std::uint16_t per_file = run.exported->payouts_per_file;
  for (std::uint32_t number = 1; number <= core::bank_files(run.payouts, per_file); ++number) {
    const auto range = core::payouts_of_file(number, run.payouts, per_file);
    auto file = cli::CreditTransferFiles().make(
        run, number, payouts.subspan(range->first - 1, range->last - range->first + 1));
    EXPECT_TRUE(file) << core::describe(file.error());
    if (file) files.push_back(std::move(*file));
  }
  return files;
}
inline std::vector<core::BankFile> files_of(std::uint64_t run, std::uint32_t payouts,
                                            std::uint16_t payouts_per_file) {
  return files_of(stored_run(run, payouts, payouts_per_file), payouts_of(run, payouts));
}

inline v1::SettlementRun exported_run(std::uint64_t id, std::uint32_t payouts,
                                      std::uint16_t payouts_per_file) {
  v1::SettlementRun run;
  run.set_run(id);
  run.set_state(v1::RUN_EXPORTED);
  run.set_value_date("2026-03-25");
  run.set_payouts(payouts);
  run.set_exported(payouts);
  run.set_payouts_per_file(payouts_per_file);
  run.set_total_cents(stored_run(id, payouts, payouts_per_file).total.value);
  run.set_exported_by("007");
  run.set_exported_at_ms(kExportedAtMs);
  run.set_debtor_account(kFundRib);
  run.set_debtor_name("Caisse nationale");
  return run;
}

}  // namespace wasl::test
