#pragma once
// The machine's clocks behind core::Clock. Any thread.

#include "core/clock.hpp"

namespace wasl::cli {

class SystemClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant wall() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::steady_clock::time_point monotonic() const override {
    return std::chrono::steady_clock::now();
  }
};

}  // namespace wasl::cli
