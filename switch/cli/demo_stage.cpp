#include "cli/demo_stage.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <system_error>

#include "card/private_file.hpp"
#include "cli/init.hpp"
#include "cli/pki.hpp"
#include "cli/process.hpp"
#include "cli/sample.hpp"
#include "cli/server.hpp"
#include "ops/config.hpp"

namespace wasl::cli {
namespace {

using std::chrono::seconds;

constexpr std::chrono::milliseconds kStartPatience{30'000};
// The sample's catalogue and prescribers for a demonstration: enough to choose from, quick to read.
constexpr std::uint32_t kPrescribers = 50;
constexpr std::uint32_t kInns = 300;
constexpr std::uint32_t kBrands = 900;
constexpr std::uint32_t kTarifs = 120;

// The story's, and others that time out.
constexpr std::uint64_t kOtherConnections = 16;

TimePoint now() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

core::Result<void> make_sample(const DemoOptions& options, const DemoStage& stage,
                               DemoConsole& console) {
  SampleOptions sample;
  sample.cards = options.cards;
  sample.pharmacies = options.pharmacies;
  sample.centres = options.centres;
  if (!options.whole_sample) {
    sample.prescribers = kPrescribers;
    sample.inns = kInns;
    sample.brands = kBrands;
    sample.tarifs = kTarifs;
  }
  sample.date = stage.today;
  sample.out = stage.directory.sample();
  sample.progress = [&](std::uint64_t cards) { console.show(grouped(cards) + " cards written"); };
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
  config->connections = stage.connections;
  return card::replace_private(stage.directory.config(), ops::config_text(*config));
}

core::Result<void> import_sample(const DemoStage& stage) {
  return run_to_end(stage.binary,
                    {"import", "--config", stage.directory.config(), stage.directory.sample()},
                    stage.directory.log());
}

// An agreement of today with a fund whose cards are about, if there is one.
core::FundCode agreed_fund(const core::Registration& pharmacy,
                           const std::set<core::FundCode>& funds, core::Day today) {
  for (const core::FundAgreement& each : pharmacy.agreements) {
    if (each.in_force.contains(today) && funds.contains(each.fund)) return each.fund;
  }
  return {};
}

// Without certificates.
void seat_participants(DemoStage& stage) {
  std::set<core::FundCode> funds;
  for (const DemoCard& card : stage.network.cards) funds.insert(card.reference.fund);
  const auto add = [&](const std::vector<core::Registration>& participants, bool open) {
    for (const core::Registration& each : participants) {
      stage.seats.push_back({.me = each.participant,
                             .agreed_fund = agreed_fund(each, funds, stage.today),
                             .certificate = nullptr,
                             .open = open});
    }
  };
  add(stage.network.pharmacies, true);
  add(stage.network.suspended, false);
  add(stage.network.centres, true);
}

core::Result<void> issue_certificates(DemoStage& stage, DemoConsole& console) {
  PkiIssueClients clients;
  clients.directory = stage.directory.home() + "/pki";
  clients.now = now();
  for (const Fleet::Seat& seat : stage.seats) {
    clients.uris.push_back(net::participant_uri(seat.me));
  }
  const std::string of_all = " of " + grouped(stage.seats.size()) + " certificates issued";
  clients.progress = [&](std::size_t issued) { console.show(grouped(issued) + of_all); };
  core::Result<std::vector<IssuedCertificate>> issued = pki_issue_clients(clients);
  if (!issued) return std::unexpected(issued.error());
  for (std::size_t i = 0; i < issued->size(); ++i) {
    auto certificate =
        net::ClientCertificate::from_pem((*issued)[i].certificate_pem, (*issued)[i].key_pem);
    if (!certificate) return std::unexpected(certificate.error());
    stage.seats[i].certificate = std::move(*certificate);
  }
  return {};
}

core::Result<void> trust_the_authority(DemoStage& stage) {
  const std::string pki = stage.directory.home() + "/pki";
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

// Algeria's, as the sample's rulebooks have it.
core::Day today() {
  return core::day_of(
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
      std::chrono::minutes{60});
}

core::Result<void> read_network(DemoStage& stage) {
  core::Result<DemoNetwork> network = read_demo_network(stage.directory.sample(), stage.today);
  if (!network) return std::unexpected(network.error());
  stage.network = std::move(*network);
  seat_participants(stage);
  return read_keys(stage);
}

core::Result<void> build(const DemoOptions& options, DemoStage& stage, DemoConsole& console) {
  core::Result<void> done =
      console.timed("sample network written", [&] { return make_sample(options, stage, console); });
  if (done) {
    done = console.timed("switch made: authority, keys, empty store", [&] {
      const core::Result<void> made = make_switch(stage);
      return made ? configure(stage, 0) : made;
    });
  }
  if (done) done = console.timed("network imported", [&] { return import_sample(stage); });
  if (done)
    done = console.timed("network read by its terminals", [&] { return read_network(stage); });
  if (!done) return done;
  done = console.timed(grouped(stage.seats.size()) + " certificates issued, each with its own key",
                       [&] { return issue_certificates(stage, console); });
  return done ? trust_the_authority(stage) : done;
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
  // The switch reads the paths of its configuration from where that lies, this command from where
  // it runs.
  const std::string path = std::filesystem::absolute(keep, error).string();
  if (!error) std::filesystem::create_directories(path, error);
  const bool empty = !error && std::filesystem::is_empty(path, error);
  if (error) return core::fail(core::Errc::kIo, "cannot make " + keep + ": " + error.message());
  if (!empty) return core::fail(core::Errc::kExists, keep + " is not empty");
  return DemoDirectory(path);
}

core::Result<DemoStage> set_up_demo(const DemoOptions& options, DemoConsole& console) {
  // A sixth more than there are, while old connections time out.
  const std::uint64_t connections = options.terminals() * 7 / 6 + kOtherConnections;
  const core::Result<void> raised =
      raise_descriptors(connections + kOtherDescriptors, "--pharmacies and --centres");
  if (!raised) return std::unexpected(raised.error());
  core::Result<DemoDirectory> directory = DemoDirectory::make(options.keep);
  if (!directory) return std::unexpected(directory.error());
  DemoStage stage{.directory = std::move(*directory),
                  .binary = options.binary,
                  .connections = connections,
                  .today = today(),
                  .network = {},
                  .keys = {},
                  .tls = {},
                  .seats = {}};
  console.say("A network in " + stage.directory.path() + ": " + grouped(options.cards) +
              " cards, " + grouped(options.pharmacies) + " pharmacies, " +
              grouped(options.centres) + " payment centres");
  const core::Result<void> done = build(options, stage, console);
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
