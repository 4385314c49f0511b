#include "cli/import_on_file.hpp"

#include <algorithm>

#include "core/row_set.hpp"

namespace wasl::cli {

core::Result<StoreOnFile> StoreOnFile::make(const store::Rocks& rocks,
                                            const core::Reference& reference) {
  StoreOnFile on_file(rocks, reference);
  const char tag = static_cast<char>(core::KeyTag::kRulebook);
  const auto take = [&](std::string_view key, std::string_view) {
    core::Reader in(core::as_bytes(key.substr(1)));
    const auto scheme = core::SchemeCode::make(in.text());
    const core::Rulebook* const rulebook = scheme ? reference.rulebook(*scheme) : nullptr;
    if (rulebook != nullptr) on_file.add(*rulebook);
    return true;
  };
  auto scanned = rocks.scan({.prefix = {&tag, 1}, .after = {}, .until = {}}, take);
  if (!scanned) return std::unexpected(scanned.error());
  return on_file;
}

void StoreOnFile::add(const core::Rulebook& rulebook) {
  schemes_.insert(rulebook.scheme);
  catalogues_.insert(rulebook.catalogue);
}

bool StoreOnFile::fund(const core::FundCode& code) const {
  return reference_->fund(code) != nullptr;
}

bool StoreOnFile::scheme(const core::SchemeCode& code) const { return schemes_.contains(code); }

bool StoreOnFile::catalogue(const core::CatalogueCode& code) const {
  return catalogues_.contains(code);
}

// In any catalogue, from any day.
bool StoreOnFile::product(const core::ProductCode& code) const {
  return std::ranges::any_of(catalogues_, [&](const core::CatalogueCode& catalogue) {
    const core::RowKey key = core::product_key(catalogue, code, core::kDayMin);
    constexpr std::size_t kDayBytes = 4;
    return any_row(key.view().substr(0, key.view().size() - kDayBytes));
  });
}

bool StoreOnFile::centre(const core::ParticipantId& id) const {
  return any_row(core::registration_key({core::Role::kCentre, id}).view());
}

bool StoreOnFile::any_row(std::string_view prefix) const {
  bool found = false;
  const auto take = [&](std::string_view, std::string_view) {
    found = true;
    return false;
  };
  auto scanned = rocks_->scan({.prefix = prefix, .after = {}, .until = {}}, take);
  if (state_ && !scanned) state_ = scanned;
  return found;
}

}  // namespace wasl::cli
