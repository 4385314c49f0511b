// Which substances there are, and what the files of a catalogue hold.

#include "cli/sample_catalogue.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "cli/sample_catalogue_output.hpp"
#include "cli/sample_inns.hpp"
#include "cli/sample_places.hpp"
#include "cli/sample_random.hpp"
#include "cli/sample_rules.hpp"

namespace wasl::cli {
namespace {

// The second catalogue is smaller, as a second country's first list is.
constexpr std::uint32_t kSecondInnsDivisor = 3;
constexpr std::uint32_t kSecondBrandsDivisor = 5;
constexpr std::int64_t kCentsPerUnit = 100;

std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return part;
}

struct Candidate {
  SampleInn inn;
  std::uint32_t presentation = 0;
  int rank = 0;  // Smaller ones are chosen first.
  std::uint64_t order = 0;
};

// Name | class | condition | form:dose,dose;form:dose
void read_line(std::string_view line, std::uint32_t place, std::vector<Candidate>& out) {
  SampleInn inn;
  inn.name = cut(line, '|');
  inn.atc_class = cut(line, '|').front();
  inn.condition = cut(line, '|').front();
  std::uint32_t presentation = 0;
  while (!line.empty()) {
    std::string_view doses = cut(line, ';');
    const std::string_view form = cut(doses, ':');
    while (!doses.empty()) {
      inn.presentation = std::string{form} + ' ' + std::string{cut(doses, ',')};
      inn.code = inn.atc_class + padded(place, 3) + '-' + padded(++presentation, 2);
      out.push_back({.inn = inn, .presentation = presentation, .rank = 0, .order = 0});
    }
  }
}

std::vector<Candidate> all_candidates() {
  std::vector<Candidate> candidates;
  std::uint32_t place = 0;
  for (std::string_view list :
       {std::string_view{kSampleInnsFirst}, std::string_view{kSampleInnsSecond}}) {
    while (!list.empty()) {
      const std::string_view line = cut(list, '\n');
      if (!line.empty()) read_line(line, ++place, candidates);
    }
  }
  return candidates;
}

// Most packs cost a few hundred, cancer and immune treatments tens of thousands.
std::int64_t usual_price(char atc_class, SampleRandom random) {
  if (atc_class == 'L') return random.between(2'000, 60'000) * kCentsPerUnit;
  constexpr std::array<std::uint32_t, 3> kShares{70, 25, 5};
  constexpr std::array<std::pair<int, int>, 3> kRanges{{{60, 600}, {600, 2'000}, {2'000, 9'000}}};
  const auto [min, max] = kRanges[random.weighted(kShares)];
  return random.between(min, max) * kCentsPerUnit + random.between(0, 99);
}

}  // namespace

std::string money_text(std::int64_t cents) {
  return std::to_string(cents / kCentsPerUnit) + '.' +
         padded(static_cast<std::uint64_t>(cents % kCentsPerUnit), 2);
}

SampleCatalogue::SampleCatalogue(const SampleOptions& options) : options_(options) {
  choose_inns();
}

// First presentations first, and among them what a small sample cannot do without: the restricted
// substances, one for each condition, then the others of conditions.
void SampleCatalogue::choose_inns() {
  std::vector<Candidate> candidates = all_candidates();
  std::set<char> served{'-'};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Candidate& each = candidates[i];
    each.order = SampleRandom(options_.seed, kStreamInns, ~i).next();
    each.rank = sample_restricted(each.inn.name)           ? 0
                : served.insert(each.inn.condition).second ? 1
                : each.inn.condition != '-'                ? 2
                                                           : 3;
  }
  std::ranges::sort(candidates, {}, [](const Candidate& each) {
    return std::tuple{each.presentation, each.rank, each.order};
  });
  candidates.resize(std::min<std::size_t>(options_.inns, candidates.size()));
  // Brands prefer what stands first: what is in wide use is not restricted.
  std::ranges::stable_partition(
      candidates, [](const Candidate& each) { return !sample_restricted(each.inn.name); });
  for (const Candidate& each : candidates) inns_.push_back(each.inn);
  for (std::uint32_t i = 0; i < inns_.size(); ++i) {
    inns_[i].price = usual_price(inns_[i].atc_class, {options_.seed, kStreamInns, i});
    all_.push_back(i);
    by_condition_[static_cast<unsigned char>(inns_[i].condition)].push_back(i);
  }
}

const std::vector<std::uint32_t>& SampleCatalogue::inns_for(char condition) const {
  const auto& usual = by_condition_[static_cast<unsigned char>(condition)];
  return usual.empty() ? all_ : usual;
}

const std::vector<std::string>& SampleCatalogue::dear_products(std::string_view catalogue) const {
  return catalogue == "DZ" ? dear_dz_ : dear_ma_;
}

core::Result<void> SampleCatalogue::write(SampleCounts& counts) {
  SampleFile conditions(options_.out, csv::ConditionsFile::kFormat);
  for (const SampleCondition& each : sample_conditions()) {
    conditions.row({each.code, each.name_fr, each.name_ar});
  }
  SampleFile inns(options_.out, csv::InnsFile::kFormat);
  std::vector<const SampleInn*> sorted;
  sorted.reserve(inns_.size());
  for (const SampleInn& each : inns_) sorted.push_back(&each);
  std::ranges::sort(sorted, {},
                    [](const SampleInn* each) -> const std::string& { return each->code; });
  for (const SampleInn* each : sorted) inns.row({each->code, each->name, each->presentation});
  Output output(options_.out);
  write_catalogue(output, "DZ", options_.inns, options_.brands);
  counts.tarifs = output.tarif_rows;
  write_catalogue(output, "MA", std::max(1U, options_.inns / kSecondInnsDivisor),
                  std::max(1U, options_.brands / kSecondBrandsDivisor));
  return close_all(conditions, inns, output.products, output.restrictions, output.tarifs);
}

void SampleCatalogue::write_catalogue(Output& output, std::string_view catalogue,
                                      std::uint32_t inns, std::uint32_t brands) {
  inns = std::min(inns, static_cast<std::uint32_t>(inns_.size()));
  const std::vector<Brand> made = make_brands(catalogue, inns, brands);
  for (std::size_t i = 0; i < made.size(); ++i) write_brand(output, catalogue, i, made[i]);
  const bool first = catalogue == "DZ";
  write_tarifs(output, catalogue, first ? options_.tarifs : inns, made);
  if (first) output.tarif_rows = std::min<std::uint64_t>(output.tarif_rows, options_.tarifs);
}

// In Algeria the middle of the brands' prices, elsewhere the cheapest generic. Substances with
// several brands come first: a tarif compares them.
void SampleCatalogue::write_tarifs(Output& output, std::string_view catalogue, std::uint32_t count,
                                   const std::vector<Brand>& brands) {
  std::vector<std::vector<std::int64_t>> prices(inns_.size());
  for (const Brand& each : brands) {
    if (each.reimbursable) prices[each.inn].push_back(each.price);
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t inn = 0; inn < prices.size(); ++inn) {
    if (!prices[inn].empty()) order.push_back(inn);
  }
  std::ranges::stable_sort(order, std::greater{}, [&](std::uint32_t inn) {
    return std::min<std::size_t>(prices[inn].size(), 3);
  });
  const bool first = catalogue == "DZ";
  if (!first) std::erase_if(order, [&](std::uint32_t inn) { return prices[inn].size() < 2; });
  order.resize(std::min<std::size_t>(order.size(), count));
  std::ranges::sort(order);
  for (const std::uint32_t inn : order) {
    std::vector<std::int64_t>& list = prices[inn];
    std::ranges::sort(list);
    const std::int64_t amount = first ? list[(list.size() - 1) / 2] : list.front();
    output.tarifs.row({catalogue, inns_[inn].code, "2006-04-16", "", money_text(amount), "1"});
    ++output.tarif_rows;
  }
}

}  // namespace wasl::cli
