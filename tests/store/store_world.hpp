#pragma once
// Real places in a temporary directory, the real journal and RocksDB on them. A "kill" is a store
// dropped without close(); what the page cache holds survives, as it does a real one.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "journal/posix_files.hpp"
#include "store/directory_with_space.hpp"
#include "store/recorded_completions.hpp"
#include "store/recovery.hpp"
#include "store/rocks.hpp"
#include "store/rows_for_tests.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::test {

class StoreWorld {
 private:  // Outlive the store.
  TemporaryDirectory directory_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;

 public:
  StoreWorld() {
    for (const char* name : {"/journal", "/head"}) {
      std::filesystem::create_directory(directory_.path() + name);
    }
    journal_ = std::move(*journal::open_directory(directory_.path() + "/journal"));
    head_ = std::move(*journal::open_directory(directory_.path() + "/head"));
    space = std::make_unique<DirectoryWithSpace>(*journal_);
    options.leave = [] {};
  }

  [[nodiscard]] store::StorePlaces places() const {
    store::RocksConfig rocks;
    rocks.path = rocks_path();
    rocks.failure = std::make_shared<store::Failure>();
    rocks.file_system = file_system;
    journal::Options segments;
    segments.segment_bytes = 1024 * 1024;
    return {.journal = {.journal = *journal_, .head = *head_, .mirror = nullptr},
            .rocks = rocks,
            .segments = segments,
            .counted = {journal_.get(), head_.get(), space.get()},
            .disk_reserve_bytes = disk_reserve_bytes};
  }
  [[nodiscard]] std::string rocks_path() const { return directory_.path() + "/rocks"; }
  [[nodiscard]] std::string journal_path() const { return directory_.path() + "/journal"; }
  [[nodiscard]] const std::string& path() const { return directory_.path(); }

  void create() {
    const auto made = store::create_store(places(), data_id(1));
    ASSERT_TRUE(made) << core::describe(made.error());
  }
  void open() {
    auto up = store::bring_up(places());
    ASSERT_TRUE(up) << core::describe(up.error());
    replayed = up->replayed;
    reference = std::move(up->reference);
    last = up->last();
    completions = std::make_unique<RecordedCompletions>();
    store = std::make_unique<store::DurableStore>(std::move(up->parts), *completions, options);
  }
  void kill() { store.reset(); }
  void close() {
    const auto closed = store->close();
    EXPECT_TRUE(closed) << core::describe(closed.error());
    store.reset();
  }

  store::DurableOptions options;
  std::unique_ptr<DirectoryWithSpace> space;  // One of the places whose space counts.
  std::uint64_t disk_reserve_bytes = 0;
  std::shared_ptr<rocksdb::FileSystem> file_system;
  std::unique_ptr<RecordedCompletions> completions;
  std::unique_ptr<store::DurableStore> store;
  core::Reference reference;
  journal::Anchor last;
  std::uint64_t replayed = 0;
};

// Every row of a store that nobody has open.
[[nodiscard]] inline std::map<core::RowKey, std::string> rows_of(const store::RocksConfig& config) {
  std::map<core::RowKey, std::string> rows;
  const auto rocks = store::Rocks::open_read_only(config);
  EXPECT_TRUE(rocks) << core::describe(rocks.error());
  if (!rocks) return rows;
  EXPECT_TRUE((*rocks)->scan({}, [&](std::string_view key, std::string_view value) {
    rows.emplace(core::RowKey(key), value);
    return true;
  }));
  return rows;
}

}  // namespace wasl::test
