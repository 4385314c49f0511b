#include "cli/demo_stage.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "card/private_file.hpp"
#include "cli/init.hpp"
#include "cli/pki.hpp"
#include "cli/sample.hpp"
#include "ops/config.hpp"

namespace wasl::cli {
namespace {

using std::chrono::seconds;

constexpr std::chrono::milliseconds kStartPatience{30'000};
// The sample's catalogue and prescribers for a demonstration: enough to choose from, quick to read.
constexpr std::uint32_t kInns = 300;
constexpr std::uint32_t kBrands = 900;
constexpr std::uint32_t kTarifs = 120;

TimePoint now() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

core::Result<void> make_sample(const DemoOptions& options, const DemoStage& stage) {
  SampleOptions sample;
  sample.cards = options.cards;
  sample.pharmacies = options.pharmacies;
  sample.centres = options.centres;
  sample.prescribers = 50;
  sample.inns = kInns;
  sample.brands = kBrands;
  sample.tarifs = kTarifs;
  sample.date = stage.today;
  sample.out = stage.directory.sample();
  const core::Result<SampleCounts> written = write_sample(sample);
  if (!written) return std::unexpected(written.error());
  return {};
}

core::Result<void> make_switch(const DemoStage& stage) {
  InitOptions options;
  options.directory = stage.directory.home();
  options.funds = {"CNAS", "CASNOS", "AMO"};
  options.dns_names = {"localhost"};
  options.ip_addresses = {"127.0.0.1"};
  options.now = now();
  return init_switch(options);
}

// The terminals of the demo all come from this machine; ports are the kernel's choice.
core::Result<void> configure(const DemoStage& stage, std::uint16_t port) {
  core::Result<ops::Config> config = ops::load_config(stage.directory.config());
  if (!config) return std::unexpected(config.error());
  config->listen_address = "127.0.0.1";
  config->listen_port = port;
  config->admin_port = 0;
  return card::replace_private(stage.directory.config(), ops::config_text(*config));
}

core::Result<void> import_sample(const DemoStage& stage) {
  const core::Result<int> code = run_to_end(
      stage.binary, {"import", "--config", stage.directory.config(), stage.directory.sample()},
      stage.directory.log());
  if (!code) return std::unexpected(code.error());
  if (*code != 0) {
    return core::fail(core::Errc::kIo, "the import failed; see " + stage.directory.log());
  }
  return {};
}

core::Result<void> make_seats(DemoStage& stage) {
  const std::string pki = stage.directory.home() + "/pki";
  PkiIssueClients clients;
  clients.directory = pki;
  clients.now = now();
  for (const core::Registration& pharmacy : stage.network.pharmacies) {
    if (pharmacy.agreements.empty()) continue;
    stage.seats.push_back({.me = pharmacy.participant,
                           .agreed_fund = pharmacy.agreements.front().fund,
                           .certificate = nullptr});
    clients.uris.push_back(net::participant_uri(pharmacy.participant));
  }
  const core::Result<std::vector<IssuedCertificate>> issued = pki_issue_clients(clients);
  if (!issued) return std::unexpected(issued.error());
  for (std::size_t i = 0; i < issued->size(); ++i) {
    auto certificate =
        net::ClientCertificate::from_pem((*issued)[i].certificate_pem, (*issued)[i].key_pem);
    if (!certificate) return std::unexpected(certificate.error());
    stage.seats[i].certificate = std::move(*certificate);
  }
  core::Result<std::shared_ptr<const net::TlsContext>> tls = net::TlsContext::client(
      {.ca_file = pki + "/ca.crt", .crl_file = pki + "/ca.crl", .server_name = "127.0.0.1"});
  if (!tls) return std::unexpected(tls.error());
  stage.tls = std::move(*tls);
  return {};
}

core::Result<void> read_keys(DemoStage& stage) {
  core::Result<ops::Config> config = ops::load_config(stage.directory.config());
  if (!config) return std::unexpected(config.error());
  core::Result<FundKeys> keys = FundKeys::read(config->card_key_files);
  if (!keys) return std::unexpected(keys.error());
  stage.keys = std::move(*keys);
  return {};
}

}  // namespace

core::Result<DemoDirectory> DemoDirectory::make(const std::string& keep) {
  if (keep.empty()) {
    core::Result<ScratchDirectory> scratch = ScratchDirectory::make();
    if (!scratch) return std::unexpected(scratch.error());
    DemoDirectory directory(scratch->path());
    directory.scratch_.emplace(std::move(*scratch));
    return directory;
  }
  std::error_code error;
  std::filesystem::create_directories(keep, error);
  const bool empty = !error && std::filesystem::is_empty(keep, error);
  if (error) return core::fail(core::Errc::kIo, "cannot make " + keep + ": " + error.message());
  if (!empty) return core::fail(core::Errc::kExists, keep + " is not empty");
  return DemoDirectory(keep);
}

core::Result<DemoStage> set_up_demo(const DemoOptions& options, std::ostream& out) {
  core::Result<DemoDirectory> directory = DemoDirectory::make(options.keep);
  if (!directory) return std::unexpected(directory.error());
  DemoStage stage{.directory = std::move(*directory),
                  .binary = options.binary,
                  .network = {},
                  .keys = {},
                  .tls = {},
                  .seats = {}};
  // Algeria's offset, as the sample's rulebooks have it.
  stage.today =
      core::day_of(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
                   std::chrono::minutes{60});
  out << "Making a network in " << stage.directory.path() << ": " << options.cards << " cards, "
      << options.pharmacies << " pharmacies, " << options.centres << " payment centres\n";
  core::Result<void> done = make_sample(options, stage);
  if (done) done = make_switch(stage);
  if (done) done = configure(stage, 0);
  if (done) done = import_sample(stage);
  if (!done) return std::unexpected(done.error());
  core::Result<DemoNetwork> network = read_demo_network(stage.directory.sample(), stage.today);
  if (!network) return std::unexpected(network.error());
  stage.network = std::move(*network);
  done = make_seats(stage);
  if (done) done = read_keys(stage);
  if (!done) return std::unexpected(done.error());
  return stage;
}

core::Result<ServerProcess> start_switch(const DemoStage& stage, std::uint16_t port) {
  const core::Result<void> configured = configure(stage, port);
  if (!configured) return std::unexpected(configured.error());
  return ServerProcess::start(
      {.binary = stage.binary, .config = stage.directory.config(), .log = stage.directory.log()},
      kStartPatience);
}

}  // namespace wasl::cli
