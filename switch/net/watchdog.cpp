#include "net/watchdog.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace wasl::net {

asio::io_context::id Watchdog::id;

Watchdog::Watchdog(asio::io_context& context)
    : asio::io_context::service(context), timer_(context) {}

void Watchdog::shutdown() {}

void Watchdog::add(Watched& watched) {
  watched.slot_ = entries_.size();
  entries_.push_back({.watched = &watched});
  if (!sleeping_) sleep();
}

void Watchdog::remove(Watched& watched) {
  const std::size_t slot = watched.slot_;
  WASL_ASSERT(slot < entries_.size() && entries_[slot].watched == &watched);
  entries_[slot] = entries_.back();
  entries_[slot].watched->slot_ = slot;
  entries_.pop_back();
  // A client's io_context runs out of work, and returns, when its last connection is gone.
  if (entries_.empty()) timer_.cancel();
}

Watchdog::Clock::time_point& Watchdog::deadline(const Watched& watched, Waiting waiting) {
  WASL_ASSERT(watched.slot_ < entries_.size() && entries_[watched.slot_].watched == &watched);
  return entries_[watched.slot_].deadlines[static_cast<std::size_t>(waiting)];
}

void Watchdog::allow(const Watched& watched, Waiting waiting, std::chrono::milliseconds from_now) {
  deadline(watched, waiting) = Clock::now() + from_now;
}

void Watchdog::relax(const Watched& watched, Waiting waiting) {
  deadline(watched, waiting) = kNever;
}

void Watchdog::sleep() {
  sleeping_ = true;
  timer_.expires_after(kSweepPeriod);
  timer_.async_wait([this](const boost::system::error_code&) {
    sleeping_ = false;
    sweep();
    if (!entries_.empty() && !sleeping_) sleep();
  });
}

void Watchdog::sweep() {
  const Clock::time_point now = Clock::now();
  // From the end, since a call may remove its own entry: the last one then takes its place.
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (i >= entries_.size()) continue;
    const auto passed = std::ranges::find_if(
        entries_[i].deadlines, [now](const Clock::time_point at) { return at <= now; });
    if (passed == entries_[i].deadlines.end()) continue;
    *passed = kNever;
    entries_[i].watched->deadline_passed(
        static_cast<Waiting>(passed - entries_[i].deadlines.begin()));
  }
}

}  // namespace wasl::net
