#include "store/scratch_map.hpp"

#include <utility>

namespace wasl::store {

core::Result<ScratchMap> ScratchMap::make(const std::string& path) {
  auto rocks = Rocks::create({.path = path}, journal::Anchor{});
  if (!rocks) return std::unexpected(rocks.error());
  return ScratchMap(std::move(*rocks));
}

core::Result<std::optional<std::string>> ScratchMap::get(const std::string& key) {
  if (const auto found = changes_.find(key); found != changes_.end()) {
    return found->second.empty() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::string> value;
  const std::string_view name = key;
  const auto got = rocks_->get({&name, 1}, [&](std::size_t, auto found) {
    if (found.has_value()) value.emplace(*found);
  });
  if (!got) return std::unexpected(got.error());
  return value;
}

core::Result<void> ScratchMap::put(const std::string& key, std::string value) {
  bytes_ += key.size() + value.size();
  changes_[key] = std::move(value);
  return bytes_ < kScratchBytesMax ? core::Result<void>{} : spill();
}

core::Result<void> ScratchMap::scan(std::string_view prefix, const Rocks::Visit& visit) {
  if (auto spilled = spill(); !spilled) return spilled;
  return rocks_->scan({.prefix = prefix, .after = {}, .until = {}}, visit);
}

core::Result<void> ScratchMap::spill() {
  RocksBatch batch;
  for (const auto& [key, value] : changes_) batch.change(key, value);
  changes_.clear();
  bytes_ = 0;
  return rocks_->write(batch, rocks_->applied());
}

}  // namespace wasl::store
