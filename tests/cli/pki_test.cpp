// The certificate tool: what it issues is accepted by OpenSSL's strict checks, what it revokes
// stays revoked, and a private key is never readable by others nor overwritten.

#include "cli/pki.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "cli/pki_index.hpp"
#include "net/certificates.hpp"
#include "net/identity.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

constexpr const char* kProvider = "urn:wasl:provider:16-004512";

TimePoint now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

class Pki : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto made = pki_init({.directory = pki_, .now = now()});
    ASSERT_TRUE(made) << core::describe(made.error());
  }
  core::Result<IssuedFiles> issue(const std::string& uri) {
    return pki_issue({.directory = pki_, .uri = uri, .now = now()});
  }
  std::string file(const char* name) const { return pki_ + "/" + name; }

  test::TemporaryDirectory temporary_;
  std::string pki_ = temporary_.path() + "/pki";
};

// OpenSSL's verdict, with the checks that the server uses.
int verify(const std::string& directory, const std::string& certificate_file, X509_PURPOSE* purpose,
           TimePoint at) {
  const auto authority = net::read_certificates(directory + "/ca.crt");
  const auto crl = net::read_crls(directory + "/ca.crl");
  const auto leaf = net::read_certificates(certificate_file);
  const std::unique_ptr<X509_STORE, net::OpensslFree<X509_STORE_free>> store{X509_STORE_new()};
  X509_STORE_add_cert(store.get(), authority->front().get());
  X509_STORE_add_crl(store.get(), crl->front().get());
  X509_STORE_set_flags(store.get(),
                       X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL | X509_V_FLAG_X509_STRICT);
  const std::unique_ptr<X509_STORE_CTX, net::OpensslFree<X509_STORE_CTX_free>> context{
      X509_STORE_CTX_new()};
  X509_STORE_CTX_init(context.get(), store.get(), leaf->front().get(), nullptr);
  X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_get_id(purpose));
  X509_VERIFY_PARAM_set_time(parameters, at.time_since_epoch().count());
  X509_verify_cert(context.get());
  return X509_STORE_CTX_get_error(context.get());
}

X509_PURPOSE* purpose(int id) { return X509_PURPOSE_get0(X509_PURPOSE_get_by_id(id)); }
X509_PURPOSE* client_purpose() { return purpose(X509_PURPOSE_SSL_CLIENT); }
X509_PURPOSE* server_purpose() { return purpose(X509_PURPOSE_SSL_SERVER); }

TEST_F(Pki, IssuesAClientThatStrictChecksAcceptAsAClientOnly) {
  const auto issued = issue(kProvider);
  ASSERT_TRUE(issued) << core::describe(issued.error());
  EXPECT_EQ(verify(pki_, issued->certificate_file, client_purpose(), now()), X509_V_OK);
  EXPECT_EQ(verify(pki_, issued->certificate_file, server_purpose(), now()),
            X509_V_ERR_INVALID_PURPOSE);
  const auto leaf = net::read_certificates(issued->certificate_file);
  ASSERT_TRUE(leaf);
  const auto participant = net::participant_of(*leaf->front());
  ASSERT_TRUE(participant);
  EXPECT_EQ(net::participant_uri(*participant), kProvider);
}

TEST_F(Pki, IssuesAServerThatStrictChecksAcceptForItsNamesOnly) {
  const auto issued = pki_issue({.directory = pki_,
                                 .dns_names = {"switch.example", "localhost"},
                                 .ip_addresses = {"127.0.0.1", "::1"},
                                 .now = now()});
  ASSERT_TRUE(issued) << core::describe(issued.error());
  EXPECT_EQ(verify(pki_, issued->certificate_file, server_purpose(), now()), X509_V_OK);
  EXPECT_EQ(verify(pki_, issued->certificate_file, client_purpose(), now()),
            X509_V_ERR_INVALID_PURPOSE);
  const auto leaf = net::read_certificates(issued->certificate_file);
  X509* const certificate = leaf->front().get();
  EXPECT_EQ(X509_check_host(certificate, "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate, "::1", 0), 1);
  EXPECT_EQ(X509_check_host(certificate, "other.example", 0, 0, nullptr), 0);
}

TEST_F(Pki, KeepsPrivateKeysToTheirOwner) {
  const auto issued = issue(kProvider);
  ASSERT_TRUE(issued);
  for (const std::string& key : {issued->key_file, file("ca.key")}) {
    struct stat status{};
    ASSERT_EQ(::stat(key.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << key;
  }
  ASSERT_EQ(::chmod(file("ca.key").c_str(), 0640), 0);
  const auto refused = issue("urn:wasl:provider:16-004513");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kNotPermitted);
}

TEST_F(Pki, NeverOverwritesAnAuthorityOrAKey) {
  EXPECT_EQ(pki_init({.directory = pki_, .now = now()}).error().code, Errc::kExists);
  ASSERT_TRUE(issue(kProvider));
  EXPECT_EQ(issue(kProvider).error().code, Errc::kExists);
  EXPECT_EQ(pki_list(pki_)->size(), 1u);
  EXPECT_TRUE(
      pki_issue({.directory = pki_, .uri = kProvider, .file_name = "renewed", .now = now()}));
}

TEST_F(Pki, RevokesASerialNumberOrAllOfASubject) {
  const auto first = issue(kProvider);
  const auto second =
      pki_issue({.directory = pki_, .uri = kProvider, .file_name = "second", .now = now()});
  const auto other = issue("urn:wasl:centre:c-830");
  ASSERT_TRUE(first && second && other);

  EXPECT_EQ(*pki_revoke({.directory = pki_, .subject = first->serial, .now = now()}), 1u);
  EXPECT_EQ(verify(pki_, first->certificate_file, client_purpose(), now()),
            X509_V_ERR_CERT_REVOKED);
  EXPECT_EQ(verify(pki_, second->certificate_file, client_purpose(), now()), X509_V_OK);

  EXPECT_EQ(*pki_revoke({.directory = pki_, .subject = kProvider, .now = now()}), 1u);
  EXPECT_EQ(verify(pki_, second->certificate_file, client_purpose(), now()),
            X509_V_ERR_CERT_REVOKED);
  EXPECT_EQ(verify(pki_, other->certificate_file, client_purpose(), now()), X509_V_OK);

  EXPECT_EQ(*pki_revoke({.directory = pki_, .subject = kProvider, .now = now()}), 0u);
  EXPECT_EQ(
      pki_revoke({.directory = pki_, .subject = "urn:wasl:desk:1", .now = now()}).error().code,
      Errc::kNotFound);
  EXPECT_EQ(pki_show(pki_)->revoked, 2u);
}

TEST_F(Pki, RenewsTheListWithTheSameEntriesAndAGreaterNumber) {
  const auto issued = issue(kProvider);
  ASSERT_TRUE(issued);
  ASSERT_TRUE(pki_revoke({.directory = pki_, .subject = kProvider, .now = now()}));
  const auto later = now() + days{40};
  EXPECT_EQ(verify(pki_, issued->certificate_file, client_purpose(), later),
            X509_V_ERR_CRL_HAS_EXPIRED);
  ASSERT_TRUE(pki_renew_crl({.directory = pki_, .now = later}));
  EXPECT_EQ(verify(pki_, issued->certificate_file, client_purpose(), later),
            X509_V_ERR_CERT_REVOKED);
  EXPECT_EQ(pki_show(pki_)->crl_expires, later + kCrlValid);
}

TEST_F(Pki, RefusesNamesThatTheSwitchWouldRefuse) {
  for (const char* uri :
       {"urn:wasl:operator:1", "urn:wasl:provider:", "urn:wasl:provider", "urn:wasl:provider:a/b",
        "provider:1", "urn:wasl:Provider:1", "urn:wasl:provider:1234567890123456789012345"}) {
    EXPECT_FALSE(issue(uri)) << uri;
  }
  EXPECT_FALSE(pki_issue({.directory = pki_, .now = now()}));
  EXPECT_FALSE(
      pki_issue({.directory = pki_, .uri = kProvider, .dns_names = {"both"}, .now = now()}));
  EXPECT_FALSE(pki_issue({.directory = pki_, .ip_addresses = {"300.1.1.1"}, .now = now()}));
  EXPECT_FALSE(pki_issue({.directory = pki_, .dns_names = {"a\tb"}, .now = now()}));
  EXPECT_FALSE(
      pki_issue({.directory = pki_, .uri = kProvider, .file_name = "../out", .now = now()}));
  EXPECT_TRUE(pki_list(pki_)->empty());
}

TEST_F(Pki, IssuesManyClientsEachWithItsOwnKeyIntoMemory) {
  PkiIssueClients request{.directory = pki_, .uris = {}, .now = now()};
  for (int i = 0; i < 300; ++i) request.uris.push_back("urn:wasl:provider:" + std::to_string(i));
  const auto issued = pki_issue_clients(request);
  ASSERT_TRUE(issued) << core::describe(issued.error());
  ASSERT_EQ(issued->size(), 300u);
  std::set<std::string> keys;
  std::set<std::string> serials;
  for (const IssuedCertificate& one : *issued) {
    keys.insert(one.key_pem);
    serials.insert(one.serial);
  }
  EXPECT_EQ(keys.size(), 300u);
  EXPECT_EQ(serials.size(), 300u);
  EXPECT_EQ(pki_list(pki_)->size(), 300u);
  EXPECT_EQ(*pki_revoke({.directory = pki_, .subject = "urn:wasl:provider:7", .now = now()}), 1u);
}

TEST_F(Pki, CutsACertificateAtTheAuthoritysOwnEnd) {
  const auto issued =
      pki_issue({.directory = pki_, .uri = kProvider, .now = now(), .valid = days{9'000}});
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->not_after, pki_show(pki_)->authority_expires);
}

TEST(PkiWithoutAuthority, SaysHowToMakeOne) {
  const test::TemporaryDirectory temporary;
  const auto refused = pki_issue({.directory = temporary.path(), .uri = kProvider, .now = now()});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kNotFound);
  const auto listed = pki_list(temporary.path() + "/absent");
  ASSERT_FALSE(listed);
  EXPECT_NE(listed.error().context.find("wasl pki init"), std::string::npos);
}

TEST(PkiIndexFile, IsReadBackAsItWasWritten) {
  const TimePoint at{std::chrono::seconds{1'795'000'000}};
  const PkiIndex index{
      .crl_number = 7,
      .entries = {{"4a", CertificateKind::kClient, at, std::nullopt, kProvider},
                  {"4b", CertificateKind::kServer, at, at - days{1}, "localhost"}}};
  const std::string text = format_index(index);
  EXPECT_EQ(text,
            "wasl-pki 1 crl=7\n"
            "4a\tclient\t2026-11-18T11:06:40Z\t-\turn:wasl:provider:16-004512\n"
            "4b\tserver\t2026-11-18T11:06:40Z\t2026-11-17T11:06:40Z\tlocalhost\n");
  const auto read = parse_index(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(format_index(*read), text);
}

TEST(PkiIndexFile, RefusesEveryTruncationInsideALine) {
  const std::string text =
      "wasl-pki 1 crl=7\n4a\tclient\t2026-11-18T11:06:40Z\t-\turn:wasl:provider:1\n";
  ASSERT_TRUE(parse_index(text));
  const std::size_t header = text.find('\n') + 1;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto read = parse_index(std::string_view{text}.substr(0, size));
    EXPECT_EQ(read.has_value(), size == header) << size;
  }
  EXPECT_FALSE(parse_index("wasl-pki 2 crl=7\n"));
  EXPECT_FALSE(parse_index("wasl-pki 1 crl=x\n"));
  EXPECT_FALSE(parse_index("wasl-pki 1 crl=1\n4a\tguest\t2026-11-18T11:06:40Z\t-\tx\n"));
  EXPECT_FALSE(parse_index("wasl-pki 1 crl=1\n4a\tclient\tsoon\t-\tx\n"));
}

}  // namespace
}  // namespace wasl::cli
