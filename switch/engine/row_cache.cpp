#include "engine/row_cache.hpp"

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
  ++hits_;
  Entry& entry = *found->second;
  if (entry.keep == Keep::kByUse) by_use_.splice(by_use_.end(), by_use_, entry.place);
  return &entry;
}

Entry& RowCache::insert_loading(const core::RowKey& key, Keep keep) {
  auto owned = std::make_unique<Entry>();
  Entry& entry = *owned;
  entry.key = key;
  entry.keep = keep;
  std::list<Entry*>& list = keep == Keep::kByUse ? by_use_ : until_applied_;
  entry.place = list.insert(list.end(), &entry);
  const bool inserted = entries_.emplace(entry.key.view(), std::move(owned)).second;
  WASL_ASSERT(inserted);
  return entry;
}

Entry& RowCache::make(const core::RowKey& key, Keep keep) {
  const auto found = entries_.find(key.view());
  if (found != entries_.end()) return *found->second;
  Entry& entry = insert_loading(key, keep);
  entry.loading = false;
  return entry;
}

void RowCache::evict(core::Sequence applied) {
  while (!until_applied_.empty() && evictable(*until_applied_.front(), applied)) {
    drop(*until_applied_.front());
  }
  auto candidate = by_use_.begin();
  for (int skipped = 0; entries_.size() > entries_max_ && candidate != by_use_.end();) {
    Entry& entry = **candidate;
    ++candidate;
    if (evictable(entry, applied)) {
      drop(entry);
    } else if (++skipped > kSkippedMax) {
      break;
    }
  }
}

void RowCache::drop(Entry& entry) {
  WASL_ASSERT(entry.pins == 0 && entry.order.empty() && entry.awaiting.empty());
  (entry.keep == Keep::kByUse ? by_use_ : until_applied_).erase(entry.place);
  entries_.erase(entry.key.view());
}

}  // namespace wasl::engine
