#pragma once
// The protocol on one established connection: frames in, commands to the engine, answers out in the
// order in which they become ready. A frame that breaks the protocol is answered once and ends the
// session; a request that is malformed is answered and the session goes on. On its I/O thread only.

#include <absl/container/flat_hash_map.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "net/connection.hpp"
#include "net/lane.hpp"

namespace wasl::net {

// Requests of one connection that may wait for their answers; one more is answered BUSY. A counter
// has one in flight, a centre's batch 100.
inline constexpr std::uint32_t kInFlightMax = 256;

class Session {
 public:
  Session(std::shared_ptr<Connection> peer, std::shared_ptr<Lane> lane);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Reads until the peer closes, breaks the protocol or is told to go, then waits for the answers
  // that are still under way, as long as the peer is there to take them.
  [[nodiscard]] asio::awaitable<void> run();

  // An answer from the engine.
  void take(engine::Delivery delivery);

 private:
  // A feed whose items are answered together.
  struct Batch {
    std::vector<core::Reply> replies;
    std::size_t missing = 0;
  };

  void take_frame(core::ByteView frame);
  void take_request(wire::Decoded decoded, engine::MonotonicTime received);
  void submit(wire::Decoded& decoded, engine::MonotonicTime received);
  void take_batch_item(engine::Delivery delivery);
  // A last answer to a peer that broke the framing; other errors need none.
  void refuse_broken(const core::Error& error);
  void refuse(std::uint64_t correlation, const core::Refused& refused, const char* sentence);
  void send();

  std::shared_ptr<Connection> peer_;
  // A session that ends with its io_context leaves the lane then.
  const std::shared_ptr<Lane> lane_;
  std::uint64_t id_;
  std::uint32_t in_flight_ = 0;
  absl::flat_hash_map<std::uint64_t, Batch> batches_;  // By correlation id.
  asio::steady_timer answered_;                        // Cancelled when nothing is in flight.
  std::string frame_;                                  // The answer being encoded.
};

// Runs a session on the lane of the connection's own thread; what Listener calls.
class Gate {
 public:
  // `lanes[i]` serves the i-th I/O thread, and has that number as its index.
  explicit Gate(std::vector<std::shared_ptr<Lane>> lanes) : lanes_(std::move(lanes)) {}

  [[nodiscard]] asio::awaitable<void> serve(std::shared_ptr<Connection> peer);
  // Engine thread: sorts the answers of a step by lane.
  void deliver(std::vector<engine::Delivery> deliveries);

 private:
  [[nodiscard]] const std::shared_ptr<Lane>& lane_of(Connection& peer) const;

  std::vector<std::shared_ptr<Lane>> lanes_;
};

}  // namespace wasl::net
