#pragma once
// What simulated terminals were answered, counted. Plain data.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/exchange.hpp"

namespace wasl::cli {

struct FleetTotals {
  std::uint64_t claims = 0;  // Answered ones, refunds included.
  std::uint64_t refunds = 0;
  std::uint64_t approved = 0;
  std::uint64_t approved_partially = 0;
  std::map<std::string, std::uint64_t> declined{};        // By claim reason.
  std::map<std::string, std::uint64_t> declined_lines{};  // By line reason.
  std::int64_t insurer_cents = 0;
  std::int64_t patient_cents = 0;
  std::uint64_t reversed = 0;
  std::uint64_t rights_shown = 0;
  std::uint64_t cards_updated = 0;
  std::uint64_t cards_reported = 0;  // Opposed, or the opposition lifted.
  std::uint64_t not_done = 0;        // Of the four kinds above: answered with a reason why not.
  std::uint64_t refused = 0;         // Without effect, by a typed refusal other than BUSY.
  std::uint64_t in_doubt = 0;        // Requests whose answer failed to come at first.
  std::uint64_t repeated = 0;        // Sent again after their answer, on purpose.
  std::uint64_t unlike = 0;          // Repeats that gave other bytes, unreadable answers: never.
  // Of claims never in doubt, from the moment they were due.
  std::vector<std::uint32_t> latencies_us{};

  void count(const Exchange& exchange, const v1::AnswerBody& body);
  void add(const FleetTotals& more);
  [[nodiscard]] std::uint64_t declined_claims() const;
};

// Milliseconds at that share of the sorted latencies; 0 if there are none.
[[nodiscard]] double percentile_ms(std::vector<std::uint32_t> latencies_us, double share);

}  // namespace wasl::cli
