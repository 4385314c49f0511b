#include "support/ordered_map_store.hpp"

#include <utility>

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "journal/reader.hpp"
#include "store/replay.hpp"
#include "store/stored_row.hpp"
#include "support/kept_balances.hpp"

namespace wasl::test {

using core::Result;

namespace {

Result<core::Reference> reference_of(const OrderedRows& rows) {
  core::Reference reference;
  for (const auto& [key, value] : rows.rows) {
    const core::RowKey name(key);
    if (!store::is_reference(key)) continue;
    if (!core::decode_entry(name, core::as_bytes(value), reference)) {
      return core::fail(core::Errc::kCorrupt, "a reference row does not follow its format");
    }
  }
  return reference;
}

}  // namespace

Result<void> OrderedMapStore::create(const journal::Places& places, const journal::Options& options,
                                     const journal::DataId& data_id, OrderedRows& flushed) {
  flushed = {.rows = {}, .anchor = journal::genesis(data_id)};
  return journal::Journal::create(places, data_id, options);
}

Result<OrderedMapStore::Opened> OrderedMapStore::open(const journal::Places& places,
                                                      const journal::Options& options,
                                                      OrderedRows& flushed,
                                                      core::Completions& completions) {
  auto opened = journal::Journal::open(places, options, flushed.anchor);
  if (!opened) return std::unexpected(opened.error());
  auto reference = reference_of(flushed);
  if (!reference) return std::unexpected(reference.error());
  std::unique_ptr<OrderedMapStore> made(
      new OrderedMapStore(std::move(opened->journal), flushed, completions));

  auto reader = journal::Reader::open(places.journal, flushed.anchor);
  if (!reader) return std::unexpected(reader.error());
  store::Replay replay(*made, *reference);
  for (;;) {
    const auto group = reader->next();
    if (!group) return std::unexpected(group.error());
    if (!group->has_value()) break;
    if (auto taken = replay.take(**group); !taken) return std::unexpected(taken.error());
  }
  if (auto finished = replay.finish(); !finished) return std::unexpected(finished.error());
  WASL_ASSERT(made->applied_.anchor == made->journal_.last());
  const core::Instant last_now{std::chrono::milliseconds(made->journal_.last_now_ms())};
  return Opened{.store = std::move(made),
                .reference = std::move(*reference),
                .last_now = last_now,
                .journal_report = std::move(opened->report),
                .replayed = replay.records()};
}

OrderedMapStore::OrderedMapStore(journal::Journal journal, OrderedRows& flushed,
                                 core::Completions& completions)
    : journal_(std::move(journal)),
      flushed_(flushed),
      completions_(completions),
      applied_(flushed) {}

void OrderedMapStore::load(std::vector<core::Wanted> rows, core::Lane lane) {
  if (rows.empty()) return;
  (lane == core::Lane::kReserved ? reserved_ : claims_).push_back(std::move(rows));
}

void OrderedMapStore::commit(core::Group group) { commits_.push_back(std::move(group)); }

void OrderedMapStore::scan(core::Scan scan) { scans_.push_back(std::move(scan)); }

core::Lag OrderedMapStore::lag() const {
  core::Lag lag{journal_.last().sequence - applied_.anchor.sequence, 0};
  for (const Durable& group : durable_) lag.bytes += group.stored_bytes;
  return lag;
}

std::vector<OrderedMapStore::Work> OrderedMapStore::possible() const {
  std::vector<Work> works;
  if (failed_) return works;
  if (!claims_.empty()) works.push_back(Work::kLoad);
  if (!reserved_.empty()) works.push_back(Work::kReservedLoad);
  if (!commits_.empty()) works.push_back(Work::kCommit);
  if (!durable_.empty()) works.push_back(Work::kApply);
  if (!scans_.empty() && scans_.front().not_before <= applied_.anchor.sequence) {
    works.push_back(Work::kScan);
  }
  if (journal_.head_lag() > 0) works.push_back(Work::kHead);
  if (flushed_.anchor != applied_.anchor) works.push_back(Work::kFlush);
  return works;
}

void OrderedMapStore::perform(Work work) {
  switch (work) {
    case Work::kLoad:
      return read(claims_);
    case Work::kReservedLoad:
      return read(reserved_);
    case Work::kCommit:
      return append();
    case Work::kApply:
      return apply();
    case Work::kScan:
      return read_page();
    case Work::kHead:
      if (auto advanced = journal_.advance_head(); !advanced) fail(advanced.error());
      return;
    case Work::kFlush:
      flushed_ = applied_;
      return;
  }
}

void OrderedMapStore::read(std::deque<std::vector<core::Wanted>>& lane) {
  std::vector<core::LoadedRow> loaded;
  for (const core::Wanted& wanted : lane.front()) {
    core::LoadedRow asked{.key = wanted.key, .row = {}};
    if (!read(asked)) return;
    if (const auto behind = core::needed_behind(wanted, asked.row)) {
      for (const core::RowKey& key : *behind) {
        core::LoadedRow beside{.key = key, .row = {}, .as_of = applied_.anchor.sequence};
        if (!read(beside)) return;
        loaded.push_back(std::move(beside));
      }
    }
    loaded.push_back(std::move(asked));
  }
  lane.pop_front();
  completions_.loaded(std::move(loaded));
}

bool OrderedMapStore::read(core::LoadedRow& row) {
  const auto found = applied_.rows.find(row.key.view());
  if (found == applied_.rows.end()) return true;
  auto decoded = store::decode_stored(row.key, found->second);
  if (!decoded) {
    fail({core::Errc::kCorrupt, "a row does not follow its format"});
    return false;
  }
  row.row = std::move(*decoded);
  return true;
}

void OrderedMapStore::append() {
  core::Group group = std::move(commits_.front());
  commits_.pop_front();
  WASL_ASSERT(group.first == journal_.last().sequence + 1);
  std::vector<core::ByteView> payloads;
  for (const std::string& payload : group.payloads) payloads.push_back(core::as_bytes(payload));
  const auto appended = journal_.append_group(group.now.time_since_epoch().count(), payloads);
  if (!appended) return fail(appended.error());
  core::Committed committed{group.first, {}};
  for (const auto& receipt : appended->receipts) committed.receipts.push_back(receipt.hash);
  durable_.push_back(
      {std::move(group.changes), committed.receipts, appended->anchor, appended->stored_bytes});
  completions_.committed(std::move(committed));
}

void OrderedMapStore::apply() {
  const Durable group = std::move(durable_.front());
  durable_.pop_front();
  for (const core::RowChange& change : group.changes) {
    const std::string key(change.key.view());
    if (change.bytes.empty()) {
      applied_.rows.erase(key);
      continue;
    }
    std::string& value = applied_.rows[key];
    value.clear();
    if (store::keeps_receipt(key)) {
      value = core::as_text(change.receipt.has_value()
                                ? *change.receipt
                                : group.receipts.at(static_cast<std::size_t>(change.receipt_of)));
    }
    value += change.bytes;
    keep_balances(change.key, value, applied_.rows);
  }
  applied_.anchor = group.anchor;
  completions_.applied(group.anchor.sequence);
}

void OrderedMapStore::read_page() {
  const core::Scan scan = std::move(scans_.front());
  scans_.pop_front();
  WASL_ASSERT(!scan.day && !scan.part);  // No simulated people ask for what is made of rows.
  core::Scanned page{scan.id, {}, false};
  const auto& rows = applied_.rows;
  const bool behind = scan.after > scan.prefix;
  for (auto at = behind ? rows.upper_bound(scan.after.view())
                        : rows.lower_bound(scan.prefix.view());
       at != rows.end() && at->first.starts_with(scan.prefix.view()); ++at) {
    if (!scan.until.view().empty() && at->first >= scan.until.view()) break;
    if (page.rows.size() == scan.rows_max) {
      page.more = true;
      break;
    }
    page.rows.emplace_back(core::RowKey(at->first), at->second);
  }
  completions_.scanned(std::move(page));
}

void OrderedMapStore::fail(const core::Error& error) {
  failed_ = true;
  completions_.failed(error);
}

Result<void> OrderedMapStore::get(std::span<const std::string_view> keys,
                                  const Found& found) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto row = applied_.rows.find(keys[i]);
    found(i,
          row == applied_.rows.end() ? std::nullopt : std::optional<std::string_view>(row->second));
  }
  return {};
}

Result<void> OrderedMapStore::write_changes(std::span<const store::StoredChange> changes,
                                            const journal::Anchor& anchor) {
  for (const store::StoredChange& change : changes) {
    if (change.value.empty()) {
      applied_.rows.erase(std::string(change.key.view()));
    } else {
      applied_.rows[std::string(change.key.view())] = change.value;
      keep_balances(change.key, change.value, applied_.rows);
    }
  }
  applied_.anchor = anchor;
  return {};
}

}  // namespace wasl::test
