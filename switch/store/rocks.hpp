#pragma once
// RocksDB as the materialised state: one column family, tagged keys, no write-ahead log. What a
// flush leaves is always a prefix of what was written, and the applied row in it says which. Reads
// and scans from any thread; write() and flush() from one.

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/ledger.hpp"
#include "core/row_set.hpp"
#include "journal/format.hpp"
#include "store/rocks_options.hpp"
#include "store/row_store.hpp"

namespace wasl::store {

// Changes that become visible together, with the anchor they bring the store to.
class RocksBatch {
 public:
  // An empty value removes the row.
  void change(std::string_view key, std::string_view value);
  void change(std::string_view key, std::string_view head, std::string_view tail);
  void clear() {
    batch_.Clear();
    posted_.clear();
  }
  [[nodiscard]] std::size_t bytes() const { return batch_.GetDataSize(); }

 private:
  friend class Rocks;
  rocksdb::WriteBatch batch_;
  core::Balances posted_;  // By the sets of postings among the changes.
};

// A range of keys: those that start with `prefix`, behind `after` (if not empty), before `until`
// (if not empty).
struct KeyRange {
  std::string_view prefix;
  std::string_view after;
  std::string_view until;
};

// Walks all rows in key order on one snapshot; the applied row is not a row. Once a read failed it
// is valid no more, wherever it is moved.
class RowCursor {
 public:
  [[nodiscard]] bool valid() const { return failed_.ok() && at_->Valid(); }
  [[nodiscard]] std::string_view key() const { return {at_->key().data(), at_->key().size()}; }
  [[nodiscard]] std::string_view value() const {
    return {at_->value().data(), at_->value().size()};
  }
  // Whether it is valid and the row's key begins so.
  [[nodiscard]] bool is_under(const core::RowKey& prefix) const {
    return valid() && key().starts_with(prefix.view());
  }
  void next();
  // To the first row at or behind the key.
  void seek(std::string_view key);
  // Behind every row whose key begins so: no byte of a key's own follows it that is as high.
  void seek_behind(const core::RowKey& prefix);
  // To the last row at or before the key.
  void seek_back(std::string_view key);
  // The error of the first read that failed, if one did.
  [[nodiscard]] core::Result<void> ended() const;

 private:
  friend class Rocks;
  explicit RowCursor(std::unique_ptr<rocksdb::Iterator> at);
  void skip_applied();
  // RocksDB forgets an error when the iterator is moved again.
  void note_failure();

  std::unique_ptr<rocksdb::Iterator> at_;
  rocksdb::Status failed_;
};

class Rocks final : public RowStore {
 public:
  // Makes a store that stands at `anchor`, flushed. Fails with kExists if one is there.
  [[nodiscard]] static core::Result<std::unique_ptr<Rocks>> create(const RocksConfig& config,
                                                                   const journal::Anchor& anchor);
  // Fails with kNotFound if none is there, kNotPermitted if it may not be read: this never creates.
  [[nodiscard]] static core::Result<std::unique_ptr<Rocks>> open(const RocksConfig& config);
  // Writes nothing, takes no lock, works beside a process that has the store open; sees the last
  // flush.
  [[nodiscard]] static core::Result<std::unique_ptr<Rocks>> open_read_only(
      const RocksConfig& config);
  ~Rocks() override;

  Rocks(const Rocks&) = delete;
  Rocks& operator=(const Rocks&) = delete;

  // Where the store stood when it was opened, then after each write().
  [[nodiscard]] const journal::Anchor& applied() const { return applied_; }

  [[nodiscard]] core::Result<void> get(std::span<const std::string_view> keys,
                                       const Found& found) const override;

  // Rows of the range in key order, on one snapshot, until `visit` returns false. The applied row
  // is not a row.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  [[nodiscard]] core::Result<void> scan(const KeyRange& range, const Visit& visit) const;

  // Must be gone before the store is. What it reads takes no row's place in the cache.
  [[nodiscard]] RowCursor iterate() const;

  // Atomic; durable only after a flush. The balances of the ledger follow by themselves.
  [[nodiscard]] core::Result<void> write(RocksBatch& batch, const journal::Anchor& anchor);

  // Rows without postings that follow from what is written already, and that write() never touches.
  // From any thread: RocksDB lets this and write() wait for each other. Durable with or before
  // whatever is written later.
  [[nodiscard]] core::Result<void> add_derived(RocksBatch& batch);

  [[nodiscard]] core::Result<void> write_changes(std::span<const StoredChange> changes,
                                                 const journal::Anchor& anchor) override;

  // Takes table files in, rows and anchor becoming visible together and durable at once. The files
  // are moved. `staging` is where they lie; the anchor gets a file of its own there.
  [[nodiscard]] core::Result<void> ingest(std::vector<std::string> files,
                                          const std::string& staging,
                                          const journal::Anchor& anchor);

  // Makes everything written so far durable. Without waiting it only starts that.
  [[nodiscard]] core::Result<void> flush(bool wait);

  // Without them flushes go on and nothing stalls; only reads become slower. One that runs ends.
  // From one thread; a few milliseconds where it changes something, nothing otherwise.
  [[nodiscard]] core::Result<void> allow_compactions(bool allowed);
  [[nodiscard]] bool compactions_allowed() const { return compactions_; }

  // Reads every table and verifies every checksum.
  [[nodiscard]] core::Result<void> verify_checksums() const;

  // RocksDB counts comparisons and reads for each thread unless that thread declines: a fifth of
  // what inserting costs. Called once by threads that read and write a lot.
  static void count_nothing_on_this_thread();

  [[nodiscard]] rocksdb::DB& db() { return *db_; }

 private:
  Rocks() = default;
  [[nodiscard]] static core::Result<std::unique_ptr<Rocks>> opened(const RocksConfig& config,
                                                                   bool create, bool read_only);
  [[nodiscard]] core::Result<void> read_applied();
  [[nodiscard]] core::Result<void> read_balances();

  std::unique_ptr<rocksdb::Env> env_;  // Outlives db_; nullptr: the default one.
  std::unique_ptr<rocksdb::DB> db_;
  journal::Anchor applied_;
  core::Balances balances_;  // All of the store's; of the thread that writes.
  bool compactions_ = true;
};

}  // namespace wasl::store
