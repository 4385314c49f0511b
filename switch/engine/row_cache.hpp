#pragma once
// The rows the engine holds in memory: those it decides on now, those whose changes are not yet in
// RocksDB, and as many of the rest as fit. An entry that is pinned, loading, or changed behind the
// applied sequence is never evicted. Engine thread only.

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <list>
#include <string_view>

#include "core/row_set.hpp"

namespace wasl::engine {

struct Pending;

// Request rows are used once and then only by a rare repeat, which finds its row in the store: they
// leave as soon as their change is applied. All others leave by least recent use.
enum class Keep : std::uint8_t { kUntilApplied, kByUse };

// Mostly one.
using Waiting = absl::InlinedVector<Pending*, 2>;

struct Entry {
  core::RowKey key;
  core::Row row;
  bool loading = true;
  bool offered = false;           // And not used yet.
  std::uint32_t pins = 0;         // Pending commands that hold the entry.
  core::Sequence changed_at = 0;  // Sequence of the last record that changed the row.
  Waiting order;                  // Undecided commands that may change the row, by arrival.
  Waiting awaiting;               // Commands to look at again once the row is loaded.
  Keep keep = Keep::kByUse;
};

class RowCache {
 public:
  // entries_max bounds memory: an account with its history and link is about 3 entries and 2 KiB.
  // The table has its room from the start: growing under load, it would read every key again, which
  // stops the engine for a third of a second at a million.
  explicit RowCache(std::size_t entries_max) : entries_max_(entries_max) {
    entries_.reserve(entries_max);
  }

  // The entry, now the most recently used; nullptr if the key is not held.
  [[nodiscard]] Entry* find(const core::RowKey& key);
  // A new entry in state loading. The key must not be held.
  [[nodiscard]] Entry& insert_loading(const core::RowKey& key, Keep keep);
  // The entry of a row that is new, for the caller to set: counted as neither hit nor miss.
  [[nodiscard]] Entry& make(const core::RowKey& key, Keep keep);
  // A row that nobody asked the store for, read when the store held every change up to `as_of`.
  // Held from now on, unless it is already, or may have been changed and dropped since.
  void offer(const core::RowKey& key, core::Row row, core::Sequence as_of);
  // Drops what need not be held any more, given the sequence up to which RocksDB has the changes.
  void evict(core::Sequence applied);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::uint64_t hits() const { return hits_; }
  [[nodiscard]] std::uint64_t misses() const { return misses_; }

 private:
  using Entries = std::list<Entry>;

  void drop(Entries::iterator entry);

  std::size_t entries_max_;
  absl::flat_hash_map<std::string_view, Entries::iterator> entries_;  // Keyed by Entry::key.
  Entries by_use_;                                                    // Least recently used first.
  Entries until_applied_;                                             // In order of insertion.
  core::Sequence dropped_at_ = 0;  // The last change of any entry that was dropped from by_use_.
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace wasl::engine
