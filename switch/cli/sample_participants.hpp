#pragma once
// Everybody in the sample who is not insured. One thread.

#include <cstdint>
#include <string>

#include "cli/sample.hpp"
#include "cli/sample_random.hpp"

namespace wasl::cli {

// wilayas, funds, participants, centres, agencies, providers, provider_agreements, prescribers.
[[nodiscard]] core::Result<void> write_participants(const SampleOptions& options,
                                                    SampleCounts& counts);

// "M000001" for 0.
[[nodiscard]] std::string sample_prescriber(std::uint32_t index);

// Twenty digits with a right key, of the bank code 000, which no bank has: nobody's account.
[[nodiscard]] std::string sample_payout_account(SampleRandom& random);

}  // namespace wasl::cli
