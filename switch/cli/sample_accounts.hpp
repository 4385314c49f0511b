#pragma once
// The insured of the sample, account by account: each depends on seed and place alone, but for the
// running number of its cards.
// The rules of the numbers (docs/import_format.md): insured number i (from 0) is ten digits
// 1,000,000,000 + 400 i + random(400), then the two-digit key 97 - (these mod 97); card number j
// (from 0, over all accounts) is "2130" and the twelve digits of (j + 1) x 387,420,489 mod 10^12.

#include <cstdint>
#include <string>

#include "cli/sample.hpp"
#include "cli/sample_catalogue.hpp"

namespace wasl::cli {

// Insured numbers lie this far apart on average, which leaves room for 22.5 M accounts.
inline constexpr std::uint64_t kSampleInsuredStep = 400;
// One card in this many is barred: those whose place, mod this, is kSampleBarredPlace.
inline constexpr std::uint64_t kSampleBarredEvery = 1'000;
inline constexpr std::uint64_t kSampleBarredPlace = 17;

[[nodiscard]] std::string sample_insured(std::uint64_t seed, std::uint64_t account);
[[nodiscard]] std::string sample_card(std::uint64_t card);

// accounts, cards, beneficiaries, rights, treatments, agreements.
[[nodiscard]] core::Result<void> write_accounts(const SampleOptions& options,
                                                const SampleCatalogue& catalogue,
                                                SampleCounts& counts);

}  // namespace wasl::cli
