// Funds, authorities, desks, wilayas, centres with agencies, pharmacies, prescribers.

#include "cli/sample_participants.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>

#include "cli/sample_file.hpp"
#include "cli/sample_places.hpp"
#include "cli/sample_random.hpp"
#include "csv/formats.hpp"

namespace wasl::cli {
namespace {

using core::to_text;
using std::chrono::days;

constexpr int kYearDays = 365;
constexpr int kAgenciesMax = 3;

// Shares of `total` in proportion to the weights; what rounding leaves goes where most was cut off.
std::vector<std::uint32_t> shares(std::uint32_t total, const std::vector<std::uint32_t>& weights) {
  const std::uint64_t sum = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  std::vector<std::uint32_t> parts;
  std::vector<std::size_t> order;
  for (const std::uint32_t weight : weights) {
    parts.push_back(static_cast<std::uint32_t>(std::uint64_t{total} * weight / sum));
    order.push_back(order.size());
  }
  std::ranges::stable_sort(order, std::greater{},
                           [&](std::size_t i) { return std::uint64_t{total} * weights[i] % sum; });
  const std::uint32_t left = total - std::accumulate(parts.begin(), parts.end(), 0U);
  for (const std::size_t i : std::span(order).first(left)) ++parts[i];
  return parts;
}

std::string centre_name(std::string_view kind_fr, std::string_view kind_ar,
                        const SampleWilaya& wilaya, std::uint32_t number) {
  return std::string{kind_fr} + ' ' + std::string{wilaya.name_fr} + ' ' + std::to_string(number) +
         " · " + std::string{kind_ar} + ' ' + std::string{wilaya.name_ar};
}

struct Network {
  const SampleOptions& options;
  SampleCounts& counts;
  std::vector<std::vector<std::string>> centres_of;  // By wilaya.
};

core::Result<void> write_fixed(const SampleOptions& options) {
  SampleFile wilayas(options.out, csv::WilayasFile::kFormat);
  for (const SampleWilaya& each : sample_wilayas()) {
    wilayas.row({each.code, each.name_fr, each.name_ar});
  }
  SampleFile funds(options.out, csv::FundsFile::kFormat);
  SampleFile participants(options.out, csv::ParticipantsFile::kFormat);
  for (const SampleFund& each : sample_funds()) {
    funds.row({each.code, each.scheme, each.name, "1"});
    participants.row({"fund", each.code, each.name, "no", "1"});
  }
  participants.row({"authority", "DZ", "Autorité du régime algérien · سلطة النظام", "no", "1"});
  participants.row({"authority", "MA", "Autorité du régime marocain · سلطة النظام", "no", "1"});
  participants.row({"desk", "3010", "Centre d'appel · مركز الاتصال", "no", "1"});
  return close_all(wilayas, funds, participants);
}

// Writes the agencies of the wilaya's n-th centre.
void write_agencies(SampleFile& file, const std::string& centre, const SampleWilaya& wilaya,
                    std::uint32_t n, int count) {
  for (int a = 1; a <= count; ++a) {
    file.row({centre + '-' + std::to_string(a), centre,
              centre_name("Agence", "وكالة", wilaya, n * 10 + static_cast<std::uint32_t>(a)), "no",
              "1"});
  }
}

core::Result<void> write_centres(Network& network) {
  const SampleOptions& options = network.options;
  SampleFile centres(options.out, csv::CentresFile::kFormat);
  SampleFile agencies(options.out, csv::AgenciesFile::kFormat);
  const auto wilayas = sample_wilayas();
  std::vector<std::uint32_t> weights;
  for (const SampleWilaya& each : wilayas) weights.push_back(each.weight);
  const std::vector<std::uint32_t> parts = shares(options.centres, weights);
  network.centres_of.resize(wilayas.size());
  std::uint64_t row = 0;
  for (std::size_t w = 0; w < wilayas.size(); ++w) {
    for (std::uint32_t n = 1; n <= parts[w]; ++n) {
      SampleRandom random(options.seed, kStreamCentres, row++);
      const std::string id = std::string{wilayas[w].code} + '-' + padded(n, 2);
      centres.row({id, wilayas[w].code, centre_name("Centre", "مركز", wilayas[w], n), "no", "1"});
      network.centres_of[w].push_back(id);
      const int agency_count = random.between(1, kAgenciesMax);
      write_agencies(agencies, id, wilayas[w], n, agency_count);
      network.counts.agencies += static_cast<std::uint64_t>(agency_count);
    }
  }
  return close_all(centres, agencies);
}

void write_agreements(SampleFile& file, const std::string& provider, core::Day date,
                      SampleRandom& random) {
  // Of ten thousand: nearly all work with the first fund, five in six with the second.
  constexpr std::array<std::uint32_t, 3> kWithFund{9'800, 8'330, 1'500};
  const auto funds = sample_funds();
  for (std::size_t i = 0; i < funds.size(); ++i) {
    const core::Day from = date - days{random.between(kYearDays, 10 * kYearDays)};
    const bool ended = random.chance(100);
    const int ends_in = ended ? -random.between(1, 200) : random.between(200, 3 * kYearDays);
    if (!random.chance(kWithFund[i])) continue;
    file.row({provider, funds[i].code, to_text(from), to_text(date + days{ends_in})});
  }
}

core::Result<void> write_pharmacies(Network& network) {
  const SampleOptions& options = network.options;
  SampleFile providers(options.out, csv::ProvidersFile::kFormat);
  SampleFile agreements(options.out, csv::ProviderAgreementsFile::kFormat);
  const auto wilayas = sample_wilayas();
  std::vector<std::uint32_t> weights;
  weights.reserve(wilayas.size());
  for (std::size_t w = 0; w < wilayas.size(); ++w) {
    weights.push_back(network.centres_of[w].empty() ? 0 : wilayas[w].weight);
  }
  const std::vector<std::uint32_t> parts = shares(options.pharmacies, weights);
  std::uint32_t number = 0;
  for (std::size_t w = 0; w < wilayas.size(); ++w) {
    for (std::uint32_t n = 0; n < parts[w]; ++n) {
      SampleRandom random(options.seed, kStreamProviders, ++number);
      const std::string id = std::string{wilayas[w].code} + '-' + padded(number, 6);
      const SampleWord word = random.pick(sample_pharmacy_words());
      const std::string name = "Pharmacie " + std::string{word.fr} + ' ' + std::to_string(number) +
                               " · صيدلية " + std::string{word.ar};
      const bool suspended = random.chance(20);
      providers.row({id, wilayas[w].code, random.pick(network.centres_of[w]), name,
                     suspended ? "yes" : "no", "", sample_payout_account(random), "1"});
      write_agreements(agreements, id, options.date, random);
    }
  }
  return close_all(providers, agreements);
}

std::string prescriber_name(SampleRandom& random) {
  constexpr std::string_view kFr[] = {"za", "mi", "ro", "lu", "ne", "ka", "do", "ve", "ti", "bou"};
  constexpr std::string_view kAr[] = {"زا", "مي", "رو", "لو", "ني", "كا", "دو", "في", "تي", "بو"};
  const auto a = random.below(std::size(kFr));
  const auto b = random.below(std::size(kFr));
  const auto c = random.below(std::size(kFr));
  if (random.chance(3'000)) {
    return "د. " + std::string{kAr[a]} + std::string{kAr[b]} + std::string{kAr[c]};
  }
  std::string name = std::string{kFr[a]} + std::string{kFr[b]} + std::string{kFr[c]};
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return "Dr " + name;
}

core::Result<void> write_prescribers(const SampleOptions& options) {
  SampleFile file(options.out, csv::PrescribersFile::kFormat);
  for (std::uint32_t i = 0; i < options.prescribers; ++i) {
    SampleRandom random(options.seed, kStreamPrescribers, i);
    const std::string name = prescriber_name(random) + ' ' + std::to_string(i + 1);
    file.row({sample_prescriber(i), name, random.chance(30) ? "yes" : "no", "1"});
  }
  return file.close();
}

}  // namespace

std::string sample_prescriber(std::uint32_t index) { return "M" + padded(index + 1, 6); }

std::string sample_payout_account(SampleRandom& random) {
  const std::uint64_t branch = random.below(100'000);
  const std::uint64_t account = random.next() % 10'000'000'000ULL;
  // 97 - (branch and account, then two zeros, mod 97), taken in steps that fit 64 bits.
  const std::uint64_t rest = (branch % 97 * (10'000'000'000ULL % 97) + account) % 97 * 100 % 97;
  return "000" + padded(branch, 5) + padded(account, 10) + padded(97 - rest, 2);
}

core::Result<void> write_participants(const SampleOptions& options, SampleCounts& counts) {
  Network network{options, counts, {}};
  if (auto written = write_fixed(options); !written) return written;
  if (auto written = write_centres(network); !written) return written;
  if (auto written = write_pharmacies(network); !written) return written;
  return write_prescribers(options);
}

}  // namespace wasl::cli
