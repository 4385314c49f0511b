#pragma once
// Rows of a bulk import on their way into RocksDB: sorted table files in a staging directory, which
// Rocks::ingest() takes in at once; and how recovery has an import carried out again. One thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/reference.hpp"
#include "core/request.hpp"
#include "store/replay.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

// As large as the files that compaction makes.
inline constexpr std::uint64_t kTableFileBytes = 64ULL * 1024 * 1024;

// What a bulk load left in its directory.
struct Tables {
  std::vector<std::string> files;  // Paths, ascending and not overlapping.
  std::uint64_t rows = 0;
  core::Sha256 digest{};  // Over all rows: docs/data_format.md "Imports".
};

class BulkLoad {
 public:
  // Empties the directory, or makes it. It must be on the store's file system: files are moved.
  [[nodiscard]] static core::Result<BulkLoad> make(const std::string& directory,
                                                   const RocksConfig& config);
  BulkLoad(BulkLoad&&) noexcept;
  ~BulkLoad();

  // Keys ascend strictly, and are not the applied row's. An absent row is never written.
  [[nodiscard]] core::Result<void> put(std::string_view key, std::string_view value);
  // Every file is whole and synced.
  [[nodiscard]] core::Result<Tables> finish();

 private:
  struct State;
  explicit BulkLoad(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

// Carries an import out again from the files kept for it: after it the store stands at the anchor.
// Fails with kCorrupt if a file or the digest is not what the record says.
using RunImport = std::function<core::Result<void>(const core::Import& import, Rocks& rocks,
                                                   const journal::Anchor& anchor)>;

// For a replay into `rocks`; reads `reference` anew behind each import. All outlive the result,
// which is empty if `run` is.
[[nodiscard]] Replay::CarryOutImport import_into(Rocks& rocks, core::Reference& reference,
                                                 const RunImport& run);

}  // namespace wasl::store
