#include "store/recovery.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/codec.hpp"
#include "journal/head.hpp"
#include "journal/reader.hpp"
#include "journal/segment.hpp"
#include "store/free_space.hpp"
#include "store/replay.hpp"
#include "store/rocks.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {

using core::Errc;
using core::fail;

namespace {

// Everything behind where the store stands, up to `end`, the journal's.
core::Result<std::uint64_t> replay_rest(const StorePlaces& places, Rocks& rocks,
                                        core::Reference& reference, const journal::Anchor& end) {
  auto reader = journal::Reader::open(places.journal.journal, rocks.applied());
  if (!reader) return std::unexpected(reader.error());
  Replay replay(rocks, reference, import_into(rocks, reference, places.run_import));
  for (;;) {
    const auto group = reader->next();
    if (!group) return std::unexpected(group.error());
    if (!group->has_value()) break;
    if (auto taken = replay.take(**group); !taken) return std::unexpected(taken.error());
  }
  if (auto finished = replay.finish(); !finished) return std::unexpected(finished.error());
  if (reader->last() == end) return replay.records();
  // Damage knows its place, also in a segment that the reader has not come to.
  if (const auto rest = reader->judge_rest(); !rest) return std::unexpected(rest.error());
  return journal::refuse(
      reader->segment_path(), reader->end().offset,
      "no whole group follows record " + std::to_string(reader->last().sequence) +
          " here, but the journal goes on to record " + std::to_string(end.sequence));
}

RocksConfig rocks_config(const StorePlaces& places) {
  RocksConfig config = places.rocks;
  config.compactions =
      least_free_bytes(places.counted) >= compaction_bytes_min(places.disk_reserve_bytes);
  return config;
}

core::Result<void> same_data_id(const StorePlaces& places, const Rocks& rocks) {
  const auto head = journal::read_head(places.journal.head);
  if (!head) return std::unexpected(head.error());
  if (head->anchor.data_id == rocks.applied().data_id) return {};
  return fail(Errc::kCorrupt, places.rocks.path + ": belongs to another data directory than " +
                                  places.journal.head.path() +
                                  ": put back the part that was exchanged");
}

}  // namespace

core::Result<void> create_store(const StorePlaces& places, const journal::DataId& data_id) {
  // The store first: a directory with a store and no journal is refused by everything but init's
  // message, while a journal without a store could pass for one whose store is to be rebuilt.
  auto rocks = Rocks::create(places.rocks, journal::genesis(data_id));
  if (!rocks) return std::unexpected(rocks.error());
  return journal::Journal::create(places.journal, data_id, places.segments);
}

core::Result<core::Reference> read_reference(const Rocks& rocks) {
  core::Reference reference;
  using core::KeyTag;
  for (const KeyTag tag :
       {KeyTag::kFund, KeyTag::kRulebook, KeyTag::kProduct, KeyTag::kTarif, KeyTag::kPrescriber}) {
    const char prefix = static_cast<char>(tag);
    bool damaged = false;
    const auto take = [&](std::string_view key, std::string_view value) {
      damaged = !core::decode_entry(core::RowKey(key), core::as_bytes(value), reference);
      return !damaged;
    };
    auto scanned = rocks.scan({.prefix = {&prefix, 1}, .after = {}, .until = {}}, take);
    if (!scanned) return std::unexpected(scanned.error());
    if (damaged)
      return fail(Errc::kCorrupt,
                  std::string("store: a reference row does not follow its format") + kRebuild);
  }
  return reference;
}

core::Result<std::vector<core::FundCode>> read_funds(const Rocks& rocks) {
  const char prefix = static_cast<char>(core::KeyTag::kFund);
  std::vector<core::FundCode> funds;
  const auto take = [&](std::string_view key, std::string_view) {
    constexpr std::size_t kTagAndLength = 2;
    const auto code = core::FundCode::make(key.substr(std::min(kTagAndLength, key.size())));
    const bool whole = code && core::fund_key(*code).view() == key;
    if (whole) funds.push_back(*code);
    return whole;
  };
  auto scanned = rocks.scan({.prefix = {&prefix, 1}, .after = {}, .until = {}}, take);
  if (!scanned) return std::unexpected(scanned.error());
  return funds;
}

core::Result<BroughtUp> bring_up(const StorePlaces& places) {
  auto rocks = Rocks::open(rocks_config(places));
  if (!rocks) return std::unexpected(rocks.error());
  if (auto same = same_data_id(places, **rocks); !same) return std::unexpected(same.error());
  auto opened = journal::Journal::open(places.journal, places.segments, (*rocks)->applied());
  if (!opened) return std::unexpected(opened.error());
  auto reference = read_reference(**rocks);
  if (!reference) return std::unexpected(reference.error());
  auto replayed = replay_rest(places, **rocks, *reference, opened->journal.last());
  if (!replayed) return std::unexpected(replayed.error());
  if (auto flushed = (*rocks)->flush(false); !flushed) return std::unexpected(flushed.error());
  auto funds = read_funds(**rocks);
  if (!funds) return std::unexpected(funds.error());
  const core::Instant last_now{std::chrono::milliseconds(opened->journal.last_now_ms())};
  return BroughtUp{.parts = {.journal = std::move(opened->journal),
                             .rocks = std::move(*rocks),
                             .failure = places.rocks.failure,
                             .places = places.counted,
                             .disk_reserve_bytes = places.disk_reserve_bytes},
                   .reference = std::move(*reference),
                   .last_now = last_now,
                   .journal_report = std::move(opened->report),
                   .replayed = *replayed,
                   .funds = std::move(*funds)};
}

core::Result<std::uint64_t> rebuild_rocks(const StorePlaces& places) {
  const auto head = journal::read_head(places.journal.head);
  if (!head) return std::unexpected(head.error());
  // Recovers the journal, or refuses as it would at a start.
  const auto opened = journal::Journal::open(places.journal, places.segments, std::nullopt);
  if (!opened) return std::unexpected(opened.error());
  auto rocks = Rocks::create(places.rocks, journal::genesis(head->anchor.data_id));
  if (!rocks) return std::unexpected(rocks.error());
  core::Reference reference;
  auto replayed = replay_rest(places, **rocks, reference, opened->journal.last());
  if (!replayed) return replayed;
  if (auto flushed = (*rocks)->flush(true); !flushed) return std::unexpected(flushed.error());
  return replayed;
}

}  // namespace wasl::store
