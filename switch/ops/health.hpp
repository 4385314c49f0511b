#pragma once
// Whether this process should be given work: named checks, each asked when somebody wants to know.
// Checks are added at start-up, before the first question; afterwards any thread may ask.

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace wasl::ops {

struct CheckResult {
  bool ok = false;
  std::string detail;  // One line: what is wrong, or the state in a few words.
};

struct HealthReport {
  bool ready = false;
  std::string text;  // One line a check: "[+] journal: sequence 1000", "[-] disk: 12 MiB free".
};

class Health {
 public:
  // The check is called on the asking thread, must not block and must not throw.
  void add(std::string name, std::function<CheckResult()> check);
  // From now on not ready, whatever the checks say: the process is going down. Any thread.
  void stopping() { stopping_.store(true); }

  [[nodiscard]] HealthReport report() const;

 private:
  struct Check {
    std::string name;
    std::function<CheckResult()> ask;
  };
  std::vector<Check> checks_;
  std::atomic<bool> stopping_{false};
};

}  // namespace wasl::ops
