#pragma once
// A claim as a pharmacy of the demo makes it: complete and signed. Pure but for the cards'
// counters.

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
  core::Participant pharmacy;
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

}  // namespace wasl::cli
