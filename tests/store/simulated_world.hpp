#pragma once
// Journal, head and RocksDB on one simulated disk, with RocksDB's and the store's threads.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "store/locked_directory.hpp"
#include "store/recovery.hpp"
#include "store/rocks.hpp"
#include "store/rocks_file_system.hpp"
#include "support/simulated_disk.hpp"

namespace wasl::test {

class SimulatedWorld {
 public:
  explicit SimulatedWorld(std::uint64_t seed) : disk_(seed) { plug_in(); }

  // Decides what survived, and gives new handles. Nobody may use the old ones any more.
  void plug_in() {
    const std::scoped_lock lock(mutex_);
    disk_.restart();
    journal_ = locked(disk_.directory("journal"), mutex_, journal_fails);
    head_ = locked(disk_.directory("head"), mutex_, sound_);
    rocks_ = locked(disk_.directory("rocks"), mutex_, rocks_fails);
  }
  void cut_at(std::uint64_t step, Moment moment) {
    const std::scoped_lock lock(mutex_);
    disk_.cut_at(step, moment);
  }
  void suppress_journal_syncs() { disk_.suppress_syncs("journal"); }
  void wipe_rocks() {
    const std::scoped_lock lock(mutex_);
    for (const std::string& name : disk_.names("rocks")) disk_.erase("rocks", name);
  }

  [[nodiscard]] store::StorePlaces places() {
    constexpr const char* kRocksPath = "/simulated/rocks";
    store::RocksConfig rocks;
    rocks.path = kRocksPath;
    rocks.file_system = rocks_file_system(*rocks_, kRocksPath);
    journal::Options segments;
    segments.segment_bytes = 16 * 1024;
    return {.journal = {.journal = *journal_, .head = *head_, .mirror = nullptr},
            .rocks = rocks,
            .segments = segments,
            .counted = {journal_.get()}};
  }
  [[nodiscard]] core::Directory& journal() { return *journal_; }

  // While set, every write and sync there fails.
  std::atomic<bool> journal_fails = false;
  std::atomic<bool> rocks_fails = false;

 private:
  const std::atomic<bool> sound_ = false;
  std::mutex mutex_;  // Guards the disk.
  SimulatedDisk disk_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;
  std::unique_ptr<core::Directory> rocks_;
};

}  // namespace wasl::test
