#pragma once
// Keeps what the store completed and lets a test wait for it. A wait that gets nothing for a minute
// fails the test. Any thread.

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/durable.hpp"
#include "core/mutex.hpp"

namespace wasl::test {

class RecordedCompletions final : public core::Completions {
 public:
  void loaded(std::vector<core::LoadedRow> rows) override {
    change([&] {
      for (core::LoadedRow& row : rows) loaded_[row.key] = std::move(row.row);
    });
  }
  void committed(core::Committed commit) override {
    change([&] { committed_.push_back(std::move(commit)); });
  }
  void applied(core::Sequence up_to) override {
    change([&] { applied_.push_back(up_to); });
  }
  void scanned(core::Scanned scan) override {
    change([&] { scanned_.push_back(std::move(scan)); });
  }
  void failed(core::Error error) override {
    change([&] { failures_.push_back(std::move(error)); });
  }

  // Gives each loaded row once.
  core::Row wait_loaded(const core::RowKey& key) {
    core::MutexLock lock(mutex_);
    while (!loaded_.contains(key)) {
      if (!wait(lock)) return {};
    }
    core::Row row = std::move(loaded_.at(key));
    loaded_.erase(key);
    return row;
  }
  core::Committed wait_committed(core::Sequence first) {
    core::MutexLock lock(mutex_);
    for (;;) {
      for (const auto& commit : committed_) {
        if (commit.first == first) return commit;
      }
      if (!wait(lock)) return {};
    }
  }
  // Nothing if the store failed first.
  std::optional<core::Committed> wait_committed_or_failed(core::Sequence first) {
    core::MutexLock lock(mutex_);
    for (;;) {
      for (const auto& commit : committed_) {
        if (commit.first == first) return commit;
      }
      if (!failures_.empty() || !wait(lock)) return std::nullopt;
    }
  }
  void wait_applied(core::Sequence sequence) {
    core::MutexLock lock(mutex_);
    while (applied_.empty() || applied_.back() < sequence) {
      if (!wait(lock)) return;
    }
  }
  core::Scanned wait_scanned(std::uint64_t id) {
    core::MutexLock lock(mutex_);
    for (;;) {
      for (const auto& scan : scanned_) {
        if (scan.id == id) return scan;
      }
      if (!wait(lock)) return {};
    }
  }
  core::Error wait_failed() {
    core::MutexLock lock(mutex_);
    while (failures_.empty()) {
      if (!wait(lock)) return {};
    }
    return failures_.front();
  }

  [[nodiscard]] std::vector<core::Committed> commits() {
    const core::MutexLock lock(mutex_);
    return committed_;
  }
  [[nodiscard]] std::vector<core::Sequence> applies() {
    const core::MutexLock lock(mutex_);
    return applied_;
  }
  [[nodiscard]] std::vector<core::Error> failures() {
    const core::MutexLock lock(mutex_);
    return failures_;
  }
  [[nodiscard]] bool has_loaded(const core::RowKey& key) {
    const core::MutexLock lock(mutex_);
    return loaded_.contains(key);
  }

 private:
  template <typename Change>
  void change(Change what) {
    {
      const core::MutexLock lock(mutex_);
      what();
    }
    changed_.notify_all();
  }
  bool wait(core::MutexLock& lock) {
    const bool came =
        lock.wait_until(changed_, std::chrono::steady_clock::now() + std::chrono::minutes(1));
    EXPECT_TRUE(came) << "nothing was completed for a minute";
    return came;
  }

  core::Mutex mutex_;
  std::condition_variable changed_;
  std::map<core::RowKey, core::Row> loaded_;
  std::vector<core::Committed> committed_;
  std::vector<core::Sequence> applied_;
  std::vector<core::Scanned> scanned_;
  std::vector<core::Error> failures_;
};

}  // namespace wasl::test
