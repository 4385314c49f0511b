#include "store/failure.hpp"

#include <unistd.h>

#include <utility>

namespace wasl::store {

void leave_process() noexcept { ::_exit(kFailedExitCode); }

void Failure::report(core::Error error) {
  OnFailure told;
  {
    const core::MutexLock lock(mutex_);
    if (error_.has_value()) return;
    error_ = error;
    happened_.store(true, std::memory_order_release);
    told = told_;
  }
  if (told) told(std::move(error));
}

void Failure::listen(OnFailure told) {
  std::optional<core::Error> earlier;
  {
    const core::MutexLock lock(mutex_);
    if (!error_.has_value()) {
      told_ = std::move(told);
      return;
    }
    earlier = error_;
  }
  if (told) told(std::move(*earlier));
}

std::optional<core::Error> Failure::error() const {
  const core::MutexLock lock(mutex_);
  return error_;
}

}  // namespace wasl::store
