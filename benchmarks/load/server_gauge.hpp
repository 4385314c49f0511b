#pragma once
// What a running switch's process has used, read from outside. Figures are 0 where the system does
// not tell them. Any thread.

#include <sys/types.h>

namespace wasl::cli {

class ServerGauge {
 public:
  explicit ServerGauge(pid_t pid) : pid_(pid) {}

  [[nodiscard]] double cpu_seconds() const;
  [[nodiscard]] double resident_mib() const;
  // The most that was resident at any moment since forget_peak().
  [[nodiscard]] double peak_mib() const;
  // False: the system does not let us.
  [[nodiscard]] bool forget_peak() const;

 private:
  pid_t pid_;
};

}  // namespace wasl::cli
