#pragma once
// The store's one way to give up: the first failure is told to the engine, then the process leaves.
// Nothing that was acknowledged depends on what happens after. Any thread.

#include <atomic>
#include <functional>
#include <optional>

#include "core/mutex.hpp"
#include "core/result.hpp"

namespace wasl::store {

// The way out of every damage to RocksDB: it is never the truth.
inline constexpr const char* kRebuild =
    "; if the journal is whole, move the store's directory away and make it anew with `wasl "
    "restore --rebuild`: docs/data_format.md, \"Store\"";

using OnFailure = std::function<void(core::Error)>;

// Leaves at once, without running destructors that would write: what main returns for "the disk is
// not to be trusted any more". Equal to EX_IOERR of sysexits.h.
inline constexpr int kFailedExitCode = 74;
[[noreturn]] void leave_process() noexcept;

class Failure {
 public:
  // Once; nobody listens before listen().
  void report(core::Error error);
  // Takes who is told, at once if something has failed already.
  void listen(OnFailure told);
  [[nodiscard]] bool happened() const { return happened_.load(std::memory_order_acquire); }
  [[nodiscard]] std::optional<core::Error> error() const;

 private:
  std::atomic<bool> happened_ = false;
  mutable core::Mutex mutex_;  // Orders report() against listen().
  std::optional<core::Error> error_ WASL_GUARDED_BY(mutex_);
  OnFailure told_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::store
