// What a listener does when its certificates, its revocation list or its authorities change.

#include <gtest/gtest.h>

#include <list>

#include "net/issuing_authority.hpp"
#include "net/listener.hpp"
#include "net/network.hpp"

namespace wasl::net {
namespace {

using test::Authority;
using test::Client;
using test::Network;
using test::now;
using namespace std::chrono_literals;

constexpr const char* kProvider = "urn:wasl:provider:16-004512";

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

TEST(Listener, KnowsWhenItsAuthorityEnds) {
  Network network;
  EXPECT_EQ(network.listener().tls()->authority_expires(), network.authority().own().expires());
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

cli::IssuedCertificate server_valid(const Authority& authority, cli::Validity validity) {
  return authority.issue({.kind = cli::CertificateKind::kServer,
                          .dns_names = {"localhost"},
                          .ip_addresses = {"127.0.0.1"},
                          .validity = validity});
}

TEST(Listener, KeepsACertificateInForceRatherThanTakeAnExpiredOne) {
  Network network;
  network.files().install(server_valid(network.authority(), {now() - 2h, now() - 1s}));
  const auto failed = network.listener().reload();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, core::Errc::kConfiguration);
  EXPECT_NE(failed.error().context.find("has expired"), std::string::npos);
  Client client{network};
  EXPECT_TRUE(client.is_served());
}

TEST(Listener, DoesNotStartWithACertificateThatNoClientAccepts) {
  const Authority authority;
  const Authority other{"Another authority"};
  test::ServerFiles files{authority};
  files.install(server_valid(authority, {now() + 1h, now() + 2h}));
  const auto future = TlsContext::server(files.config());
  ASSERT_TRUE(future) << core::describe(future.error());
  EXPECT_FALSE((*future)->certificate_in_force());
  for (const auto& certificate : {other.server(), authority.client(kProvider)}) {
    files.install(certificate);
    const auto refused = TlsContext::server(files.config());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::Errc::kConfiguration);
    EXPECT_NE(refused.error().context.find("wasl pki issue"), std::string::npos);
  }
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

// Of the network's authority and of one below it.
std::string two_crls(Network& network, const cli::CertificateAuthority& issuing,
                     const std::vector<std::string>& revoked_by_root) {
  return network.authority().crl(revoked_by_root) +
         *issuing.crl_pem({.this_update = now() - 1h, .next_update = now() + 24h});
}

TEST(Listener, ClosesLiveConnectionsBelowARevokedAuthority) {
  Network network;
  const auto [root, issuing, serial] = test::two_authorities(network.authority().own());
  const ServerTlsConfig& files = network.files().config();
  test::write_file(files.ca_file, root + issuing.certificate_pem());
  test::write_file(files.crl_file, two_crls(network, issuing, {}));
  ASSERT_TRUE(network.listener().reload());
  const auto issued = issuing.issue(
      {.kind = cli::CertificateKind::kClient, .uris = {kProvider}, .validity = test::valid_now()});
  ASSERT_TRUE(issued);
  Client below{network, network.target(*issued)};
  Client beside{network};
  ASSERT_TRUE(below.is_served());
  ASSERT_TRUE(beside.is_served());

  test::write_file(files.crl_file, two_crls(network, issuing, {serial}));
  const auto closed = network.listener().reload();
  ASSERT_TRUE(closed);
  EXPECT_EQ(*closed, 1U);
  EXPECT_TRUE(network.counts().wait_for("closed_revoked"));
  EXPECT_FALSE(below.is_served());
  EXPECT_TRUE(beside.is_served());
}

}  // namespace
}  // namespace wasl::net
