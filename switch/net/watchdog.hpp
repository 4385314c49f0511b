#pragma once
// Deadlines of all connections of one I/O thread. Setting one is a store into an array that a timer
// sweeps ten times a second: no timer, heap operation or system call per frame. A deadline is
// noticed at most one sweep late, never early. One per io_context (asio::use_service); on its
// thread only.

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <vector>

namespace wasl::net {

namespace asio = boost::asio;

// A connection waits for at most two things at once: the peer's bytes, and the peer taking ours.
enum class Waiting : std::uint8_t { kRead, kWrite };

class Watched {
 public:
  virtual void deadline_passed(Waiting waiting) = 0;

 protected:
  virtual ~Watched() = default;

 private:
  friend class Watchdog;
  std::size_t slot_ = 0;
};

class Watchdog : public asio::io_context::service {
 public:
  using Clock = std::chrono::steady_clock;
  static asio::io_context::id id;

  explicit Watchdog(asio::io_context& context);

  // Without deadlines. The connection is removed before it ends.
  void add(Watched& watched);
  void remove(Watched& watched);
  // Replaces the earlier deadline of this kind. When it passes, deadline_passed() is called once.
  void allow(const Watched& watched, Waiting waiting, std::chrono::milliseconds from_now);
  void relax(const Watched& watched, Waiting waiting);

 private:
  static constexpr std::chrono::milliseconds kSweepPeriod{100};
  static constexpr Clock::time_point kNever = Clock::time_point::max();

  struct Entry {
    std::array<Clock::time_point, 2> deadlines{kNever, kNever};
    Watched* watched = nullptr;
  };

  void shutdown() override;
  void sleep();
  void sweep();
  [[nodiscard]] Clock::time_point& deadline(const Watched& watched, Waiting waiting);

  std::vector<Entry> entries_;
  asio::steady_timer timer_;
  bool sleeping_ = false;
};

}  // namespace wasl::net
