#include "store/replay.hpp"

#include <string>
#include <utility>

#include "core/assert.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {

using core::Errc;
using core::fail;

core::Result<void> Replay::take(const journal::Group& group) {
  auto records = decode(group);
  if (!records) return std::unexpected(records.error());
  // An import is a group of its own: it is written while nothing else runs.
  if (const auto* import = std::get_if<core::Import>(&records->front().command.request)) {
    return take_import(*import, group.anchor);
  }
  if (auto read = prefetch(*records); !read) return read;
  const core::Instant now{std::chrono::milliseconds(group.now_ms)};
  for (std::size_t i = 0; i < records->size(); ++i) {
    if (auto done = carry_out((*records)[i], group.records[i], now); !done) return done;
  }
  anchor_ = group.anchor;
  unwritten_ += records->size();
  records_ += records->size();
  return unwritten_ < kReplayBatchRecords ? core::Result<void>{} : finish();
}

core::Result<void> Replay::take_import(const core::Import& import, const journal::Anchor& anchor) {
  if (!carry_out_import_) {
    return fail(Errc::kUnsupported, "journal: record " + std::to_string(anchor.sequence) +
                                        " is a bulk import, which this tool cannot carry out");
  }
  if (auto finished = finish(); !finished) return finished;
  if (auto done = carry_out_import_(import, anchor); !done) return done;
  rows_.clear();  // What was read, or found absent, may be another row now.
  ++records_;
  return {};
}

core::Result<Replay::Records> Replay::decode(const journal::Group& group) {
  Records records;
  records.reserve(group.records.size());
  for (const journal::Record& stored : group.records) {
    auto record = core::decode_record(stored.payload);
    if (!record.has_value()) {
      return fail(Errc::kCorrupt, "journal: record " + std::to_string(stored.sequence) +
                                      " is whole but this build cannot read it: use the wasl that "
                                      "wrote it, or a newer one");
    }
    bytes_.clear();
    core::encode_request(record->command, bytes_);
    record->command.content = digest_.of(core::as_bytes(bytes_));
    records.push_back(std::move(*record));
  }
  return records;
}

// Most rows of a group are known before any of it is carried out: they are read together. The rest,
// rows that the group itself makes known, are read one command at a time.
core::Result<void> Replay::prefetch(const Records& records) {
  for (;;) {
    std::vector<core::RowKey> missing;
    for (const core::RecordView& record : records) {
      core::RowSet set;
      provide(record.command, set, missing);
    }
    if (missing.empty()) return {};
    if (auto got = read(missing); !got) return got;
  }
}

void Replay::provide(const core::Command& command, core::RowSet& set,
                     std::vector<core::RowKey>& missing) {
  const auto provide_row = [&](const core::Need& need) {
    const auto found = rows_.find(need.key);
    if (found == rows_.end()) return false;
    set[need.slot] = &found->second.row;
    slots_[static_cast<std::size_t>(need.slot)] = &found->second;
    return true;
  };
  const std::size_t missing_before = missing.size();
  do {
    core::keys_needed(command, set, needs_);
    for (const core::Need& need : needs_) {
      if (!provide_row(need)) missing.push_back(need.key);
    }
  } while (!needs_.empty() && missing.size() == missing_before);
}

core::Result<void> Replay::read(const std::vector<core::RowKey>& keys) {
  std::vector<std::string_view> names;
  names.reserve(keys.size());
  for (const core::RowKey& key : keys) names.push_back(key.view());
  bool damaged = false;
  const auto take = [&](std::size_t i, std::optional<std::string_view> value) {
    Kept kept;
    if (value.has_value()) {
      auto row = decode_stored(keys[i], *value);
      damaged = damaged || !row.has_value();
      if (row.has_value()) kept.row = std::move(*row);
    }
    rows_.try_emplace(keys[i], std::move(kept));
  };
  if (auto got = store_.get(names, take); !got) return got;
  if (damaged) return fail(Errc::kCorrupt, "store: a row does not follow its format");
  return {};
}

core::Result<void> Replay::carry_out(const core::RecordView& record, const journal::Record& stored,
                                     core::Instant now) {
  core::RowSet set;
  std::vector<core::RowKey> missing;
  for (;;) {
    set = core::RowSet{};
    missing.clear();
    provide(record.command, set, missing);
    if (missing.empty()) break;
    if (auto got = read(missing); !got) return got;
  }
  const auto* answered = set.get<core::RequestRow>(core::Slot::kRequest);
  if (answered != nullptr && answered->answered) {
    return fail(Errc::kCorrupt, "journal: record " + std::to_string(stored.sequence) +
                                    " answers a request id that record " +
                                    std::to_string(answered->sequence) + " answered already");
  }
  if (watch_) watch_(record, stored.sequence, now, set);
  const core::Touched touched =
      core::apply(record.command, record.decision, core::Stamp{stored.sequence, now}, record.body,
                  set, reference_);
  keep(touched, stored.sequence, stored.hash);
  return {};
}

void Replay::keep(const core::Touched& touched, core::Sequence sequence,
                  const core::Sha256& receipt) {
  for (std::size_t i = 0; i < core::kSlots; ++i) {
    if (!touched.marked(static_cast<core::Slot>(i))) continue;
    WASL_ASSERT(slots_[i] != nullptr);
    slots_[i]->changed = true;
    auto* request = std::get_if<core::RequestRow>(&slots_[i]->row);
    if (request != nullptr && request->sequence == sequence) request->receipt = receipt;
  }
  for (const auto& [key, value] : touched.inserted) changes_.push_back({key, value});
  for (const core::RowKey& key : touched.removed) changes_.push_back({key, {}});
}

core::Result<void> Replay::finish() {
  if (unwritten_ == 0) return {};
  for (auto& [key, kept] : rows_) {
    if (!kept.changed) continue;
    bytes_.clear();
    if (!std::holds_alternative<std::monostate>(kept.row)) encode_stored(key, kept.row, bytes_);
    changes_.push_back({key, bytes_});
    kept.changed = false;
  }
  if (auto written = store_.write_changes(changes_, anchor_); !written) return written;
  changes_.clear();
  unwritten_ = 0;
  if (rows_.size() > kReplayRowsMax) rows_.clear();
  return {};
}

}  // namespace wasl::store
