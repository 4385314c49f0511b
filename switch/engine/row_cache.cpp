#include "engine/row_cache.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace wasl::engine {
namespace {

// How many entries that must stay one pass of eviction looks behind: pinned and unapplied entries
// are few next to the cache, and the next pass comes within a group.
constexpr int kSkippedMax = 64;

bool evictable(const Entry& entry, core::Sequence applied) {
  return !entry.loading && entry.pins == 0 && entry.changed_at <= applied;
}

}  // namespace

Entry* RowCache::find(const core::RowKey& key) {
  const auto found = entries_.find(key.view());
  if (found == entries_.end()) {
    ++misses_;
    return nullptr;
  }
  const Entries::iterator entry = found->second;
  // Of an offered row the reading was counted.
  if (!std::exchange(entry->offered, false)) ++hits_;
  if (entry->keep == Keep::kByUse) by_use_.splice(by_use_.end(), by_use_, entry);
  return &*entry;
}

Entry& RowCache::insert_loading(const core::RowKey& key, Keep keep) {
  Entries& list = keep == Keep::kByUse ? by_use_ : until_applied_;
  const Entries::iterator entry = list.emplace(list.end());
  entry->key = key;
  entry->keep = keep;
  const bool inserted = entries_.emplace(entry->key.view(), entry).second;
  WASL_ASSERT(inserted);
  return *entry;
}

Entry& RowCache::make(const core::RowKey& key, Keep keep) {
  const auto found = entries_.find(key.view());
  if (found != entries_.end()) return *found->second;
  Entry& entry = insert_loading(key, keep);
  entry.loading = false;
  return entry;
}

void RowCache::offer(const core::RowKey& key, core::Row row, core::Sequence as_of) {
  if (as_of < dropped_at_ || entries_.contains(key.view())) return;
  Entry& entry = insert_loading(key, Keep::kByUse);
  entry.loading = false;
  entry.offered = true;
  entry.row = std::move(row);
  ++misses_;
}

void RowCache::evict(core::Sequence applied) {
  while (!until_applied_.empty() && evictable(until_applied_.front(), applied)) {
    drop(until_applied_.begin());
  }
  auto candidate = by_use_.begin();
  for (int skipped = 0; entries_.size() > entries_max_ && candidate != by_use_.end();) {
    const Entries::iterator entry = candidate++;
    if (evictable(*entry, applied)) {
      dropped_at_ = std::max(dropped_at_, entry->changed_at);
      drop(entry);
    } else if (++skipped > kSkippedMax) {
      break;
    }
  }
}

void RowCache::drop(Entries::iterator entry) {
  WASL_ASSERT(entry->pins == 0 && entry->order.empty() && entry->awaiting.empty());
  entries_.erase(entry->key.view());
  (entry->keep == Keep::kByUse ? by_use_ : until_applied_).erase(entry);
}

}  // namespace wasl::engine
