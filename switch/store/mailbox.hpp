#pragma once
// Hands work from one thread to others, in order. It has no bound of its own: what is in flight is
// bounded by who sends (one group, the rows reserved by the engine, its scans). Any thread.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <optional>
#include <utility>

#include "core/mutex.hpp"

namespace wasl::store {

template <typename T>
class Mailbox {
 public:
  // Dropped when closed.
  void put(T item) {
    {
      const core::MutexLock lock(mutex_);
      if (closed_) return;
      items_.push_back(std::move(item));
    }
    changed_.notify_one();
  }

  // Waits for an item; nothing once closed and empty.
  [[nodiscard]] std::optional<T> take() {
    core::MutexLock lock(mutex_);
    while (items_.empty() && !closed_) lock.wait(changed_);
    return take_front();
  }

  // Nothing as well if none came before the deadline.
  [[nodiscard]] std::optional<T> take_until(std::chrono::steady_clock::time_point deadline) {
    core::MutexLock lock(mutex_);
    while (items_.empty() && !closed_) {
      if (!lock.wait_until(changed_, deadline)) break;
    }
    return take_front();
  }

  // Waits for an item and leaves it inside; false once closed and empty.
  [[nodiscard]] bool wait() {
    core::MutexLock lock(mutex_);
    while (items_.empty() && !closed_) lock.wait(changed_);
    return !items_.empty();
  }

  // All that is inside now.
  [[nodiscard]] std::deque<T> take_all() {
    const core::MutexLock lock(mutex_);
    return std::exchange(items_, {});
  }

  [[nodiscard]] bool closed() const {
    const core::MutexLock lock(mutex_);
    return closed_;
  }

  // What is inside is still given, nothing more goes in.
  void close() { end(false); }
  // What is inside is dropped.
  void abandon() { end(true); }

 private:
  void end(bool drop) {
    {
      const core::MutexLock lock(mutex_);
      closed_ = true;
      if (drop) items_.clear();
    }
    changed_.notify_all();
  }

  [[nodiscard]] std::optional<T> take_front() WASL_REQUIRES(mutex_) {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    return item;
  }

  mutable core::Mutex mutex_;  // Held for a few instructions only.
  std::condition_variable changed_;
  std::deque<T> items_ WASL_GUARDED_BY(mutex_);
  bool closed_ WASL_GUARDED_BY(mutex_) = false;
};

}  // namespace wasl::store
