// The listener's bounds, reload, revocation of live connections, and stopping.

#include "net/listener.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>
#include <list>
#include <thread>

#include "net/network.hpp"

namespace wasl::net {
namespace {

using test::Authority;
using test::Client;
using test::Network;
using test::now;
using namespace std::chrono_literals;

constexpr const char* kProvider = "urn:wasl:provider:16-004512";

ClientTarget from(ClientTarget target, const char* address) {
  target.local_address = asio::ip::make_address(address);
  return target;
}

// Until the server has noticed that connections ended.
bool wait_for_connections(Network& network, std::size_t count) {
  const auto deadline = std::chrono::steady_clock::now() + test::kPatience;
  while (network.listener().connections() != count) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

TEST(Listener, ServesUpToItsTotalAndRefusesTheNext) {
  Network network{{.limits = {.connections_max = 3}}};
  std::list<Client> clients;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(clients.emplace_back(network).is_served());
  Client refused{network};
  EXPECT_FALSE(refused.is_served());
  EXPECT_EQ(network.counts().get("total_limit"), 1);

  clients.pop_back();
  ASSERT_TRUE(wait_for_connections(network, 2));
  Client again{network};
  EXPECT_TRUE(again.is_served());
}

TEST(Listener, ServesUpToItsBoundPerAddress) {
  Network network{{.limits = {.connections_per_address_max = 2}}};
  std::list<Client> clients;
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(clients.emplace_back(network).is_served());
  Client refused{network};
  EXPECT_FALSE(refused.is_served());
  EXPECT_EQ(network.counts().get("address_limit"), 1);
  Client elsewhere{network, from(network.provider(), "127.0.3.7")};
  EXPECT_TRUE(elsewhere.is_served());
}

TEST(Listener, ServesUpToItsBoundPerCertificate) {
  Network network{{.limits = {.connections_per_certificate_max = 2}}};
  const auto target = network.provider();
  std::list<Client> clients;
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(clients.emplace_back(network, target).is_served());
  Client refused{network, target};
  EXPECT_FALSE(refused.is_served());
  EXPECT_TRUE(network.counts().wait_for("handshake_certificate_limit"));
  refused.connection()->close(core::CloseCause::kSession);
  Client renewed{network};
  EXPECT_TRUE(renewed.is_served());

  clients.pop_back();
  ASSERT_TRUE(network.counts().wait_for("closed_peer"));
  ASSERT_TRUE(wait_for_connections(network, 2));
  Client again{network, target};
  EXPECT_TRUE(again.is_served());
}

TEST(Listener, AcceptsNothingMoreWhileTooManyHandshakesAreInFlight) {
  Network network{{.limits = {.handshakes_max = 2}}};
  asio::io_context context;
  tcp::socket first{context};
  tcp::socket second{context};
  first.connect(network.address());
  second.connect(network.address());
  ASSERT_TRUE(wait_for_connections(network, 2));
  // The kernel completes the connection; the server does not see it before a place is free.
  tcp::socket third{context};
  third.connect(network.address());
  EXPECT_EQ(network.listener().connections(), 2u);
  first.close();
  EXPECT_TRUE(network.counts().wait_for("handshake_closed", 1));
  second.close();
  EXPECT_TRUE(network.counts().wait_for("handshake_closed", 2));
  Client client{network};
  EXPECT_TRUE(client.is_served());
}

TEST(Listener, EstablishedConnectionsHoldNoHandshakePlace) {
  Network network{{.limits = {.handshakes_max = 1}}};
  std::list<Client> clients;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(clients.emplace_back(network).is_served());
}

TEST(Listener, RefusesForWantOfDescriptorsAndRecovers) {
  Network network;
  std::list<Client> clients;
  EXPECT_TRUE(clients.emplace_back(network).is_served());
  asio::io_context context;
  tcp::socket waiting{context, tcp::v4()};
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  // Every number that is free now is at or above this one.
  const int free_number = ::dup(0);
  ASSERT_GE(free_number, 0);
  ::close(free_number);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(free_number);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  waiting.connect(network.address());
  const bool refused = network.counts().wait_for("descriptors");
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_TRUE(refused);
  EXPECT_TRUE(clients.front().is_served());
  EXPECT_TRUE(clients.emplace_back(network).is_served());
}

TEST(Listener, ReloadsItsCertificateWithoutDroppingConnections) {
  Network network;
  Client before{network};
  ASSERT_TRUE(before.is_served());
  const CertificateId old_id = before.connection()->certificate();

  network.files().install(network.authority().server());
  const auto closed = network.listener().reload();
  ASSERT_TRUE(closed) << core::describe(closed.error());
  EXPECT_EQ(*closed, 0u);
  Client after{network};
  EXPECT_TRUE(after.is_served());
  EXPECT_NE(after.connection()->certificate(), old_id);
  EXPECT_TRUE(before.is_served());
}

TEST(Listener, KeepsWhatItHasWhenAReloadFails) {
  Network network;
  const auto expires = network.listener().tls()->certificate_expires();
  test::write_file(network.files().config().crl_file, "not a list");
  const auto failed = network.listener().reload();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, core::Errc::kMalformed);
  EXPECT_EQ(network.listener().tls()->certificate_expires(), expires);
  Client client{network};
  EXPECT_TRUE(client.is_served());
}

TEST(Listener, ClosesLiveConnectionsOfARevokedCertificate) {
  Network network;
  const auto lost = network.authority().client(kProvider);
  Client revoked{network, network.target(lost)};
  Client also_revoked{network, network.target(lost)};
  Client other{network};
  ASSERT_TRUE(revoked.is_served());
  ASSERT_TRUE(also_revoked.is_served());
  ASSERT_TRUE(other.is_served());

  test::write_file(network.files().config().crl_file, network.authority().crl({lost.serial}));
  const auto closed = network.listener().reload();
  ASSERT_TRUE(closed);
  EXPECT_EQ(*closed, 2u);
  EXPECT_TRUE(network.counts().wait_for("closed_revoked", 2));
  EXPECT_FALSE(revoked.is_served());
  EXPECT_TRUE(other.is_served());
  Client again{network, network.target(lost)};
  EXPECT_FALSE(again.is_served());
  EXPECT_TRUE(network.counts().wait_for("handshake_revoked"));
}

TEST(Listener, ServesAgainAfterAnExpiredListWasReplaced) {
  Authority authority;
  const std::string crl = authority.crl({}, {now() - 2h, now() - 1s});
  Network network{std::move(authority), {.crl = crl}};
  Client refused{network};
  EXPECT_FALSE(refused.is_served());
  test::write_file(network.files().config().crl_file, network.authority().crl({}));
  ASSERT_TRUE(network.listener().reload());
  EXPECT_GT(network.listener().tls()->crl_expires(), now());
  Client client{network};
  EXPECT_TRUE(client.is_served());
}

TEST(Listener, StopsAcceptingAndLetsSessionsGiveTheirLastAnswers) {
  std::promise<void> reached;
  Network::Options options;
  options.session = [&reached](std::shared_ptr<Connection> own) {
    return [](std::shared_ptr<Connection> connection,
              std::promise<void>& begun) -> asio::awaitable<void> {
      begun.set_value();
      const core::Result<core::ByteView> read = co_await connection->read_frame();
      EXPECT_FALSE(read.has_value());
      connection->send("last answer");
    }(std::move(own), reached);
  };
  Network network{std::move(options)};
  Client client{network};
  ASSERT_TRUE(client.connected());
  reached.get_future().wait();
  network.listener().stop();
  const auto answer = test::run(client.context(), test::next_frame(client.connection()));
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "last answer");
  client.connection()->close(core::CloseCause::kSession);
  EXPECT_TRUE(network.counts().wait_for("closed_stopping"));
  EXPECT_TRUE(wait_for_connections(network, 0));
  Client late{network};
  EXPECT_FALSE(late.is_served());
}

TEST(Listener, EndsCleanlyWithConnectionsInEveryState) {
  Network network;
  std::list<Client> clients;
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(clients.emplace_back(network).is_served());
  asio::io_context context;
  tcp::socket silent{context};
  silent.connect(network.address());
  ASSERT_TRUE(wait_for_connections(network, 5));
}

TEST(Listener, NamesWhatIsWrongWithItsFiles) {
  const Authority authority;
  const Authority other{"Another authority"};
  const test::ServerFiles files{authority};
  const ServerTlsConfig good = files.config();
  ASSERT_TRUE(TlsContext::server(good));

  ServerTlsConfig config = good;
  config.key_file += ".absent";
  EXPECT_EQ(TlsContext::server(config).error().code, core::Errc::kNotFound);

  const test::ServerFiles others{other};
  config = good;
  config.key_file = others.config().key_file;
  EXPECT_EQ(TlsContext::server(config).error().code, core::Errc::kConfiguration);
  config = good;
  config.crl_file = others.config().crl_file;
  EXPECT_EQ(TlsContext::server(config).error().code, core::Errc::kConfiguration);
  config = good;
  config.crl_file = "";
  EXPECT_EQ(TlsContext::server(config).error().code, core::Errc::kConfiguration);
  config = good;
  config.ca_file = good.key_file;
  EXPECT_EQ(TlsContext::server(config).error().code, core::Errc::kMalformed);

  std::filesystem::permissions(good.key_file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(TlsContext::server(good).error().code, core::Errc::kNotPermitted);
}

}  // namespace
}  // namespace wasl::net
