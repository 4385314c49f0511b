#include "store/rounds.hpp"

#include <sys/resource.h>

#include <utility>

#include "core/assert.hpp"
#include "store/rocks.hpp"

namespace wasl::store {
namespace {

// A tenth of what a thread of the claims gets where both want a processor; not less, since it may
// hold a lock of RocksDB's for an instant.
constexpr int kNice = 10;

}  // namespace

Rounds::Rounds(Rocks& rocks, RoundsOptions options) : rocks_(rocks), options_(std::move(options)) {
  if (options_.clock == nullptr) return;
  WASL_ASSERT(options_.pending != nullptr && options_.failed != nullptr);
  thread_ = std::thread([this] { run(); });
}

Rounds::~Rounds() { stop(); }

void Rounds::stop() {
  {
    const core::MutexLock lock(mutex_);
    stopped_.store(true);
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Rounds::run() {
  Rocks::count_nothing_on_this_thread();
  // Of this thread alone, as Linux has it. Where it is forbidden the rounds are at par.
  static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNice));
  do {
    look_at_pending();
    keep_closings();
  } while (pause());
}

void Rounds::keep_closings() {
  const auto kept = closings_.keep(rocks_, stopped_);
  if (!kept) options_.failed(kept.error());
}

void Rounds::look_at_pending() {
  const auto began = options_.clock->monotonic();
  auto found = scan_.read(rocks_, options_.clock->wall(), stopped_);
  if (!found) return options_.failed(found.error());
  if (!found->has_value()) return;
  (*found)->took = options_.clock->monotonic() - began;
  options_.pending(std::move(**found));
}

bool Rounds::pause() {
  const auto until = std::chrono::steady_clock::now() + options_.every;
  core::MutexLock lock(mutex_);
  while (!stopped_.load()) {
    if (!lock.wait_until(changed_, until)) break;
  }
  return !stopped_.load();
}

}  // namespace wasl::store
