#pragma once
// An exported run's bank files, fetched from the switch part by part over whatever connection `ask`
// speaks. What comes is not believed: names, offsets, sizes, digests, payouts and sums must be the
// run's.

#include <vector>

#include "cli/fund_listings.hpp"
#include "core/bank_file.hpp"
#include "core/ids.hpp"

namespace wasl::cli {

// All of them, in order. `first`: the envelope of every request, its body apart. Errors: those of
// ask; kNotPermitted with the reason, if there is none; kOutOfRange: the switch cannot make one;
// kMalformed: what came is not the run's.
[[nodiscard]] core::Result<std::vector<core::BankFile>> fetch_bank_files(
    const AskPage& ask, const core::FundCode& fund, const v1::SettlementRun& run,
    v1::Envelope first = {});

}  // namespace wasl::cli
