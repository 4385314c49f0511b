#pragma once
// A map of byte strings larger than memory: recent changes in memory, the rest in a RocksDB of its
// own. For verify, which follows every claim there ever was. One thread.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "store/rocks.hpp"

namespace wasl::store {

// Bytes of changes held in memory before they are written, without what the map adds to each.
inline constexpr std::size_t kScratchBytesMax = 16 * 1024 * 1024;

class ScratchMap {
 public:
  // The directory must be empty or absent.
  [[nodiscard]] static core::Result<ScratchMap> make(const std::string& path);

  [[nodiscard]] core::Result<std::optional<std::string>> get(const std::string& key);
  // An empty value removes.
  [[nodiscard]] core::Result<void> put(const std::string& key, std::string value);
  // In key order; nothing may be put meanwhile.
  [[nodiscard]] core::Result<void> scan(std::string_view prefix, const Rocks::Visit& visit);

 private:
  explicit ScratchMap(std::unique_ptr<Rocks> rocks) : rocks_(std::move(rocks)) {}
  [[nodiscard]] core::Result<void> spill();

  std::unique_ptr<Rocks> rocks_;
  std::unordered_map<std::string, std::string> changes_;
  std::size_t bytes_ = 0;  // Put since they were written last.
};

}  // namespace wasl::store
