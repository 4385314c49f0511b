#pragma once
// A std::mutex that clang's -Wthread-safety understands: members say which mutex guards them with
// WASL_GUARDED_BY, and the check proves that it is held. Any thread.

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define WASL_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define WASL_THREAD_ANNOTATION(x)
#endif
#define WASL_CAPABILITY(name) WASL_THREAD_ANNOTATION(capability(name))
#define WASL_SCOPED_CAPABILITY WASL_THREAD_ANNOTATION(scoped_lockable)
#define WASL_GUARDED_BY(mutex) WASL_THREAD_ANNOTATION(guarded_by(mutex))
#define WASL_REQUIRES(mutex) WASL_THREAD_ANNOTATION(requires_capability(mutex))
#define WASL_ACQUIRE(...) WASL_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define WASL_RELEASE(...) WASL_THREAD_ANNOTATION(release_capability(__VA_ARGS__))

namespace wasl::core {

class WASL_CAPABILITY("mutex") Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

// Holds the mutex for its own life. Waits are written as loops over the condition: a predicate in a
// lambda would escape the check.
class WASL_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) WASL_ACQUIRE(mutex) : lock_(mutex.mutex_) {}
  ~MutexLock() WASL_RELEASE() {}
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

  void wait(std::condition_variable& changed) { changed.wait(lock_); }
  // False if the deadline passed.
  bool wait_until(std::condition_variable& changed,
                  std::chrono::steady_clock::time_point deadline) {
    return changed.wait_until(lock_, deadline) == std::cv_status::no_timeout;
  }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace wasl::core
