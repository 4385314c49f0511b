#pragma once
// Carries verified groups of the journal into a store with core::apply(), never with
// core::decide(): a new binary or rulebook must not change an answer that was given. Rows are kept
// in memory between batches, so a row that changes often is written once. Start-up and tools; one
// thread, which has a second one read beside it.

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "core/codec.hpp"
#include "core/decide.hpp"
#include "journal/reader.hpp"
#include "store/row_store.hpp"

namespace wasl::store {

// Records between two batches: what bounds memory, a few thousand rows of some KiB.
inline constexpr std::uint64_t kReplayBatchRecords = 4096;
// Rows kept from one batch to the next.
inline constexpr std::size_t kReplayRowsMax = 100'000;
// Records whose rows are read together where nobody looks at each: enough for two threads to read.
inline constexpr std::size_t kReplayTogether = 512;

class Replay {
 public:
  // Carries a bulk import out on store and reference: after it they stand at the anchor.
  using CarryOutImport =
      std::function<core::Result<void>(const core::Import& import, const journal::Anchor& anchor)>;

  // Without the last, imports are refused. Store and reference outlive the replay; `reference`
  // stands where `store` stands.
  Replay(RowStore& store, core::Reference& reference, CarryOutImport carry_out_import = {})
      : store_(store), reference_(reference), carry_out_import_(std::move(carry_out_import)) {}

  // Shows each record with the rows that its command needs, all as they stood just before it was
  // carried out; the reference too stands there. An import is not shown.
  using Watch = std::function<void(const core::RecordView& record, core::Sequence sequence,
                                   core::Instant now, const core::RowSet& rows)>;
  void watch(Watch watch) { watch_ = std::move(watch); }

  // Decodes the group and carries it out at the latest with the kReplayTogether-th record behind
  // it, at once if it is an import. Fails with kCorrupt, naming the sequence, if a record cannot be
  // decoded or answers a request id for the second time; as the import says.
  [[nodiscard]] core::Result<void> take(const journal::Group& group);
  // Carries out what was taken; errors as above.
  [[nodiscard]] core::Result<void> carry_out();
  // Carries out and writes; after it the store stands at the last group taken.
  [[nodiscard]] core::Result<void> finish();

  // Carried out.
  [[nodiscard]] std::uint64_t records() const { return records_; }

 private:
  struct KeyHash {
    std::size_t operator()(const core::RowKey& key) const noexcept {
      return std::hash<std::string_view>{}(key.view());
    }
  };
  struct Kept {
    core::Row row;
    bool changed = false;
  };
  using Rows = std::unordered_map<core::RowKey, Kept, KeyHash>;
  // A record that was taken and not yet carried out.
  struct Waiting {
    core::RecordView record;
    core::Stamp stamp;
    core::Sha256 hash{};
  };

  [[nodiscard]] core::Result<void> decode(const journal::Group& group);
  [[nodiscard]] core::Result<void> take_import(const core::Import& import,
                                               const journal::Anchor& anchor);
  [[nodiscard]] core::Result<void> prefetch();
  [[nodiscard]] core::Result<void> read(std::span<const core::RowKey> keys);
  [[nodiscard]] core::Result<void> read_into(std::span<const core::RowKey> keys,
                                             std::span<core::Row> rows) const;
  [[nodiscard]] core::Result<void> write();
  [[nodiscard]] core::Result<void> carry_out(const Waiting& waiting);
  // Provides what is in memory; what is not is added to `missing`.
  void provide(const core::Command& command, core::RowSet& set, std::vector<core::RowKey>& missing);
  [[nodiscard]] Kept*& kept_of(const core::Need& need);
  void keep(core::Touched touched, core::Sequence sequence, const core::Sha256& receipt);

  RowStore& store_;
  core::Reference& reference_;
  CarryOutImport carry_out_import_;
  Watch watch_;
  Rows rows_;
  std::vector<Waiting> waiting_;
  std::vector<StoredChange> changes_;
  journal::Anchor anchor_;  // Of the last group taken.
  journal::Digest digest_;
  std::uint64_t unwritten_ = 0;
  std::uint64_t records_ = 0;
  // Reused between commands.
  std::vector<core::Need> needs_;
  std::array<Kept*, core::kSlots> slots_{};
  std::array<std::vector<Kept*>, core::kListedSlots> listed_;  // By index.
  std::string bytes_;
};

}  // namespace wasl::store
