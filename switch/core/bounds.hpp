#pragma once
// Bounds of accounts, registrations, products and rulebooks beyond those of request.hpp and
// rows.hpp, each with where its number comes from. Every way into the switch (requests, CSV files,
// rulebook files) takes them from here, so that what one admits the others do too.

#include <cstddef>
#include <cstdint>

namespace wasl::core {

// Of accounts.
inline constexpr std::uint8_t kAgreementsMax = 32;     // More do not fit an account's 4 KiB anyway.
inline constexpr std::uint8_t kRightsMax = 16;         // Eight years of half-yearly intervals.
inline constexpr std::uint8_t kTreatmentsMax = 16;     // Long-term conditions of one person.
inline constexpr std::uint8_t kTreatmentInnsMax = 16;  // Medicines of one condition.

// Of a provider: funds, with past and coming agreements.
inline constexpr std::uint8_t kFundAgreementsMax = 16;

// Of a product.
inline constexpr std::uint8_t kAlternativesMax = 16;  // Ways to meet its restriction.
inline constexpr std::uint8_t kAgeMax = 150;          // Completed years of any living person.

// Of a rulebook. UTC-14:00 to UTC+14:00: every offset in civil use.
inline constexpr std::int16_t kUtcOffsetMinutesMax = 14 * 60;
// As many values below the highest counter as the used-bits of a card hold.
inline constexpr std::uint8_t kAtcWindowMax = 64;
inline constexpr std::size_t kCurrencyBytes = 3;  // ISO 4217.
// Fewer would be more rows than one closing may write.
inline constexpr std::uint8_t kBordereauClaimsLeast = 5;
inline constexpr std::uint16_t kPaymentDaysMax = 366;
inline constexpr std::uint16_t kMinutesOfADay = 24 * 60;

}  // namespace wasl::core
