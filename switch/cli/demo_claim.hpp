#pragma once
// The requests of the demo's pharmacies, payment centres and funds, complete; a pharmacy's claims
// are signed. Pure but for the cards' counters.

#include <cstdint>
#include <span>
#include <string>

#include "card/cmac.hpp"
#include "card/key_provider.hpp"
#include "cli/demo_network.hpp"
#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

struct DemoLine {
  const core::Product* medicine = nullptr;
  std::uint32_t quantity = 1;
  std::uint32_t supply_days = 0;
};

struct DemoClaim {
  core::Participant pharmacy;  // Not of a refund.
  core::RequestId request_id{};
  std::string terminal = "T1";
  core::Day today{};
  std::string prescriber;
  std::string prescription;
  std::span<const DemoLine> lines;
};

// The card's counter goes up by one. Errors: the keys', or kMalformed where the switch would
// refuse.
[[nodiscard]] core::Result<v1::Envelope> signed_claim(const DemoClaim& claim, DemoCard& card,
                                                      const card::KeyProvider& keys,
                                                      card::Cmac& cmac);
[[nodiscard]] v1::Envelope reversal_of(const core::RequestId& original,
                                       const core::RequestId& request_id);

// A claim in the place of one that was rejected. Its card and date stay the original's.
[[nodiscard]] v1::Envelope correction_of(const core::RequestId& original, const DemoClaim& claim);

// A centre's. Its operator is recorded instead of proofs.
[[nodiscard]] v1::Envelope refund_of(const DemoClaim& claim, const DemoCard& card);
[[nodiscard]] v1::Envelope rights_of(const core::CardReference& card,
                                     const core::RequestId& request_id);
[[nodiscard]] v1::Envelope update_of(const core::CardReference& card,
                                     const core::RequestId& request_id);
[[nodiscard]] v1::Envelope report_of(const core::CardNumber& card, v1::CardAction action,
                                     const core::RequestId& request_id);

// A fund's feed: what it knew of the pharmacy, and a key that signs bordereaux.
[[nodiscard]] v1::Envelope registration_of(const core::Registration& known,
                                           const core::FundCode& fund,
                                           const std::string& signing_key,
                                           const core::RequestId& batch_id);

}  // namespace wasl::cli
