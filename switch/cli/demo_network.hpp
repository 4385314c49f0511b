#pragma once
// The sample network as the demo's pharmacies know it: who they are, what they sell, which cards
// come to their counters. Read from the same files that the switch imported. One thread.

#include <cstdint>
#include <string>
#include <vector>

#include "core/request.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct DemoCard {
  core::CardReference reference;
  std::uint8_t rank = 1;  // Of the beneficiary who comes with it.
  bool barred = false;    // Opposed, blacklisted or replaced.
  bool fresh = false;     // Its rights reach beyond today, and the beneficiary's are open.
  bool long_term = false;
  std::uint32_t counter = 0;
};

struct DemoNetwork {
  std::vector<core::Registration> pharmacies;
  std::vector<core::Registration> suspended;  // Pharmacies that may connect, but not sell.
  std::vector<core::Registration> centres;    // Without their agencies.
  std::vector<core::Product> medicines;  // Of the first catalogue, reimbursable, in force today.
  std::vector<core::Tarif> tarifs;       // Of the first catalogue, in force today.
  std::vector<DemoCard> cards;           // Of the first catalogue's funds.
};

// Reads a sample directory. Errors as the import's.
[[nodiscard]] core::Result<DemoNetwork> read_demo_network(const std::string& directory,
                                                          core::Day today);

}  // namespace wasl::cli
