#pragma once
// What a process asks of the operating system for itself: descriptors and signals.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"

namespace wasl::cli {

// First of all. Descriptors 0 to 2 that are closed become /dev/null: the next file opened would
// take their place, and what is meant for a person be written into it. A file that has reached its
// limit (RLIMIT_FSIZE) is a failed write from now on, and no longer the end of the process.
void prepare_process();

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
// thread. next() takes them one at a time. They stay blocked: a second SIGTERM while the process
// ends must not change how it ends.
class Signals {
 public:
  Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // The next signal, or nothing once `wait` has passed.
  [[nodiscard]] std::optional<Signal> next(std::chrono::milliseconds wait);
};

}  // namespace wasl::cli
