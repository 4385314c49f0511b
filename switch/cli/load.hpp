#pragma once
// The load generator of `wasl bench`: many connections with prepared claims. Closed loop: each
// connection has one claim in flight. Open loop: claims are due by a schedule that no stall moves,
// and a claim's time counts from when it was due. Meanwhile bytes are moved and nothing else: the
// answers are read when all are there. On the thread that calls, which it blocks.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/load_claims.hpp"

namespace wasl::cli {

struct LoadOptions {
  std::uint16_t port = 0;
  std::shared_ptr<const net::TlsContext> tls{};
  std::size_t connections = 64;
  double claims_per_second = 0;  // 0: closed loop.
  std::chrono::milliseconds time{20'000};
  std::chrono::milliseconds hold{0};  // Connections stay this long after the last answer.
};

struct LoadReport {
  std::size_t connected = 0;
  std::uint64_t answered = 0;  // Claims decided, within the measured time.
  std::uint64_t approved = 0;  // Wholly or partly.
  std::map<std::string, std::uint64_t> declined{};
  std::uint64_t busy = 0;        // Refused, to be sent again: not counted as answered.
  std::uint64_t unanswered = 0;  // Sent, and the connection or the patience ended.
  std::uint64_t answer_bytes = 0;
  std::chrono::duration<double> connecting{};
  std::chrono::duration<double> measured{};
  std::vector<std::uint32_t> latencies_us{};
};

// Connection i serves seat i modulo their number and sends the claims i, i + connections, … of
// `claims`: these must have been prepared for that many seats, or for a divisor of it. Errors: kIo,
// kTls, kTimeout of the first connection that could not be made.
[[nodiscard]] core::Result<LoadReport> run_load(const LoadOptions& options,
                                                const std::vector<LoadSeat>& seats,
                                                const Envelopes& claims);

}  // namespace wasl::cli
