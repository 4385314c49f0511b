#pragma once
// What `wasl settle` prints: settlement runs, their payouts, whom a run left out. Pure.

#include <span>
#include <string>
#include <vector>

#include "cli/format.hpp"
#include "core/reason.hpp"
#include "wasl/v1/answer.pb.h"
#include "wasl/v1/settlement.pb.h"

namespace wasl::cli {

// `language`: of the states.
[[nodiscard]] std::string runs(std::span<const v1::SettlementRun> rows, Format format,
                               core::Language language);
// Machines get the names of states and of the bank's words.
[[nodiscard]] std::string run_with_payouts(const v1::SettlementRun& run,
                                           std::span<const v1::Payout> payouts, Format format,
                                           core::Language language);

// What became of a run that was proposed.
struct Collected {
  v1::SettlementRun run;
  std::vector<v1::LeftOut> left_out;
};
[[nodiscard]] std::string collected(const Collected& what, Format format, core::Language language);

// What a person who approves or cancels a run agrees to.
[[nodiscard]] std::string run_summary(const v1::SettlementRun& run, core::Language language);

}  // namespace wasl::cli
