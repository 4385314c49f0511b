#include "card/key_cache.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "core/assert.hpp"

namespace wasl::card {

KeyCache::KeyCache(std::size_t keys_max) : entries_(std::bit_ceil(std::max(keys_max, kWays))) {}

std::size_t KeyCache::set_of(const KeyName& name) const {
  std::size_t hash = std::hash<Holder>{}(name.holder);
  hash = hash * 31 + std::hash<core::FundCode>{}(name.fund);
  hash = hash * 31 + name.version * std::size_t{4} + static_cast<unsigned>(name.kind);
  return hash % (entries_.size() / kWays) * kWays;
}

const Key* KeyCache::find(const KeyName& name) const {
  const std::size_t first = set_of(name);
  for (std::size_t i = first; i < first + kWays; ++i) {
    if (entries_[i].name == name) return &entries_[i].key;
  }
  return nullptr;
}

// The newest stands first in its set, the oldest falls off the end.
void KeyCache::put(const KeyName& name, const Key& key) {
  WASL_ASSERT(!name.holder.empty());
  const auto first = entries_.begin() + static_cast<std::ptrdiff_t>(set_of(name));
  std::move_backward(first, first + kWays - 1, first + kWays);
  *first = {name, key};
}

}  // namespace wasl::card
