#include "cli/load_setting.hpp"

#include <algorithm>
#include <unordered_set>

#include "cli/pki.hpp"
#include "ops/config.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;

// Algeria's, as the sample's rulebooks have it.
constexpr std::chrono::minutes kUtcOffset{60};

core::Instant wall() { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }

// Tenths of seconds since 2026 fit 32 bits for thirteen years; no load uses ten counters of a card
// a second.
std::uint32_t first_counter(core::Instant now) {
  const auto since = now - core::Instant{core::Day{std::chrono::year{2026} / 1 / 1}};
  return static_cast<std::uint32_t>(since / milliseconds{100});
}

// Whether anybody of the sample can buy there: the cards are of some funds only.
bool sells(const core::Registration& pharmacy, const std::unordered_set<core::FundCode>& funds,
           core::Day today) {
  return std::ranges::any_of(pharmacy.agreements, [&](const core::FundAgreement& agreement) {
    return funds.contains(agreement.fund) && agreement.in_force.contains(today);
  });
}

core::Result<std::vector<LoadSeat>> make_seats(const std::string& pki, DemoNetwork& network,
                                               core::Day today, std::size_t count) {
  std::unordered_set<core::FundCode> funds;
  for (const DemoCard& card : network.cards) funds.insert(card.reference.fund);
  std::vector<LoadSeat> seats;
  PkiIssueClients clients;
  clients.directory = pki;
  clients.now = std::chrono::floor<std::chrono::seconds>(wall());
  for (core::Registration& pharmacy : network.pharmacies) {
    if (seats.size() == count || !sells(pharmacy, funds, today)) continue;
    clients.uris.push_back(net::participant_uri(pharmacy.participant));
    seats.push_back({.pharmacy = std::move(pharmacy), .certificate = nullptr});
  }
  const core::Result<std::vector<IssuedCertificate>> issued = pki_issue_clients(clients);
  if (!issued) return std::unexpected(issued.error());
  for (std::size_t i = 0; i < issued->size(); ++i) {
    auto certificate =
        net::ClientCertificate::from_pem((*issued)[i].certificate_pem, (*issued)[i].key_pem);
    if (!certificate) return std::unexpected(certificate.error());
    seats[i].certificate = std::move(*certificate);
  }
  return seats;
}

}  // namespace

core::Result<LoadSetting> read_load_setting(const std::string& directory,
                                            const std::string& network, std::size_t seats) {
  LoadSetting setting;
  const core::Instant now = wall();
  setting.today = core::day_of(now, kUtcOffset);
  setting.seed = static_cast<std::uint64_t>(now.time_since_epoch().count());
  const core::Result<ops::Config> config = ops::load_config(directory + "/wasl.toml");
  if (!config) return std::unexpected(config.error());
  setting.port = static_cast<std::uint16_t>(config->listen_port);
  core::Result<FundKeys> keys = FundKeys::read(config->card_key_files);
  if (!keys) return std::unexpected(keys.error());
  setting.keys = std::move(*keys);
  core::Result<DemoNetwork> sample = read_demo_network(network, setting.today);
  if (!sample) return std::unexpected(sample.error());
  setting.network = std::move(*sample);
  for (DemoCard& card : setting.network.cards) card.counter = first_counter(now);
  const std::string pki = directory + "/pki";
  auto made = make_seats(pki, setting.network, setting.today, seats);
  if (!made) return std::unexpected(made.error());
  setting.seats = std::move(*made);
  auto tls = net::TlsContext::client(
      {.ca_file = pki + "/ca.crt", .crl_file = pki + "/ca.crl", .server_name = "127.0.0.1"});
  if (!tls) return std::unexpected(tls.error());
  setting.tls = std::move(*tls);
  return setting;
}

}  // namespace wasl::cli
