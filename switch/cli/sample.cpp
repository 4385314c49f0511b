#include "cli/sample.hpp"

#include <filesystem>
#include <fstream>

#include "cli/sample_accounts.hpp"
#include "cli/sample_catalogue.hpp"
#include "cli/sample_participants.hpp"
#include "cli/sample_rulebooks.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::fail;

template <typename T>
core::Result<void> check(const char* option, T value, T min, T max) {
  if (min <= value && value <= max) return {};
  return fail(Errc::kOutOfRange, std::string{option} + ' ' + std::to_string(value) +
                                     ": give a number from " + std::to_string(min) + " to " +
                                     std::to_string(max));
}

core::Result<void> check(const SampleOptions& options) {
  // Room for the dates that are laid around this one.
  constexpr core::Day kMin = std::chrono::year{2000} / 1 / 1;
  constexpr core::Day kMax = std::chrono::year{2150} / 1 / 1;
  if (options.date < kMin || options.date > kMax) {
    return fail(Errc::kOutOfRange, "--date: give a day from 2000-01-01 to 2150-01-01");
  }
  const core::Result<void> checks[] = {
      check<std::uint64_t>("--cards", options.cards, 1, kSampleCardsMax),
      check("--pharmacies", options.pharmacies, 1U, kSamplePharmaciesMax),
      check("--centres", options.centres, 1U, kSampleCentresMax),
      check("--prescribers", options.prescribers, 1U, kSamplePrescribersMax),
      check("--inns", options.inns, 1U, kSampleInnsMax),
      check("--brands", options.brands, 1U, kSampleBrandsMax),
      check("--tarifs", options.tarifs, 0U, options.inns)};
  for (const core::Result<void>& each : checks) {
    if (!each) return each;
  }
  return {};
}

core::Result<void> write_rulebooks(const std::string& out) {
  std::error_code error;
  fs::create_directories(out + "/rulebooks", error);
  if (error) return fail(Errc::kIo, out + "/rulebooks: " + error.message());
  for (const SampleRulebook& each : sample_rulebooks()) {
    const std::string path = out + "/rulebooks/" + std::string{each.name};
    std::ofstream file(path, std::ios::binary);
    file << each.content;
    file.close();
    if (!file) return fail(Errc::kIo, path + ": cannot be written");
  }
  return {};
}

}  // namespace

core::Result<SampleCounts> write_sample(const SampleOptions& options) {
  SampleCounts counts;
  if (auto checked = check(options); !checked) return std::unexpected(checked.error());
  if (auto written = write_rulebooks(options.out); !written) {
    return std::unexpected(written.error());
  }
  SampleCatalogue catalogue(options);
  if (auto written = catalogue.write(counts); !written) return std::unexpected(written.error());
  if (auto written = write_participants(options, counts); !written) {
    return std::unexpected(written.error());
  }
  if (auto written = write_accounts(options, catalogue, counts); !written) {
    return std::unexpected(written.error());
  }
  return counts;
}

}  // namespace wasl::cli
