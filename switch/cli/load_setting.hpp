#pragma once
// What a load needs to know of the switch that it loads: the sample that was imported, the card
// keys, and pharmacies with certificates of the switch's own authority. Read once; one thread.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/demo_network.hpp"
#include "cli/fund_keys.hpp"
#include "core/result.hpp"
#include "net/tls_context.hpp"

namespace wasl::cli {

// A pharmacy of the network with its certificate.
struct LoadSeat {
  core::Registration pharmacy;
  std::shared_ptr<const net::ClientCertificate> certificate;
};

struct LoadSetting {
  DemoNetwork network;
  FundKeys keys;
  std::vector<LoadSeat> seats;
  std::shared_ptr<const net::TlsContext> tls;
  std::uint16_t port = 0;  // The configuration's.
  core::Day today{};
  std::uint64_t seed = 0;  // Of request ids and prescriptions; another with each reading.
};

// `directory` as `wasl init` made it, with the authority's key; `network`, the sample that was
// imported into it; at most `seats` pharmacies that have agreements. The cards' counters begin
// above those of every earlier reading, so that a switch can be loaded again and again. Issues the
// certificates.
[[nodiscard]] core::Result<LoadSetting> read_load_setting(const std::string& directory,
                                                          const std::string& network,
                                                          std::size_t seats);

}  // namespace wasl::cli
