#include "store/pending_watch.hpp"

#include <sys/resource.h>

#include <utility>

#include "core/assert.hpp"
#include "store/pending_scan.hpp"
#include "store/rocks.hpp"

namespace wasl::store {
namespace {

// A tenth of what a thread of the claims gets where both want a processor; not less, since it may
// hold a lock of RocksDB's for an instant.
constexpr int kNice = 10;

}  // namespace

PendingWatch::PendingWatch(const Rocks& rocks, PendingWatching watching)
    : rocks_(rocks), watching_(std::move(watching)) {
  if (watching_.clock == nullptr) return;
  WASL_ASSERT(watching_.told != nullptr);
  thread_ = std::thread([this] { run(); });
}

PendingWatch::~PendingWatch() { stop(); }

void PendingWatch::stop() {
  {
    const core::MutexLock lock(mutex_);
    stopped_.store(true);
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PendingWatch::run() {
  Rocks::count_nothing_on_this_thread();
  // Of this thread alone, as Linux has it. Where it is forbidden the looks are at par.
  static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNice));
  PendingScan scan;
  do {
    const auto began = watching_.clock->monotonic();
    auto found = scan.read(rocks_, watching_.clock->wall(), stopped_);
    if (!found) {
      watching_.told(std::unexpected(found.error()));
    } else if (*found) {
      (*found)->took = watching_.clock->monotonic() - began;
      watching_.told(std::move(**found));
    }
  } while (pause());
}

bool PendingWatch::pause() {
  const auto until = std::chrono::steady_clock::now() + watching_.every;
  core::MutexLock lock(mutex_);
  while (!stopped_.load()) {
    if (!lock.wait_until(changed_, until)) break;
  }
  return !stopped_.load();
}

}  // namespace wasl::store
