#pragma once
// Many simulated terminals in one process, each with its own certificate, address and connection:
// they ask what pharmacies and payment centres ask, and follow the protocol's rules when an answer
// fails to come. What they sent and were told is kept here, outside the switch. The calls come from
// one thread; the terminals run on a thread of the fleet's own.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/client.hpp"
#include "cli/demo_counter.hpp"
#include "cli/demo_network.hpp"
#include "cli/fleet_totals.hpp"
#include "core/mutex.hpp"

namespace wasl::cli {

struct FleetOptions {
  std::uint16_t port = 0;
  std::shared_ptr<const net::TlsContext> tls{};
  const card::KeyProvider* keys = nullptr;
  core::Day today{};
  // Due, of all terminals together; 0: as fast as answers come.
  double requests_per_second = 0;
  std::uint64_t seed = 1;
};

class Fleet {
 public:
  struct Seat {
    core::Participant me;  // A pharmacy or a payment centre.
    // A pharmacy's: one that it has an agreement with; cards are of it. Empty: any card comes.
    core::FundCode agreed_fund;
    std::shared_ptr<const net::ClientCertificate> certificate;
    bool open = true;  // Else it connects and asks nothing: a suspended pharmacy.
  };

  // `network` and the keys outlive the fleet.
  Fleet(FleetOptions options, std::vector<Seat> seats, DemoNetwork& network);
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  // The terminals connect, and from now on connect again whenever they lose the switch.
  void start();
  // They begin to ask.
  void open();
  // No new requests; every open one is resolved, then the terminals leave. False if some are still
  // without an answer after `patience`.
  [[nodiscard]] bool finish(std::chrono::seconds patience);

  [[nodiscard]] std::size_t size() const { return terminals_.size(); }
  // With a certificate that the switch has accepted.
  [[nodiscard]] std::size_t connected() const { return connected_.load(); }
  [[nodiscard]] std::size_t in_flight() const { return in_flight_.load(); }
  // Claims answered so far.
  [[nodiscard]] std::uint64_t claims() const { return claims_.load(); }
  // What was answered since the last call; totals() goes on counting it.
  [[nodiscard]] FleetTotals take_recent();
  [[nodiscard]] FleetTotals totals();
  // After finish() only.
  [[nodiscard]] const std::vector<Exchange>& exchanges() const { return exchanges_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Terminal;

  [[nodiscard]] asio::awaitable<void> work(std::shared_ptr<Terminal> terminal);
  [[nodiscard]] asio::awaitable<void> wait(Terminal& terminal, Clock::time_point until);
  [[nodiscard]] asio::awaitable<void> connect(Terminal& terminal);
  [[nodiscard]] asio::awaitable<void> ask(Terminal& terminal);
  [[nodiscard]] asio::awaitable<void> settle(Terminal& terminal, std::size_t index);
  [[nodiscard]] asio::awaitable<void> repeat(Terminal& terminal, std::string envelope,
                                             std::size_t index);
  void prepare(Terminal& terminal);
  void take_answer(Terminal& terminal, std::size_t index, const v1::Answer& answer);
  [[nodiscard]] Clock::duration gap();
  void wake_all();

  FleetOptions options_;
  DemoTown town_;
  asio::io_context context_{1};
  std::vector<std::shared_ptr<Terminal>> terminals_;
  std::vector<Exchange> exchanges_;  // Fleet's thread.
  std::thread thread_;
  std::atomic<bool> open_ = false;
  std::atomic<bool> finishing_ = false;
  std::atomic<bool> abandoned_ = false;
  std::atomic<std::size_t> connected_ = 0;
  std::atomic<std::size_t> in_flight_ = 0;
  std::atomic<std::size_t> working_ = 0;
  std::atomic<std::uint64_t> claims_ = 0;
  core::Mutex mutex_;
  FleetTotals recent_ WASL_GUARDED_BY(mutex_);
  FleetTotals earlier_;  // The callers' thread.
};

}  // namespace wasl::cli
