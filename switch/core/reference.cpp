#include "core/reference.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace wasl::core {
namespace {

template <typename Entry>
void put_dated(std::vector<Entry>& entries, Entry entry) {
  const auto at = std::ranges::find_if(
      entries, [&](const Entry& other) { return other.in_force.from <= entry.in_force.from; });
  if (at != entries.end() && at->in_force.from == entry.in_force.from) {
    *at = std::move(entry);
  } else {
    entries.insert(at, std::move(entry));
  }
}

template <typename Map, typename Key>
auto find_dated(const Map& map, const Key& key, Day day) -> decltype(map.begin()->second.data()) {
  const auto found = map.find(key);
  if (found == map.end()) return nullptr;
  const auto at = std::ranges::find_if(
      found->second, [&](const auto& entry) { return entry.in_force.contains(day); });
  return at == found->second.end() ? nullptr : &*at;
}

template <typename Map, typename Key>
auto find_entry(const Map& map, const Key& key) -> decltype(&map.begin()->second) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

const Parameters& Rulebook::at(Day day) const {
  WASL_ASSERT(!periods.empty());
  const auto next =
      std::ranges::find_if(periods, [&](const Parameters& period) { return period.from > day; });
  return next == periods.begin() ? periods.front() : *std::prev(next);
}

std::optional<Day> Rulebook::next_period(Day day) const {
  const auto next =
      std::ranges::find_if(periods, [&](const Parameters& period) { return period.from > day; });
  return next == periods.end() ? std::nullopt : std::optional(next->from);
}

void Reference::put(Product product) {
  auto& entries = products_[{product.catalogue, product.code}];
  put_dated(entries, std::move(product));
}

void Reference::put(Tarif tarif) {
  auto& entries = tarifs_[{tarif.catalogue, tarif.inn}];
  put_dated(entries, std::move(tarif));
}

void Reference::put(Prescriber prescriber) {
  const PrescriberId id = prescriber.id;
  prescribers_.insert_or_assign(id, std::move(prescriber));
}

void Reference::put(Fund fund) {
  const FundCode code = fund.code;
  funds_.insert_or_assign(code, std::move(fund));
}

void Reference::put(Rulebook rulebook) {
  WASL_ASSERT(!rulebook.periods.empty());
  const SchemeCode scheme = rulebook.scheme;
  rulebooks_.insert_or_assign(scheme, std::move(rulebook));
}

const Product* Reference::product(const CatalogueCode& catalogue, const ProductCode& code,
                                  Day day) const {
  return find_dated(products_, CatalogueKey<ProductCode>{catalogue, code}, day);
}

const Tarif* Reference::tarif(const CatalogueCode& catalogue, const InnCode& inn, Day day) const {
  return find_dated(tarifs_, CatalogueKey<InnCode>{catalogue, inn}, day);
}

const Prescriber* Reference::prescriber(const PrescriberId& id) const {
  return find_entry(prescribers_, id);
}

const Fund* Reference::fund(const FundCode& code) const { return find_entry(funds_, code); }

const Rulebook* Reference::rulebook(const SchemeCode& scheme) const {
  return find_entry(rulebooks_, scheme);
}

const Rulebook* Reference::rulebook_of(const FundCode& code) const {
  const Fund* known = fund(code);
  return known == nullptr ? nullptr : rulebook(known->scheme);
}

}  // namespace wasl::core
