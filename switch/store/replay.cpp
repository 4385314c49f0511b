#include "store/replay.hpp"

#include <future>
#include <string>
#include <utility>

#include "core/assert.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {

using core::Errc;
using core::fail;

namespace {

// Fewer keys are read before another thread has begun.
constexpr std::size_t kReadTogetherMin = 128;

}  // namespace

core::Result<void> Replay::take(const journal::Group& group) {
  if (auto decoded = decode(group); !decoded) return decoded;
  // An import is a group of its own: it is written while nothing else runs.
  const auto* import = std::get_if<core::Import>(&waiting_.back().record.command.request);
  if (import != nullptr) {
    const core::Import taken = *import;
    waiting_.pop_back();
    return take_import(taken, group.anchor);
  }
  anchor_ = group.anchor;
  return waiting_.size() < kReplayTogether ? core::Result<void>{} : carry_out();
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

core::Result<void> Replay::decode(const journal::Group& group) {
  const core::Instant now{std::chrono::milliseconds(group.now_ms)};
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
    waiting_.push_back({std::move(*record), {stored.sequence, now}, stored.hash});
  }
  return {};
}

core::Result<void> Replay::carry_out() {
  if (auto read = prefetch(); !read) return read;
  for (const Waiting& waiting : waiting_) {
    if (auto done = carry_out(waiting); !done) return done;
  }
  unwritten_ += waiting_.size();
  records_ += waiting_.size();
  waiting_.clear();
  return unwritten_ < kReplayBatchRecords ? core::Result<void>{} : write();
}

// Most rows are known before anything is carried out: they are read together. The rest, rows that
// these records themselves make known, are read one command at a time.
core::Result<void> Replay::prefetch() {
  for (;;) {
    std::vector<core::RowKey> missing;
    for (const Waiting& waiting : waiting_) {
      core::RowSet set;
      provide(waiting.record.command, set, missing);
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
    set.provide(need, &found->second.row);
    kept_of(need) = &found->second;
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

Replay::Kept*& Replay::kept_of(const core::Need& need) {
  if (!core::is_listed(need.slot)) return slots_[static_cast<std::size_t>(need.slot)];
  std::vector<Kept*>& list = listed_[core::listed_place(need.slot)];
  if (list.size() <= need.index) list.resize(need.index + std::size_t{1});
  return list[need.index];
}

// A start reads rows that nothing holds in memory yet: most of its time. Where there are many of
// them, a second thread reads half.
core::Result<void> Replay::read(std::span<const core::RowKey> keys) {
  std::vector<core::Row> rows(keys.size());
  const std::span<core::Row> out(rows);
  const std::size_t half = keys.size() < kReadTogetherMin ? 0 : keys.size() / 2;
  std::future<core::Result<void>> other;
  if (half > 0) {
    other = std::async(std::launch::async,
                       [&] { return read_into(keys.first(half), out.first(half)); });
  }
  core::Result<void> got = read_into(keys.subspan(half), out.subspan(half));
  if (other.valid()) {
    core::Result<void> half_got = other.get();
    if (got) got = std::move(half_got);
  }
  if (!got) return got;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    rows_.try_emplace(keys[i], Kept{.row = std::move(rows[i])});
  }
  return {};
}

core::Result<void> Replay::read_into(std::span<const core::RowKey> keys,
                                     std::span<core::Row> rows) const {
  std::vector<std::string_view> names;
  names.reserve(keys.size());
  for (const core::RowKey& key : keys) names.push_back(key.view());
  bool damaged = false;
  const auto take = [&](std::size_t i, std::optional<std::string_view> value) {
    if (!value.has_value()) return;
    auto row = decode_stored(keys[i], *value);
    damaged = damaged || !row.has_value();
    if (row.has_value()) rows[i] = std::move(*row);
  };
  if (auto got = store_.get(names, take); !got) return got;
  if (damaged) return fail(Errc::kCorrupt, "store: a row does not follow its format");
  return {};
}

core::Result<void> Replay::carry_out(const Waiting& waiting) {
  const core::Command& command = waiting.record.command;
  core::RowSet set;
  std::vector<core::RowKey> missing;
  for (;;) {
    set = core::RowSet{};
    missing.clear();
    provide(command, set, missing);
    if (missing.empty()) break;
    if (auto got = read(missing); !got) return got;
  }
  const auto* answered = set.get<core::RequestRow>(core::Slot::kRequest);
  if (answered != nullptr && answered->answered) {
    return fail(Errc::kCorrupt, "journal: record " + std::to_string(waiting.stamp.sequence) +
                                    " answers a request id that record " +
                                    std::to_string(answered->sequence) + " answered already");
  }
  if (watch_) watch_(waiting.record, waiting.stamp.sequence, waiting.stamp.now, set);
  keep(core::apply(command, waiting.record.decision, waiting.stamp, waiting.record.body, set,
                   reference_),
       waiting.stamp.sequence, waiting.hash);
  return {};
}

void Replay::keep(core::Touched touched, core::Sequence sequence, const core::Sha256& receipt) {
  for (std::size_t i = 0; i < core::kSlots; ++i) {
    if (!touched.marked(static_cast<core::Slot>(i))) continue;
    WASL_ASSERT(slots_[i] != nullptr);
    slots_[i]->changed = true;
    auto* request = std::get_if<core::RequestRow>(&slots_[i]->row);
    if (request != nullptr && request->sequence == sequence) request->receipt = receipt;
  }
  for (std::size_t i = 0; i < core::kListedSlots; ++i) {
    for (const std::uint16_t index : touched.listed[i]) listed_[i][index]->changed = true;
  }
  // Also where it was read before as absent.
  for (auto& [key, row] : touched.made) {
    rows_.insert_or_assign(key, Kept{.row = std::move(row), .changed = true});
  }
  for (const auto& [key, value] : touched.inserted) changes_.push_back({key, value});
  for (const core::RowKey& key : touched.removed) changes_.push_back({key, {}});
}

core::Result<void> Replay::finish() {
  if (auto done = carry_out(); !done) return done;
  return unwritten_ == 0 ? core::Result<void>{} : write();
}

core::Result<void> Replay::write() {
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
