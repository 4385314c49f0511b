// Constructed brands: names of invented syllables, prices around the substance's, limits,
// restrictions.

#include <algorithm>
#include <set>

#include "cli/sample_catalogue_output.hpp"
#include "cli/sample_places.hpp"
#include "cli/sample_random.hpp"
#include "cli/sample_rules.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kStarts[] = {"B",  "D",  "F",  "G",  "K",  "L",  "M",  "N",
                                        "P",  "R",  "S",  "T",  "V",  "Z",  "BR", "CL",
                                        "DR", "FL", "GL", "KR", "PR", "SP", "ST", "TR"};
constexpr std::string_view kVowels[] = {"A", "E", "I", "O", "U", "AU", "IA", "EO"};
constexpr std::string_view kEnds[] = {"X", "L", "N", "R", "S", "ZOL", "VAN", "DEX", "MIR", "TYL"};

std::string brand_name(SampleRandom& random) {
  std::string name;
  for (int syllable = 0; syllable < 3; ++syllable) {
    name += random.pick(kStarts);
    name += random.pick(kVowels);
  }
  return name += random.pick(kEnds);
}

// Substances that make dependent: twelve weeks, then only with an agreement.
constexpr std::string_view kTwelveWeeks[] = {
    "Diazépam", "Bromazépam", "Alprazolam", "Lorazépam", "Clorazépate",
    "Prazépam", "Oxazépam",   "Nitrazépam", "Zolpidem",  "Zopiclone"};
constexpr std::string_view kTwelveWeeksDays = "84";

// Dearer packs need the fund's agreement first, however short the supply.
constexpr std::int64_t kDearCents = 25'000'00;
// A few products changed their price: an older row stands before the present one.
constexpr std::size_t kRepricedEvery = 25;
constexpr std::string_view kRepricedFrom = "2012-01-01";
constexpr std::string_view kRepricedUntil = "2022-12-31";
constexpr std::string_view kPresentFrom = "2023-01-01";

std::string product_code(std::string_view catalogue, std::size_t index) {
  // Five digits of a national code; thirteen as on a bar code, of a prefix that is not in use.
  return catalogue == "DZ" ? padded(1'001 + index * 3, 5) : "2990000" + padded(index, 6);
}

}  // namespace

std::vector<SampleCatalogue::Brand> SampleCatalogue::make_brands(std::string_view catalogue,
                                                                 std::uint32_t inns,
                                                                 std::uint32_t brands) const {
  std::vector<Brand> made;
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < brands; ++i) {
    SampleRandom random(options_.seed, kStreamBrands,
                        std::uint64_t{i} * 2 + (catalogue == "DZ" ? 0 : 1));
    Brand brand;
    // Each substance once, then the first ones, which are in wide use, more often than the others.
    brand.inn = i < inns ? i : std::min(random.below(inns), random.below(inns));
    const SampleInn& inn = inns_[brand.inn];
    brand.price = inn.price * random.between(75, 130) / 100;
    brand.reimbursable = !random.chance(400);
    std::string name = brand_name(random);
    while (!names.insert(name).second) name = brand_name(random);
    constexpr std::string_view kPacks[] = {"B/20", "B/28", "B/30", "B/60"};
    const bool counted = inn.presentation.starts_with("cp") || inn.presentation.starts_with("gél");
    brand.name = name + ' ' + inn.presentation;
    if (counted) brand.name += ' ' + std::string{random.pick(kPacks)};
    brand.code = product_code(catalogue, i);
    made.push_back(std::move(brand));
  }
  return made;
}

void SampleCatalogue::write_brand(Output& output, std::string_view catalogue, std::size_t index,
                                  const Brand& brand) {
  SampleRandom random(options_.seed, kStreamBrands, ~std::uint64_t{index});
  const SampleInn& inn = inns_[brand.inn];
  const bool first = catalogue == "DZ";
  const bool dear = brand.price >= kDearCents;
  const bool twelve_weeks = std::ranges::find(kTwelveWeeks, inn.name) != std::end(kTwelveWeeks);
  constexpr std::string_view kQuantities[] = {"", "2", "3", "4", "6", "10"};
  const std::string_view quantity_max = random.pick(kQuantities);
  const std::string_view supply_max = twelve_weeks ? "180" : random.chance(6'000) ? "" : "90";
  const std::string_view above = dear ? "0" : twelve_weeks ? kTwelveWeeksDays : "";
  if (dear && brand.reimbursable) (first ? dear_dz_ : dear_ma_).push_back(brand.code);
  const auto write = [&](std::string_view from, std::string_view until, std::int64_t price) {
    output.products.row({catalogue, brand.code, from, until, inn.code, brand.name,
                         brand.reimbursable ? "yes" : "no", money_text(price), first ? "80" : "70",
                         quantity_max, supply_max, above, "1"});
    for (const SampleRule& rule : sample_rules()) {
      if (rule.inn_name != inn.name) continue;
      const std::string_view condition =
          rule.condition == '-' ? std::string_view{} : sample_condition_code(rule.condition);
      output.restrictions.row({catalogue, brand.code, from, rule.age_min, rule.age_max, condition});
    }
  };
  if (index % kRepricedEvery != 0) return write(kRepricedFrom, "", brand.price);
  write(kRepricedFrom, kRepricedUntil, brand.price * 4 / 5);
  write(kPresentFrom, "", brand.price);
}

}  // namespace wasl::cli
