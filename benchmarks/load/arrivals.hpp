#pragma once
// Claims that arrive on a schedule which no stall moves, while other things are done: a claim's
// time counts from when it was due. On a thread of its own, with connections of its own.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "cli/load_claims.hpp"
#include "load/visits.hpp"

namespace wasl::cli {

struct Arrival {
  std::chrono::steady_clock::time_point due;
  std::chrono::microseconds took;
};

struct ArrivalReport {
  std::vector<Arrival> answered;  // Decided claims.
  std::uint64_t approved = 0;
  std::uint64_t busy = 0;
  std::uint64_t unanswered = 0;  // Sent, and the connection or the patience ended.
};

class Arrivals {
 public:
  // Claim i is sent on connection i modulo their number, one for each visitor. `door` and `claims`,
  // with the correlation ids that prepare_claims() gives, outlive this.
  Arrivals(const Door& door, std::vector<Visitor> visitors, const Envelopes& claims,
           double claims_per_second);
  ~Arrivals();
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;

  // Connects, then begins. Errors: of the first connection that could not be made.
  [[nodiscard]] core::Result<void> begin();
  // No more claims; waits for the answers that are to come. kOutOfRange if the claims did not last.
  [[nodiscard]] core::Result<ArrivalReport> end();

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] asio::awaitable<void> connect_all();
  [[nodiscard]] asio::awaitable<core::Result<void>> connect(std::size_t index);
  [[nodiscard]] asio::awaitable<void> follow_schedule();
  // When the context has stopped.
  void leave();
  void send(std::size_t place, Clock::time_point due);
  void take(Clock::time_point due, const core::Result<v1::Envelope>& answer);

  const Door& door_;
  const std::vector<Visitor> visitors_;
  const Envelopes& claims_;
  const Clock::duration gap_;
  asio::io_context context_{1};
  std::vector<std::shared_ptr<Client>> clients_;
  std::optional<core::Error> failed_;
  std::size_t in_flight_ = 0;
  bool lasted_ = true;  // There was always a claim to send.
  std::atomic<bool> ending_ = false;
  ArrivalReport report_;
  std::thread thread_;
};

}  // namespace wasl::cli
