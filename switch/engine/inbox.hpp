#pragma once
// Where I/O threads and the store's threads meet the engine thread: one mutex, held for a push or a
// swap. New commands are bounded and refused when there is no room; completions are bounded by what
// is in flight and always taken. Any thread.

#include <condition_variable>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/durable.hpp"
#include "core/mutex.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

struct Mail {
  std::vector<Submission> commands;
  std::vector<core::LoadedRow> loaded;
  std::optional<core::Committed> committed;
  std::optional<core::Sequence> applied;
  std::vector<core::Scanned> scanned;
  std::optional<core::Error> failed;
  bool stop = false;

  [[nodiscard]] bool empty() const {
    return commands.empty() && loaded.empty() && !committed && !applied && scanned.empty() &&
           !failed && !stop;
  }
};

class Inbox final : public core::Completions {
 public:
  // commands_max: how many may wait to be taken. Claims may fill three quarters of it; the rest is
  // kept for reversals and status queries, which end a doubt at a counter.
  explicit Inbox(std::size_t commands_max) : commands_max_(commands_max) {}

  // Takes the submissions that there is room for, in order. Those for which there was none are left
  // in the list, to be answered BUSY.
  void submit(std::vector<Submission>& submissions);

  void loaded(std::vector<core::LoadedRow> rows) override;
  void committed(core::Committed commit) override;
  void applied(core::Sequence up_to) override;
  void scanned(core::Scanned scan) override;
  void failed(core::Error error) override;

  // Asks the engine thread to answer what it has and return.
  void stop();

  // Everything that has come; waits until there is something, or `wait` passed.
  [[nodiscard]] Mail take(std::chrono::milliseconds wait);

  [[nodiscard]] std::size_t depth() const;

 private:
  // False, and the submission as it was, where there is no room for it.
  [[nodiscard]] bool take_in(Submission& submission) WASL_REQUIRES(mutex_);

  const std::size_t commands_max_;
  mutable core::Mutex mutex_;
  std::condition_variable arrived_;
  Mail mail_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::engine
