#pragma once
// The rows the engine holds in memory: those it decides on now, those whose changes are not yet in
// RocksDB, and as many of the rest as fit. An entry that is pinned, loading, or changed behind the
// applied sequence is never evicted. Engine thread only.

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <list>
#include <memory>
#include <string_view>
#include <vector>

#include "core/row_set.hpp"

namespace wasl::engine {

struct Pending;

// Request rows are used once and then only by a rare repeat, which finds its row in the store: they
// leave as soon as their change is applied. All others leave by least recent use.
enum class Keep : std::uint8_t { kUntilApplied, kByUse };

struct Entry {
  core::RowKey key;
  core::Row row;
  bool loading = true;
  std::uint32_t pins = 0;          // Pending commands that hold the entry.
  core::Sequence changed_at = 0;   // Sequence of the last record that changed the row.
  std::vector<Pending*> order;     // Undecided commands that may change the row, by arrival.
  std::vector<Pending*> awaiting;  // Commands to look at again once the row is loaded.
  Keep keep = Keep::kByUse;
  std::list<Entry*>::iterator place;  // In the list that `keep` names.
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
  // Drops what need not be held any more, given the sequence up to which RocksDB has the changes.
  void evict(core::Sequence applied);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::uint64_t hits() const { return hits_; }
  [[nodiscard]] std::uint64_t misses() const { return misses_; }

 private:
  void drop(Entry& entry);

  std::size_t entries_max_;
  absl::flat_hash_map<std::string_view, std::unique_ptr<Entry>> entries_;  // Keyed by Entry::key.
  std::list<Entry*> by_use_;         // Least recently used first.
  std::list<Entry*> until_applied_;  // In order of insertion.
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace wasl::engine
