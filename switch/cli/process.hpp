#pragma once
// What a server asks of the operating system for itself: descriptors and signals.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"

namespace wasl::cli {

// Raises this process's limit of open descriptors to `wanted`; kLimit, with the way out, where the
// hard limit is below it. `fewer`: what else the operator may lower.
[[nodiscard]] core::Result<void> raise_descriptors(
    std::uint64_t wanted, std::string_view fewer = "the configured connections");

enum class Signal : std::uint8_t {
  kStop,          // SIGTERM, SIGINT
  kReload,        // SIGHUP
  kConfirmClock,  // SIGUSR2
};

// Blocks the signals above in this thread and all that it starts later: to be made before any other
// thread. wait() takes them one at a time.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // The next signal, or nothing once `wait` has passed.
  [[nodiscard]] std::optional<Signal> next(std::chrono::milliseconds wait);
};

}  // namespace wasl::cli
