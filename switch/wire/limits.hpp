#pragma once
// Bounds of requests beyond those of core/request.hpp and core/rows.hpp, each with where its number
// comes from.

#include <cstddef>
#include <cstdint>

#include "core/request.hpp"

namespace wasl::wire {

// What stands here is also in docs/wire_protocol.md and in the comments of proto/wasl/v1.
inline constexpr std::uint8_t kLanguagesMax = 3;       // All there are.
inline constexpr std::uint8_t kBatchItemsMax = 100;    // One engine group takes it whole.
inline constexpr std::uint8_t kAgreementsMax = 32;     // More do not fit an account's 4 KiB anyway.
inline constexpr std::uint8_t kRightsMax = 16;         // Eight years of half-yearly intervals.
inline constexpr std::uint8_t kTreatmentsMax = 16;     // Long-term conditions of one person.
inline constexpr std::uint8_t kTreatmentInnsMax = 16;  // Medicines of one condition.
inline constexpr std::uint8_t kFundAgreementsMax = 16;  // Funds, with past and coming agreements.
inline constexpr std::uint8_t kAlternativesMax = 16;    // Ways to meet one product's restriction.
inline constexpr std::size_t kEchoBytesMax = 4'096;     // Shows a link's largest usual frame.
inline constexpr std::uint8_t kAgeMax = 150;            // Completed years of any living person.
inline constexpr std::uint64_t kFeedAgreementIds = 1ULL
                                                   << 63;  // Those that the switch never gives.
// A later client may send fields that this switch does not know; more of them are an attack.
inline constexpr unsigned kUnknownFieldsMax = 64;

}  // namespace wasl::wire
