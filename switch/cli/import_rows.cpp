#include "cli/import_rows.hpp"

#include <algorithm>

#include "cli/import_accounts.hpp"
#include "cli/import_on_file.hpp"
#include "core/account_change.hpp"
#include "core/codec.hpp"
#include "rulebook/reader.hpp"
#include "store/recovery.hpp"
#include "store/stored_row.hpp"

namespace wasl::cli {
namespace {

using KeyedRows = std::vector<std::pair<core::RowKey, std::string>>;

// Rows that are not an account's, put in key order behind those.
class OtherRows {
 public:
  OtherRows(const RowsFrom& from, const core::Reference& reference, ImportCounts& counts)
      : from_(from), reference_(reference), counts_(counts) {}

  [[nodiscard]] core::Result<void> add(const csv::Network& network);
  void add(const core::Rulebook& rulebook);
  [[nodiscard]] core::Result<void> put(store::BulkLoad& load);

 private:
  template <typename Entry>
  void add_entry(const core::RowKey& key, const Entry& entry, const Entry* current);
  [[nodiscard]] core::Result<void> add_registration(const core::Registration& feed,
                                                    const csv::Network& network);
  [[nodiscard]] core::Result<std::optional<core::Registration>> registration(
      const core::RowKey& key) const;

  const RowsFrom& from_;
  const core::Reference& reference_;
  ImportCounts& counts_;
  KeyedRows rows_;
};

// Of a dated entry, the one that begins on the same day, which it replaces.
template <typename Entry>
const Entry* same_start(const Entry* found, const Entry& entry) {
  return found != nullptr && found->in_force.from == entry.in_force.from ? found : nullptr;
}

template <typename Entry>
void OtherRows::add_entry(const core::RowKey& key, const Entry& entry, const Entry* current) {
  if (current != nullptr && entry.source_version <= current->source_version) {
    ++counts_.unchanged;
    return;
  }
  ++counts_.reference;
  core::encode_entry(entry, rows_.emplace_back(key, std::string{}).second);
}

core::Result<void> OtherRows::add(const csv::Network& network) {
  for (const core::Registration& each : network.registrations) {
    if (auto added = add_registration(each, network); !added) return added;
  }
  for (const core::Fund& each : network.funds) {
    add_entry(core::fund_key(each.code), each, reference_.fund(each.code));
  }
  for (const core::Prescriber& each : network.prescribers) {
    add_entry(core::prescriber_key(each.id), each, reference_.prescriber(each.id));
  }
  for (const core::Product& each : network.products) {
    const core::Day from = each.in_force.from;
    add_entry(core::product_key(each.catalogue, each.code, from), each,
              same_start(reference_.product(each.catalogue, each.code, from), each));
  }
  for (const core::Tarif& each : network.tarifs) {
    const core::Day from = each.in_force.from;
    add_entry(core::tarif_key(each.catalogue, each.inn, from), each,
              same_start(reference_.tarif(each.catalogue, each.inn, from), each));
  }
  return {};
}

// A rulebook's file has no version: another text is newer than the one on file.
void OtherRows::add(const core::Rulebook& rulebook) {
  const core::Rulebook* const current = reference_.rulebook(rulebook.scheme);
  core::Rulebook entry = rulebook;
  entry.source_version = current != nullptr ? current->source_version : 0;
  if (current == nullptr || current->hash != rulebook.hash) ++entry.source_version;
  add_entry(core::rulebook_key(rulebook.scheme), entry, current);
}

core::Result<std::optional<core::Registration>> OtherRows::registration(
    const core::RowKey& key) const {
  std::optional<core::Registration> found;
  bool damaged = false;
  const std::string_view name = key.view();
  const auto take = [&](std::size_t, std::optional<std::string_view> value) {
    if (!value) return;
    auto row = store::decode_stored(key, *value);
    damaged = !row || !std::holds_alternative<core::Registration>(*row);
    if (!damaged) found = std::move(std::get<core::Registration>(*row));
  };
  if (auto got = from_.rocks.get({&name, 1}, take); !got) return std::unexpected(got.error());
  if (damaged) {
    return core::fail(core::Errc::kCorrupt, "store: a registration does not follow its format");
  }
  return found;
}

// Agreements with funds that the import does not speak of stay.
core::Result<void> OtherRows::add_registration(const core::Registration& feed,
                                               const csv::Network& network) {
  const core::RowKey key = core::registration_key(feed.participant);
  auto current = registration(key);
  if (!current) return std::unexpected(current.error());
  if (current->has_value() && feed.source_version <= (*current)->source_version) {
    ++counts_.unchanged;
    return {};
  }
  if (current->has_value()) {
    std::erase_if((*current)->agreements, [&](const core::FundAgreement& each) {
      return network.agreeing_funds.contains(each.fund);
    });
  }
  core::Registration merged =
      core::with_feed(current->has_value() ? &**current : nullptr, feed, core::ParticipantId{});
  ++merged.version;
  ++counts_.registrations;
  store::encode_stored(key, core::Row{std::move(merged)},
                       rows_.emplace_back(key, std::string{}).second);
  return {};
}

core::Result<void> OtherRows::put(store::BulkLoad& load) {
  std::ranges::sort(rows_, {}, &KeyedRows::value_type::first);
  for (const auto& [key, bytes] : rows_) {
    if (auto done = load.put(key.view(), bytes); !done) return done;
  }
  return {};
}

// Two files of one scheme are a mistake: one of them would be lost.
core::Result<std::vector<core::Rulebook>> read_rulebooks(ImportFiles& files, csv::Faults& faults) {
  auto texts = files.rulebooks();
  if (!texts) return std::unexpected(texts.error());
  std::vector<core::Rulebook> rulebooks;
  for (const RulebookText& text : *texts) {
    auto rulebook = rulebook::read_rulebook(text.content);
    if (!rulebook) {
      faults.add_lines(text.name, rulebook.error().context);
    } else if (std::ranges::find(rulebooks, rulebook->scheme, &core::Rulebook::scheme) !=
               rulebooks.end()) {
      faults.add(text.name, "another rulebook of its scheme", "one file for each");
    } else {
      rulebooks.push_back(std::move(*rulebook));
    }
  }
  return rulebooks;
}

}  // namespace

core::Result<ImportRows> make_import_rows(const RowsFrom& from, csv::Faults& faults) {
  ImportRows rows;
  auto reference = store::read_reference(from.rocks);
  if (!reference) return std::unexpected(reference.error());
  auto on_file = StoreOnFile::make(from.rocks, *reference);
  if (!on_file) return std::unexpected(on_file.error());
  const auto rulebooks = read_rulebooks(from.files, faults);
  if (!rulebooks) return std::unexpected(rulebooks.error());
  OtherRows other(from, *reference, rows.counts);
  for (const core::Rulebook& each : *rulebooks) {
    on_file->add(each);
    other.add(each);
  }
  const csv::Open open = [&](std::string_view name) { return from.files.open(name); };
  const csv::Network network = csv::read_network(open, *on_file, faults);
  if (auto added = other.add(network); !added) return std::unexpected(added.error());

  auto load = store::BulkLoad::make(from.staging, from.tables);
  if (!load) return std::unexpected(load.error());
  csv::AccountStream stream(open, *on_file, network, faults);
  auto put = AccountRows(from, *load, rows.counts, faults).put_all(stream);
  if (put && faults.none()) put = other.put(*load);
  if (put) put = on_file->state();
  if (!put) return std::unexpected(put.error());
  rows.file_rows = network.rows;
  std::ranges::copy(stream.rows(), std::back_inserter(rows.file_rows));
  auto tables = load->finish();
  if (!tables) return std::unexpected(tables.error());
  rows.tables = std::move(*tables);
  return rows;
}

}  // namespace wasl::cli
