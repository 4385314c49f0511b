#pragma once
// A wall clock that stands still, beside a monotonic one that goes on. Any thread.

#include "core/clock.hpp"

namespace wasl::test {

class FixedClock final : public core::Clock {
 public:
  explicit FixedClock(core::Instant wall) : wall_(wall) {}
  [[nodiscard]] core::Instant wall() const override { return wall_; }
  [[nodiscard]] std::chrono::steady_clock::time_point monotonic() const override {
    return std::chrono::steady_clock::now();
  }

 private:
  core::Instant wall_;
};

}  // namespace wasl::test
