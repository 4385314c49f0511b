#include "store/expected_rows.hpp"

namespace wasl::store {

namespace {

constexpr char kExpected = 'e';  // Tag in the scratch map. A row's key: its bytes.

std::string place_of(const core::RowKey& key) { return kExpected + std::string(key.view()); }

core::KeyTag tag_of(const core::RowKey& key) {
  return static_cast<core::KeyTag>(key.view().front());
}

}  // namespace

core::Result<std::optional<core::Row>> ExpectedRows::find(const core::RowKey& key) {
  const auto bytes = map_.get(place_of(key));
  if (!bytes) return std::unexpected(bytes.error());
  if (!bytes->has_value()) return std::optional<core::Row>{};
  auto row = core::decode_row(key, core::as_bytes(**bytes));
  if (!row) return core::fail(core::Errc::kCorrupt, "the scratch map is damaged");
  return row;
}

core::Result<void> ExpectedRows::put(const core::RowKey& key, const core::Row& row) {
  if (!core::within_bounds(row)) {
    differences_.add("settlement", std::string("a row '") + key.view().front() +
                                       "' that its records make is out of bounds");
    return {};
  }
  const auto before = map_.get(place_of(key));
  if (!before) return std::unexpected(before.error());
  if (!before->has_value()) ++missing_[tag_of(key)];
  std::string bytes;
  core::encode_row(row, bytes);
  return map_.put(place_of(key), std::move(bytes));
}

core::Result<void> ExpectedRows::remove(const core::RowKey& key) {
  const auto before = map_.get(place_of(key));
  if (!before) return std::unexpected(before.error());
  if (!before->has_value()) return {};
  --missing_[tag_of(key)];
  return map_.put(place_of(key), {});
}

core::Result<bool> ExpectedRows::meet(const core::RowKey& key, const core::Row& found) {
  const auto expected = find(key);
  if (!expected) return std::unexpected(expected.error());
  if (auto removed = remove(key); !removed) return std::unexpected(removed.error());
  return expected->has_value() && **expected == found;
}

std::uint64_t ExpectedRows::missing(core::KeyTag tag) const {
  const auto found = missing_.find(tag);
  return found == missing_.end() ? 0 : found->second;
}

}  // namespace wasl::store
