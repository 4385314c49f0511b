#pragma once
// core::Durable for the simulator: the real journal, and an ordered map in RocksDB's place. Nothing
// happens by itself: what was asked waits until the simulator picks it, so every order that threads
// could produce can be played, in one thread and by seed. A flush keeps a prefix, as RocksDB's
// does.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/durable.hpp"
#include "core/reference.hpp"
#include "journal/journal.hpp"
#include "store/row_store.hpp"

namespace wasl::test {

// Rows at a point of the chain: what is applied, or what a flush left.
struct OrderedRows {
  std::map<std::string, std::string, std::less<>> rows;
  journal::Anchor anchor;
};

class OrderedMapStore final : public core::Durable, private store::RowStore {
 public:
  enum class Work : std::uint8_t { kLoad, kReservedLoad, kCommit, kApply, kScan, kHead, kFlush };

  struct Opened;
  // As `wasl init` does; `flushed` becomes the empty store.
  [[nodiscard]] static core::Result<void> create(const journal::Places& places,
                                                 const journal::Options& options,
                                                 const journal::DataId& data_id,
                                                 OrderedRows& flushed);
  // Recovers the journal and carries what the last flush left to its end. `flushed` outlives the
  // store and survives a power cut.
  [[nodiscard]] static core::Result<Opened> open(const journal::Places& places,
                                                 const journal::Options& options,
                                                 OrderedRows& flushed,
                                                 core::Completions& completions);

  void load(std::vector<core::Wanted> rows, core::Lane lane) override;
  void commit(core::Group group) override;
  void scan(core::Scan scan) override;
  [[nodiscard]] core::Lag lag() const override;
  [[nodiscard]] std::uint64_t group_bytes_max() const override {
    return journal_.group_bytes_max();
  }
  [[nodiscard]] std::uint64_t free_bytes() const override { return free_bytes_; }

  // What can happen now; empty after a failure. kHead and kFlush only if they would change
  // anything.
  [[nodiscard]] std::vector<Work> possible() const;
  // Does one of the possible things; its completions are called before this returns.
  void perform(Work work);

  [[nodiscard]] const OrderedRows& applied() const { return applied_; }
  [[nodiscard]] const journal::Anchor& last() const { return journal_.last(); }

 private:
  struct Durable {
    std::vector<core::RowChange> changes;
    std::vector<core::Sha256> receipts;
    journal::Anchor anchor;
    std::uint64_t stored_bytes = 0;
  };

  OrderedMapStore(journal::Journal journal, OrderedRows& flushed, core::Completions& completions);

  [[nodiscard]] core::Result<void> get(std::span<const std::string_view> keys,
                                       const Found& found) const override;
  [[nodiscard]] core::Result<void> write_changes(std::span<const store::StoredChange> changes,
                                                 const journal::Anchor& anchor) override;

  void read(std::deque<std::vector<core::Wanted>>& lane);
  [[nodiscard]] bool read(core::LoadedRow& row);
  void append();
  void apply();
  void read_page();
  void fail(const core::Error& error);

  journal::Journal journal_;
  OrderedRows& flushed_;
  core::Completions& completions_;
  OrderedRows applied_;
  std::deque<std::vector<core::Wanted>> claims_;
  std::deque<std::vector<core::Wanted>> reserved_;
  std::deque<core::Group> commits_;
  std::deque<Durable> durable_;
  std::deque<core::Scan> scans_;
  std::uint64_t free_bytes_ = std::uint64_t{1} << 40;
  bool failed_ = false;
};

struct OrderedMapStore::Opened {
  std::unique_ptr<OrderedMapStore> store;
  core::Reference reference;
  core::Instant last_now{};
  journal::RecoveryReport journal_report;
  std::uint64_t replayed = 0;
};

}  // namespace wasl::test
