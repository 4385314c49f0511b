// The listener's bounds, reload, revocation of live connections, and stopping.

#include "net/listener.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/write.hpp>
#include <future>
#include <list>
#include <thread>

#include "net/issuing_authority.hpp"
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

TEST(Listener, NamesTheAddressThatAnotherHas) {
  Network network;
  test::ServerFiles files{network.authority()};
  const tcp::endpoint taken{asio::ip::make_address("127.0.0.1"), network.listener().port()};
  IoThreads threads{1};
  test::CountingObserver counts;
  Listener second{threads,
                  {.address = taken, .tls = files.config(), .connection = {}, .limits = {}},
                  [](std::shared_ptr<Connection>) -> asio::awaitable<void> { co_return; },
                  counts};
  const auto refused = second.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().context,
            "cannot bind 127.0.0.1:" + std::to_string(taken.port()) + ": Address already in use");
}

TEST(Listener, ServesUpToItsTotalAndRefusesTheNext) {
  Network network{{.limits = {.connections_max = 3}}};
  std::list<Client> clients;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(clients.emplace_back(network).is_served());
  Client refused{network};
  EXPECT_FALSE(refused.is_served());
  EXPECT_EQ(network.counts().get("total_limit"), 1);

  clients.pop_back();
  ASSERT_TRUE(network.wait_for_connections(2));
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
  const auto answer = refused.ask("ping");
  ASSERT_TRUE(answer) << core::describe(answer.error());
  EXPECT_NE(answer->find("connections of this certificate"), std::string::npos);
  EXPECT_TRUE(network.counts().wait_for("handshake_certificate_limit"));
  refused.connection()->close(core::CloseCause::kSession);
  Client renewed{network};
  EXPECT_TRUE(renewed.is_served());

  clients.pop_back();
  ASSERT_TRUE(network.counts().wait_for("closed_peer"));
  ASSERT_TRUE(network.wait_for_connections(2));
  Client again{network, target};
  EXPECT_TRUE(again.is_served());
}

TEST(Listener, SilentConnectionsKeepNobodyOut) {
  Network network{{.limits = {.handshakes_max = 2}}};
  asio::io_context context;
  std::list<tcp::socket> silent;
  for (int i = 0; i < 20; ++i) silent.emplace_back(context).connect(network.address());
  ASSERT_TRUE(network.wait_for_connections(20));
  Client client{network};
  EXPECT_TRUE(client.is_served());
}

TEST(Listener, HandshakesLeftOpenByOneAddressKeepNoOtherOut) {
  Network network{{.limits = {.handshakes_max = 2}}};
  const std::string hello = test::client_hello(network);
  asio::io_context context;
  std::list<tcp::socket> half_open;
  for (int i = 0; i < 20; ++i) {
    half_open.emplace_back(context).connect(network.address());
    asio::write(half_open.back(), asio::buffer(hello));
  }
  // The server's own flight shows that the first holds its slot.
  half_open.front().wait(tcp::socket::wait_read);
  Client elsewhere{network, from(network.provider(), "127.0.3.7")};
  EXPECT_TRUE(elsewhere.is_served());
  EXPECT_EQ(half_open.back().available(), 0U) << "it waits for a slot";
}

TEST(Listener, CutsWhoeverWaitsForASlotBeforeWhoeverHasOne) {
  Network::Options options;
  options.limits.handshakes_max = 1;
  options.connection.handshake_timeout = 4s;
  Network network{std::move(options)};
  const std::string hello = test::client_hello(network);
  asio::io_context context;
  std::list<tcp::socket> half_open;
  for (int i = 0; i < 3; ++i) {
    half_open.emplace_back(context).connect(network.address());
    asio::write(half_open.back(), asio::buffer(hello));
  }
  EXPECT_TRUE(network.counts().wait_for("handshake_timeout", 2));
  EXPECT_EQ(network.counts().get("handshake_timeout"), 2);
  EXPECT_TRUE(network.counts().wait_for("handshake_timeout", 3));
  EXPECT_TRUE(network.wait_for_connections(0));
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

TEST(Listener, TellsWhoWasRefusedAndWhyMasked) {
  std::promise<std::string> told;
  Network::Options options;
  options.notices.refused = [&told](core::HandshakeResult result, const core::Error& error,
                                    const asio::ip::address& address) {
    told.set_value(std::string(core::label(result)) + "|" + error.context + "|" +
                   address.to_string());
  };
  Network network{std::move(options)};
  const auto lost = network.authority().client(kProvider);
  test::write_file(network.files().config().crl_file, network.authority().crl({lost.serial}));
  ASSERT_TRUE(network.listener().reload());
  Client refused{network, network.target(lost)};
  EXPECT_FALSE(refused.is_served());
  const std::string text = told.get_future().get();
  EXPECT_TRUE(text.starts_with("revoked|") && text.ends_with("|127.0.0.1")) << text;
  EXPECT_NE(text.find("provider:*****4512, serial "), std::string::npos) << text;
  EXPECT_EQ(text.find("16-004512"), std::string::npos) << text;
}

TEST(Listener, TellsWhoseConnectionEndedAndWhy) {
  std::promise<std::string> told;
  Network::Options options;
  options.notices.closed = [&told](const core::Participant& who, core::CloseCause cause,
                                   const asio::ip::address&) {
    told.set_value(std::string(core::name(who.role)) + "|" + std::string(core::label(cause)));
  };
  Network network{std::move(options)};
  Client client{network};
  ASSERT_TRUE(client.is_served());
  client.connection()->close(core::CloseCause::kSession);
  EXPECT_EQ(told.get_future().get(), "provider|peer");
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
  EXPECT_TRUE(network.wait_for_connections(0));
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
  ASSERT_TRUE(network.wait_for_connections(5));
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
