#pragma once
// A constructed network as a directory of CSV files (docs/import_format.md): no real person, card
// or pharmacy. The same options give the same bytes on every machine. Memory does not grow with the
// number of cards. Blocking; one thread.

#include <cstdint>
#include <functional>
#include <string>

#include "core/calendar.hpp"
#include "core/result.hpp"

namespace wasl::cli {

// Insured numbers have room for this many accounts (sample_accounts.hpp), and cards are more.
inline constexpr std::uint64_t kSampleCardsMax = 20'000'000;
inline constexpr std::uint32_t kSamplePharmaciesMax = 100'000;
inline constexpr std::uint32_t kSampleCentresMax = 5'000;
inline constexpr std::uint32_t kSamplePrescribersMax = 100'000;
// As many as the lists of active substances hold with all forms and doses.
inline constexpr std::uint32_t kSampleInnsMax = 1'600;
inline constexpr std::uint32_t kSampleBrandsMax = 50'000;

// The defaults are the size of the real network (reference figures in docs/import_format.md), but
// for the cards.
struct SampleOptions {
  std::uint64_t seed = 1;
  std::uint64_t cards = 100'000;
  std::uint32_t pharmacies = 12'000;
  std::uint32_t centres = 830;
  std::uint32_t prescribers = 5'000;
  std::uint32_t inns = 1'365;
  std::uint32_t brands = 4'550;  // Of the first catalogue; the second has a fifth as many.
  std::uint32_t tarifs = 590;    // Of the first catalogue.
  // Rights, agreements and treatments are laid around this day.
  core::Day date = std::chrono::year{2026} / 3 / 10;
  std::string out = {};  // Made if it is not there; must hold none of the files.
  // Called now and then with the number of cards written so far.
  std::function<void(std::uint64_t cards)> progress = {};
};

struct SampleCounts {
  std::uint64_t accounts = 0;
  std::uint64_t cards = 0;
  std::uint64_t beneficiaries = 0;
  std::uint64_t barred_cards = 0;
  std::uint64_t treatments = 0;
  std::uint64_t agencies = 0;
  std::uint64_t tarifs = 0;

  friend bool operator==(const SampleCounts&, const SampleCounts&) = default;
};

[[nodiscard]] core::Result<SampleCounts> write_sample(const SampleOptions& options);

}  // namespace wasl::cli
