#pragma once
// Many simulated pharmacies in one process, each with its own certificate and connection: they
// sell, present cards, and follow the protocol's rules when an answer fails to come. What they sent
// and what they were told is kept here, outside the switch: it is what the switch is judged by
// afterwards. start() and stop() from one thread; the terminals run on a thread of the fleet's own.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "card/cmac.hpp"
#include "card/key_provider.hpp"
#include "cli/client.hpp"
#include "cli/demo_network.hpp"
#include "core/mutex.hpp"

namespace wasl::cli {

// One request of a terminal and what it knows of it.
struct Sale {
  core::Participant from;
  core::RequestId request_id{};
  bool reversal = false;
  std::string envelope;  // As sent, first and again.
  bool answered = false;
  bool was_in_doubt = false;  // At some time its answer failed to come.
  std::string body;           // The stored answer, byte for byte.
  std::uint64_t sequence = 0;
  core::Sha256 record_hash{};
};

struct FleetTotals {
  std::uint64_t claims = 0;  // Answered ones.
  std::uint64_t approved = 0;
  std::uint64_t approved_partially = 0;
  std::uint64_t reversed = 0;
  std::map<std::string, std::uint64_t> declined;        // By claim reason.
  std::map<std::string, std::uint64_t> declined_lines;  // By line reason.
  std::int64_t insurer_cents = 0;
  std::int64_t patient_cents = 0;
  std::uint64_t in_doubt = 0;
  std::uint64_t unlike = 0;  // Repeats that gave other bytes: never.
  std::vector<std::uint32_t> latencies_us;

  [[nodiscard]] std::uint64_t declined_claims() const;
};

// Milliseconds at that share of the sorted latencies; 0 if there are none.
[[nodiscard]] double percentile_ms(std::vector<std::uint32_t> latencies_us, double share);

struct FleetOptions {
  std::uint16_t port = 0;
  std::shared_ptr<const net::TlsContext> tls{};
  const card::KeyProvider* keys = nullptr;
  core::Day today{};
  double claims_per_second = 0;  // Of all terminals together; 0: as fast as answers come.
  std::uint64_t seed = 1;
};

class Fleet {
 public:
  struct Seat {
    core::Participant me;
    core::FundCode agreed_fund;  // One that the pharmacy has an agreement with; cards are of it.
    std::shared_ptr<const net::ClientCertificate> certificate;
  };

  // `network` outlives the fleet.
  Fleet(FleetOptions options, std::vector<Seat> seats, DemoNetwork& network);
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  void start();
  // No new sales; every open one is resolved, then the terminals leave. False if some are still
  // without an answer after `patience`.
  [[nodiscard]] bool finish(std::chrono::seconds patience);

  [[nodiscard]] FleetTotals totals() const;
  // Claims answered so far; cheap, unlike totals().
  [[nodiscard]] std::uint64_t claims() const { return claims_.load(); }
  [[nodiscard]] std::size_t connected() const { return connected_.load(); }
  // After finish() only.
  [[nodiscard]] const std::vector<Sale>& sales() const { return sales_; }

 private:
  struct Terminal {
    Seat seat;
    std::size_t index = 0;
    std::shared_ptr<Client> client;
    std::uint64_t correlation = 0;
    std::uint64_t prescriptions = 0;
    std::optional<core::RequestId> last_approved;
    std::chrono::steady_clock::time_point next{};
  };

  [[nodiscard]] asio::awaitable<void> work(std::shared_ptr<Terminal> terminal);
  [[nodiscard]] asio::awaitable<void> connect(Terminal& terminal);
  [[nodiscard]] asio::awaitable<void> pace(Terminal& terminal);
  [[nodiscard]] asio::awaitable<void> settle(Terminal& terminal, std::size_t sale);
  [[nodiscard]] std::optional<v1::Envelope> next_request(Terminal& terminal);
  [[nodiscard]] std::optional<v1::Envelope> claim_of(Terminal& terminal);
  [[nodiscard]] std::size_t open_sale(Terminal& terminal, v1::Envelope request);
  void take_answer(Terminal& terminal, std::size_t sale, const v1::Answer& answer,
                   std::chrono::steady_clock::duration took);
  void count_claim(const v1::ClaimAnswer& answer) WASL_REQUIRES(mutex_);

  FleetOptions options_;
  DemoNetwork& network_;
  card::Cmac cmac_;
  std::mt19937_64 random_;
  asio::io_context context_{1};
  std::vector<std::shared_ptr<Terminal>> terminals_;
  std::map<core::FundCode, std::vector<std::size_t>> cards_by_fund_;
  std::vector<Sale> sales_;  // Fleet's thread.
  std::thread thread_;
  std::atomic<bool> finishing_ = false;
  std::atomic<bool> abandoned_ = false;
  std::atomic<std::size_t> connected_ = 0;
  std::atomic<std::size_t> working_ = 0;
  std::atomic<std::uint64_t> claims_ = 0;
  mutable core::Mutex mutex_;
  FleetTotals totals_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::cli
