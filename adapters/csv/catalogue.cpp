// Conditions, names of active substances, products, restrictions, tarifs.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/bounds.hpp"
#include "core/request.hpp"
#include "csv/network_reader.hpp"

namespace wasl::csv {
namespace {

using DatedProduct = std::tuple<core::CatalogueCode, core::ProductCode, core::Day>;

DatedProduct key_of(const core::Product& product) {
  return {product.catalogue, product.code, product.in_force.from};
}

constexpr Bounds kSupplyDays{0, core::kSupplyDaysMax};

template <typename T>
std::optional<T> narrowed(std::optional<std::uint64_t> value) {
  if (!value) return std::nullopt;
  return static_cast<T>(*value);
}

core::Product read_product(Table& table) {
  using F = ProductsFile;
  core::Product product;
  product.catalogue = table.code<core::CatalogueCode>(F::kCatalogue);
  product.code = table.code<core::ProductCode>(F::kProduct);
  product.in_force = table.interval(F::kFrom, F::kUntil);
  product.inn = table.code<core::InnCode>(F::kInn);
  product.name = table.text(F::kName, core::kNameBytesMax);
  product.reimbursable = table.yes_or_no(F::kReimbursable);
  product.public_price = table.money(F::kPublicPrice, core::kUnitPriceMax);
  product.rate = table.percent(F::kRatePercent);
  product.quantity_max =
      narrowed<std::uint32_t>(table.integer_or_empty(F::kQuantityMax, {1, core::kQuantityMax}));
  product.supply_days_max =
      narrowed<std::uint16_t>(table.integer_or_empty(F::kSupplyDaysMax, kSupplyDays));
  product.prior_agreement_above_days =
      narrowed<std::uint16_t>(table.integer_or_empty(F::kPriorAgreementAboveDays, kSupplyDays));
  product.source_version = table.integer(F::kSourceVersion, {1, kSourceVersionMax});
  return product;
}

core::RestrictionAlternative read_alternative(Table& table) {
  using F = RestrictionsFile;
  core::RestrictionAlternative alternative;
  alternative.age_min =
      narrowed<std::uint8_t>(table.integer_or_empty(F::kAgeMin, {0, core::kAgeMax}));
  alternative.age_max =
      narrowed<std::uint8_t>(table.integer_or_empty(F::kAgeMax, {0, core::kAgeMax}));
  alternative.condition = table.code_or_empty<core::ConditionCode>(F::kCondition);
  if (!alternative.age_min && !alternative.age_max && alternative.condition.empty()) {
    table.wrong(F::kAgeMin, "an alternative that everybody meets", "an age or a condition");
  }
  if (alternative.age_min && alternative.age_max && *alternative.age_max < *alternative.age_min) {
    table.wrong(F::kAgeMax, quoted(table.raw(F::kAgeMax)), "an age not below age_min");
  }
  return alternative;
}

}  // namespace

void NetworkReader::conditions() const {
  using F = ConditionsFile;
  each(F::kFormat, [&](Table& table) {
    const auto code = table.code<core::ConditionCode>(F::kCondition);
    (void)table.text(F::kNameFr, core::kNameBytesMax);
    (void)table.text(F::kNameAr, core::kNameBytesMax);
    insert_once(table, F::kCondition, network.conditions, code);
  });
}

void NetworkReader::inns() const {
  using F = InnsFile;
  each(F::kFormat, [&](Table& table) {
    const auto code = table.code<core::InnCode>(F::kInn);
    (void)table.text(F::kName, core::kNameBytesMax);
    (void)table.text(F::kPresentation, core::kNameBytesMax);
    insert_once(table, F::kInn, network.inns, code);
  });
}

void NetworkReader::products() const {
  using F = ProductsFile;
  std::set<DatedProduct> seen;
  each(F::kFormat, [&](Table& table) {
    core::Product product = read_product(table);
    must_be_known(table, F::kCatalogue, on_file.catalogue(product.catalogue),
                  "the rulebooks' catalogues");
    must_be_known(table, F::kInn, network.inns.contains(product.inn), "inns.csv");
    insert_once(table, F::kProduct, seen, key_of(product));
    if (!table.row_ok()) return;
    network.product_codes.insert(product.code);
    network.products.push_back(std::move(product));
  });
}

void NetworkReader::restrictions() const {
  using F = RestrictionsFile;
  std::map<DatedProduct, core::Product*> products;
  for (core::Product& product : network.products) products.emplace(key_of(product), &product);
  each(F::kFormat, [&](Table& table) {
    const DatedProduct key{table.code<core::CatalogueCode>(F::kCatalogue),
                           table.code<core::ProductCode>(F::kProduct),
                           table.day_or(F::kFrom, core::kDayMin)};
    const core::RestrictionAlternative alternative = read_alternative(table);
    const auto product = products.find(key);
    must_be_known(table, F::kProduct, product != products.end(), "products.csv, with this `from`");
    must_be_known(
        table, F::kCondition,
        alternative.condition.empty() || network.conditions.contains(alternative.condition),
        "conditions.csv");
    if (!table.row_ok()) return;
    auto& list = product->second->restriction;
    if (std::ranges::find(list, alternative) != list.end()) {
      table.wrong(F::kProduct, "the same alternative again", "each key once in the file");
    } else if (list.size() == core::kAlternativesMax) {
      table.wrong(F::kProduct, "one alternative more",
                  "at most " + std::to_string(core::kAlternativesMax) + " of a product");
    } else {
      list.push_back(alternative);
    }
  });
}

void NetworkReader::tarifs() const {
  using F = TarifsFile;
  std::set<std::tuple<core::CatalogueCode, core::InnCode, core::Day>> seen;
  each(F::kFormat, [&](Table& table) {
    core::Tarif tarif;
    tarif.catalogue = table.code<core::CatalogueCode>(F::kCatalogue);
    tarif.inn = table.code<core::InnCode>(F::kInn);
    tarif.in_force = table.interval(F::kFrom, F::kUntil);
    tarif.amount = table.money(F::kAmount, core::kUnitPriceMax);
    tarif.source_version = table.integer(F::kSourceVersion, {1, kSourceVersionMax});
    must_be_known(table, F::kCatalogue, on_file.catalogue(tarif.catalogue),
                  "the rulebooks' catalogues");
    must_be_known(table, F::kInn, network.inns.contains(tarif.inn), "inns.csv");
    insert_once(table, F::kInn, seen, std::tuple{tarif.catalogue, tarif.inn, tarif.in_force.from});
    if (table.row_ok()) network.tarifs.push_back(tarif);
  });
}

}  // namespace wasl::csv
