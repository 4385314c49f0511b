// Who gets in: the handshake against every kind of certificate that must not, and the settings that
// a connection must have.

#include <gtest/gtest.h>

#include <boost/asio/write.hpp>
#include <future>

#include "net/network.hpp"

namespace wasl::net {
namespace {

using cli::CertificateKind;
using test::Authority;
using test::Client;
using test::Network;
using test::now;
using test::valid_now;
using namespace std::chrono_literals;

constexpr const char* kProvider = "urn:wasl:provider:16-004512";

// The client is not served, and the server says why.
void expect_refused(Network& network, const ClientTarget& target, const std::string& result) {
  Client client{network, target};
  EXPECT_FALSE(client.is_served());
  EXPECT_TRUE(network.counts().wait_for("handshake_" + result)) << result;
  EXPECT_EQ(network.counts().get("handshake_ok"), 0);
}

TEST(Handshake, GivesTheSessionTheParticipantOfTheCertificate) {
  std::promise<core::Participant> seen;
  Network network{{.session = [&seen](std::shared_ptr<Connection> connection) {
    seen.set_value(connection->participant());
    return test::echo(connection);
  }}};
  Client client{network};
  EXPECT_TRUE(client.is_served());
  EXPECT_EQ(participant_uri(seen.get_future().get()), kProvider);
  EXPECT_EQ(network.counts().get("handshake_ok"), 1);
  EXPECT_EQ(network.counts().get("opened"), 1);
}

TEST(Handshake, AcceptsEveryRole) {
  Network network;
  for (const char* role : {"provider", "centre", "fund", "authority", "desk"}) {
    Client client{network, network.target(network.authority().client(std::string{"urn:wasl:"} +
                                                                     role + ":a1"))};
    EXPECT_TRUE(client.is_served()) << role;
  }
}

TEST(Handshake, RefusesAClientWithoutACertificate) {
  Network network;
  expect_refused(network, {.server = network.address()}, "no_certificate");
}

TEST(Handshake, RefusesACertificateOfAnotherAuthority) {
  Network network;
  const Authority other{"Another authority"};
  expect_refused(network, network.target(other.client(kProvider)), "unknown_authority");
}

TEST(Handshake, RefusesACertificateOfAnAuthorityWithOurName) {
  Network network;
  const Authority impostor;
  ASSERT_EQ(impostor.own().name(), network.authority().own().name());
  expect_refused(network, network.target(impostor.client(kProvider)), "unknown_authority");
}

TEST(Handshake, RefusesAServersCertificateUsedByAClient) {
  Network network;
  expect_refused(
      network,
      network.target(network.authority().issue(
          {.kind = CertificateKind::kServer, .uris = {kProvider}, .validity = valid_now()})),
      "wrong_purpose");
}

TEST(Handshake, RefusesAnExpiredCertificate) {
  Network network;
  expect_refused(network,
                 network.target(network.authority().issue({.kind = CertificateKind::kClient,
                                                           .uris = {kProvider},
                                                           .validity = {now() - 1h, now() - 1s}})),
                 "expired");
}

TEST(Handshake, RefusesACertificateThatIsNotYetValid) {
  Network network;
  expect_refused(network,
                 network.target(network.authority().issue({.kind = CertificateKind::kClient,
                                                           .uris = {kProvider},
                                                           .validity = {now() + 1h, now() + 2h}})),
                 "not_yet_valid");
}

TEST(Handshake, RefusesARevokedCertificateAndServesAnotherOfTheSameParticipant) {
  Authority authority;
  const auto revoked = authority.client(kProvider);
  const auto renewed = authority.client(kProvider);
  const std::string crl = authority.crl({revoked.serial});
  Network network{std::move(authority), {.crl = crl}};
  expect_refused(network, network.target(revoked), "revoked");
  Client client{network, network.target(renewed)};
  EXPECT_TRUE(client.is_served());
}

TEST(Handshake, RefusesEverybodyWhenTheRevocationListHasExpired) {
  Authority authority;
  const auto client = authority.client(kProvider);
  const std::string crl = authority.crl({}, {now() - 2h, now() - 1s});
  Network network{std::move(authority), {.crl = crl}};
  EXPECT_LT(network.listener().tls()->crl_expires(), now());
  expect_refused(network, network.target(client), "crl_unusable");
}

TEST(Handshake, RefusesEverybodyWhenTheRevocationListIsOfTheFuture) {
  Authority authority;
  const auto client = authority.client(kProvider);
  const std::string crl = authority.crl({}, {now() + 1h, now() + 2h});
  Network network{std::move(authority), {.crl = crl}};
  expect_refused(network, network.target(client), "crl_unusable");
}

TEST(Handshake, RefusesACertificateWithTwoIdentities) {
  Network network;
  expect_refused(
      network,
      network.target(network.authority().issue({.kind = CertificateKind::kClient,
                                                .uris = {kProvider, "urn:wasl:fund:cnas"},
                                                .validity = valid_now()})),
      "bad_identity");
}

TEST(Handshake, RefusesACertificateWithASecondUriOfAnotherKind) {
  Network network;
  expect_refused(
      network,
      network.target(network.authority().issue({.kind = CertificateKind::kClient,
                                                .uris = {kProvider, "https://example.org"},
                                                .validity = valid_now()})),
      "bad_identity");
}

// TLS is done by then, so that the refusal is a frame.
TEST(Handshake, SaysWhatIsWrongWithAnIdentity) {
  Network network;
  Client client{network, network.target(network.authority().client("urn:wasl:operator:1"))};
  const auto answer = client.ask("ping");
  ASSERT_TRUE(answer) << core::describe(answer.error());
  EXPECT_NE(answer->find("exactly one URI, urn:wasl:<role>:<id>"), std::string::npos);
  EXPECT_NE(answer->find("the identity is not urn:wasl:<role>:<id>;"), std::string::npos);
}

TEST(Handshake, RefusesACertificateWithoutAnIdentity) {
  Network network;
  expect_refused(network,
                 network.target(network.authority().issue({.kind = CertificateKind::kClient,
                                                           .dns_names = {"pharmacy.example"},
                                                           .validity = valid_now()})),
                 "bad_identity");
}

TEST(Handshake, RefusesAnUnknownRole) {
  Network network;
  expect_refused(network, network.target(network.authority().client("urn:wasl:operator:1")),
                 "bad_identity");
}

// A client below the level of net's own: OpenSSL, blocking, with whatever settings a test wants.
class PlainClient {
 public:
  explicit PlainClient(Network& network) : context_(SSL_CTX_new(TLS_client_method())) {
    const auto issued = network.authority().client(kProvider);
    certificate_ = *ClientCertificate::from_pem(issued.certificate_pem, issued.key_pem);
    io_.emplace(service_);
    io_->connect(network.address());
    io_->set_option(tcp::no_delay(true));
  }
  SSL_CTX* settings() { return context_.get(); }
  bool handshake() {
    session_.reset(SSL_new(context_.get()));
    EXPECT_TRUE(certificate_->install(*session_));
    SSL_set_fd(session_.get(), io_->native_handle());
    return SSL_connect(session_.get()) == 1;
  }
  void offer(std::string_view alpn_list) {
    SSL_CTX_set_alpn_protos(context_.get(), core::as_bytes(alpn_list).data(),
                            static_cast<unsigned int>(alpn_list.size()));
  }
  SSL* session() { return session_.get(); }
  // True once the server has closed.
  bool sees_the_end() {
    char byte = 0;
    return SSL_read(session_.get(), &byte, 1) <= 0;
  }

 private:
  SslContextPtr context_;
  SslPtr session_;
  std::shared_ptr<const ClientCertificate> certificate_;
  asio::io_context service_;
  std::optional<tcp::socket> io_;
};

constexpr std::string_view kOurAlpn{"\6wasl/1"};

TEST(Handshake, RefusesAnotherApplicationProtocol) {
  Network network;
  PlainClient client{network};
  client.offer("\6wasl/2\2h2");
  EXPECT_FALSE(client.handshake());
  EXPECT_TRUE(network.counts().wait_for("handshake_alpn"));
}

TEST(Handshake, RefusesAClientThatNamesNoApplicationProtocol) {
  Network network;
  PlainClient client{network};
  EXPECT_TRUE(client.handshake());
  EXPECT_TRUE(client.sees_the_end());
  EXPECT_TRUE(network.counts().wait_for("handshake_alpn"));
}

TEST(Handshake, FindsItsProtocolAmongOthers) {
  Network network;
  PlainClient client{network};
  client.offer("\2h2\6wasl/1");
  EXPECT_TRUE(client.handshake());
  EXPECT_TRUE(network.counts().wait_for("handshake_ok"));
}

TEST(Handshake, RefusesTls12) {
  Network network;
  PlainClient client{network};
  client.offer(kOurAlpn);
  SSL_CTX_set_max_proto_version(client.settings(), TLS1_2_VERSION);
  EXPECT_FALSE(client.handshake());
  EXPECT_TRUE(network.counts().wait_for("handshake_version"));
}

TEST(Handshake, AcceptsTls12WhereItIsConfiguredAndRefusesTls11) {
  Network network{{.allow_tls12 = true}};
  PlainClient client{network};
  client.offer(kOurAlpn);
  SSL_CTX_set_max_proto_version(client.settings(), TLS1_2_VERSION);
  EXPECT_TRUE(client.handshake());
  EXPECT_TRUE(network.counts().wait_for("handshake_ok"));

  PlainClient old{network};
  SSL_CTX_set_security_level(old.settings(), 0);
  SSL_CTX_set_max_proto_version(old.settings(), TLS1_1_VERSION);
  EXPECT_FALSE(old.handshake());
  EXPECT_EQ(network.counts().get("handshake_ok"), 1);
}

TEST(Handshake, RefusesRenegotiation) {
  Network network{{.allow_tls12 = true}};
  PlainClient client{network};
  client.offer(kOurAlpn);
  SSL_CTX_set_max_proto_version(client.settings(), TLS1_2_VERSION);
  ASSERT_TRUE(client.handshake());
  SSL_renegotiate(client.session());
  EXPECT_NE(SSL_do_handshake(client.session()), 1);
}

int g_tickets_seen = 0;

TEST(Handshake, OffersNoResumption) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Network network{{.allow_tls12 = true}};
    PlainClient client{network};
    client.offer(kOurAlpn);
    SSL_CTX_set_max_proto_version(client.settings(), version);
    SSL_CTX_set_session_cache_mode(client.settings(),
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    g_tickets_seen = 0;
    SSL_CTX_sess_set_new_cb(client.settings(), [](SSL*, SSL_SESSION* session) {
      if (SSL_SESSION_is_resumable(session) == 1) ++g_tickets_seen;
      return 0;
    });
    ASSERT_TRUE(client.handshake());
    // A round trip, so that a ticket behind the handshake would have come.
    const std::string frame{"\0\0\0\1x", 5};
    ASSERT_EQ(SSL_write(client.session(), frame.data(), 5), 5);
    std::array<char, 5> answer{};
    ASSERT_EQ(SSL_read(client.session(), answer.data(), 5), 5);
    EXPECT_EQ(g_tickets_seen, 0) << version;
    EXPECT_EQ(SSL_SESSION_get_max_early_data(SSL_get0_session(client.session())), 0u);
  }
}

TEST(Handshake, SurvivesGarbage) {
  Network network;
  asio::io_context service;
  tcp::socket socket{service};
  socket.connect(network.address());
  asio::write(socket, asio::buffer(std::string{"GET / HTTP/1.1\r\n\r\n"}));
  EXPECT_TRUE(network.counts().wait_for("handshake_protocol"));
  Client client{network};
  EXPECT_TRUE(client.is_served());
}

TEST(Handshake, EndsAFloodOfKeyUpdates) {
  Network network;
  PlainClient client{network};
  client.offer(kOurAlpn);
  ASSERT_TRUE(client.handshake());
  for (int i = 0; i <= kKeyUpdatesMax; ++i) {
    if (SSL_key_update(client.session(), SSL_KEY_UPDATE_NOT_REQUESTED) != 1) break;
    if (SSL_do_handshake(client.session()) != 1) break;
  }
  EXPECT_TRUE(network.counts().wait_for("closed_tls"));
}

TEST(Handshake, ToleratesKeyUpdatesOfALongLivedConnection) {
  Network network;
  PlainClient client{network};
  client.offer(kOurAlpn);
  ASSERT_TRUE(client.handshake());
  for (int i = 0; i < kKeyUpdatesMax; ++i) {
    ASSERT_EQ(SSL_key_update(client.session(), SSL_KEY_UPDATE_REQUESTED), 1);
    const std::string frame{"\0\0\0\1x", 5};
    ASSERT_EQ(SSL_write(client.session(), frame.data(), 5), 5);
    std::array<char, 5> answer{};
    ASSERT_EQ(SSL_read(client.session(), answer.data(), 5), 5);
  }
}

TEST(ClientHandshake, RefusesAServerOfAnotherAuthority) {
  Network network;
  const test::ServerFiles other{Authority{"Another authority"}};
  const auto tls =
      TlsContext::client({.ca_file = other.config().ca_file, .server_name = "127.0.0.1"});
  Client client{*tls, network.provider()};
  EXPECT_FALSE(client.connected());
}

TEST(ClientHandshake, RefusesAServerWithAnotherName) {
  Network network;
  for (const char* name : {"127.0.0.2", "other.example"}) {
    const auto tls =
        TlsContext::client({.ca_file = network.files().config().ca_file, .server_name = name});
    Client client{*tls, network.provider()};
    EXPECT_FALSE(client.connected()) << name;
  }
  const auto tls =
      TlsContext::client({.ca_file = network.files().config().ca_file, .server_name = "localhost"});
  Client client{*tls, network.provider()};
  EXPECT_TRUE(client.is_served());
}

TEST(ClientHandshake, SaysThatNobodyListens) {
  asio::io_context context;
  tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
  const tcp::endpoint address = acceptor.local_endpoint();
  acceptor.close();
  Network network;
  ClientTarget target = network.provider();
  target.server = address;
  Client client{network, target};
  ASSERT_FALSE(client.connected());
  EXPECT_EQ(client.error().code, core::Errc::kIo);
}

}  // namespace
}  // namespace wasl::net
