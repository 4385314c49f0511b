#pragma once
// One connection of a client with many requests in flight, matched by correlation id: for terminal,
// demo and load generator. It belongs to the thread of its io_context, as do all calls. Idle, it
// costs a net::Connection and one coroutine. A request without an answer is in doubt: what that
// means and when to connect again are its caller's to decide (Backoff helps with the latter).

#include <absl/container/flat_hash_map.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "net/client_connection.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

namespace asio = boost::asio;

class Client final : public std::enable_shared_from_this<Client> {
 public:
  using Answered = std::move_only_function<void(core::Result<v1::Envelope>)>;

  // Errors as net::connect(). The switch judges our certificate after this has succeeded: greet()
  // tells. The client lives until close(), or until the connection ends.
  [[nodiscard]] static asio::awaitable<core::Result<std::shared_ptr<Client>>> connect(
      asio::io_context& context, std::shared_ptr<const net::TlsContext> tls,
      net::ClientTarget target);

  explicit Client(asio::io_context& context, std::shared_ptr<net::Connection> connection);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // `envelope` is a serialised Envelope without header, 1 to 65,536 bytes, that carries
  // `correlation_id`, which no other request in flight has. `answered` is called once, in a later
  // turn of the thread: with the answer, Refused included, or with kTimeout (up to 100 ms late),
  // kClosed, kTls, kMalformed or kLimit, which all say that there is none and that the switch may
  // have taken the request. A late answer is dropped.
  void send(std::string_view envelope, std::uint64_t correlation_id,
            std::chrono::milliseconds timeout, Answered answered);
  // The same for coroutines.
  [[nodiscard]] asio::awaitable<core::Result<v1::Envelope>> call(std::string envelope,
                                                                 std::uint64_t correlation_id,
                                                                 std::chrono::milliseconds timeout);
  // Numbers the request itself: one connection uses either this or its own correlation ids.
  [[nodiscard]] asio::awaitable<core::Result<v1::Envelope>> call(v1::Envelope request,
                                                                 std::chrono::milliseconds timeout);

  // A round trip without effect: after it the switch has accepted the certificate. kTls when it did
  // not, kNotPermitted with the switch's words after a typed refusal.
  [[nodiscard]] asio::awaitable<core::Result<void>> greet(std::chrono::milliseconds timeout);

  // `ended` is called once, when the connection ends, by whichever side, within that turn of the
  // thread: it must not call or drop the client. Before what is in flight gets its error.
  void on_end(std::move_only_function<void()> ended) { on_end_ = std::move(ended); }

  [[nodiscard]] bool is_open() const { return connection_->is_open() && !ended_; }
  [[nodiscard]] std::size_t in_flight() const { return waiting_.size(); }
  // At once; what is in flight gets kClosed. Idempotent.
  void close();

 private:
  // One request in flight; the thread's watchdog keeps its deadline.
  struct Waiting final : net::Watched {
    Client* client = nullptr;
    std::uint64_t correlation_id = 0;
    Answered answered;
    void deadline_passed(net::Waiting waiting) override;
  };
  using WaitingPtr = std::unique_ptr<Waiting>;

  static asio::awaitable<void> read_answers(std::shared_ptr<Client> self);
  [[nodiscard]] WaitingPtr take(std::uint64_t correlation_id);
  void answer(std::uint64_t correlation_id, core::Result<v1::Envelope> result);
  void hand_over(Answered answered, core::Result<v1::Envelope> result);
  void fail_all(const core::Error& error);

  asio::io_context& context_;
  net::Watchdog& watchdog_;
  std::shared_ptr<net::Connection> connection_;
  absl::flat_hash_map<std::uint64_t, WaitingPtr> waiting_;
  std::uint64_t last_correlation_id_ = 0;
  std::move_only_function<void()> on_end_;
  bool ended_ = false;
};

// Pauses before connecting again: each a random part of a span that doubles, so that terminals that
// lost the switch in the same moment do not come back in the same moment.
class Backoff {
 public:
  // A second lets most restarts pass; half a minute keeps a whole country below 500 attempts a
  // second.
  static constexpr std::chrono::milliseconds kFirst{1'000};
  static constexpr std::chrono::milliseconds kMost{30'000};

  explicit Backoff(std::uint64_t seed, std::chrono::milliseconds first = kFirst,
                   std::chrono::milliseconds most = kMost)
      : random_(seed), first_(first), most_(most), span_(first) {}
  [[nodiscard]] std::chrono::milliseconds next();
  // After a success.
  void reset() { span_ = first_; }

 private:
  std::minstd_rand random_;  // Small: a load generator holds thousands.
  std::chrono::milliseconds first_;
  std::chrono::milliseconds most_;
  std::chrono::milliseconds span_;
};

}  // namespace wasl::cli
