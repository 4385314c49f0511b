#pragma once
// TLS settings of one moment: certificates, authority and revocation list, immutable once built. A
// reload builds a new context and swaps the shared pointer; connections keep the one they began
// with. Building blocks on the disk; everything else may be called from any thread.

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/result.hpp"
#include "net/certificates.hpp"
#include "net/identity.hpp"
#include "net/openssl.hpp"

namespace wasl::net {

// TLS application protocol; a change of the envelope that old peers cannot read gets a new number.
inline constexpr std::string_view kAlpn = "wasl/1";

struct ServerTlsConfig {
  std::string certificate_file{};  // The server's own, then intermediates if there are any.
  std::string key_file{};          // Refused if anybody but the owner may read it.
  std::string ca_file{};           // The only authorities that are trusted.
  std::string crl_file{};          // One revocation list for each of them.
  bool allow_tls12 = false;        // For terminals that cannot do better; ECDHE with AEAD only.
};

struct ClientTlsConfig {
  std::string ca_file{};
  std::string crl_file{};     // Optional: empty checks no revocation of the server.
  std::string server_name{};  // DNS name or IP address that the server's certificate must hold.
};

// A client's certificate and key, apart from the context: 13,000 simulated clients share one
// context.
class ClientCertificate {
 public:
  [[nodiscard]] static core::Result<std::shared_ptr<const ClientCertificate>> from_files(
      const std::string& certificate_file, const std::string& key_file);
  [[nodiscard]] static core::Result<std::shared_ptr<const ClientCertificate>> from_pem(
      const std::string& certificate, const std::string& key);

  ClientCertificate(CertificatePtr certificate, KeyPtr key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}
  [[nodiscard]] bool install(SSL& session) const;

 private:
  CertificatePtr certificate_;
  KeyPtr key_;
};

class TlsContext {
 public:
  // kConfiguration, kNotFound, kMalformed, kNotPermitted name the file. An expired revocation list
  // is no error here, so that the process starts and says so: see crl_expires() and
  // core::HandshakeResult.
  [[nodiscard]] static core::Result<std::shared_ptr<const TlsContext>> server(
      const ServerTlsConfig& config);
  [[nodiscard]] static core::Result<std::shared_ptr<const TlsContext>> client(
      const ClientTlsConfig& config);

  // Never fails but for want of memory, which ends the process.
  [[nodiscard]] SslPtr new_session() const;
  [[nodiscard]] bool is_revoked(const CertificateId& certificate) const {
    return revoked_.contains(certificate);
  }
  // Whether clients accept the server's own certificate today; the error names file and way out.
  [[nodiscard]] core::Result<void> certificate_in_force() const;
  // The server's own certificate. The beginning of time for a client's context.
  [[nodiscard]] TimePoint certificate_expires() const { return certificate_expires_; }
  // The earliest of all authorities: from then on what it issued is not accepted.
  [[nodiscard]] TimePoint authority_expires() const { return authority_expires_; }
  // The earliest of all lists: from then on no new connection is accepted.
  [[nodiscard]] TimePoint crl_expires() const { return crl_expires_; }

 private:
  struct IdHash {
    std::size_t operator()(const CertificateId& id) const noexcept;
  };

  explicit TlsContext(SslContextPtr context) : context_(std::move(context)) {}
  core::Result<void> trust(const std::string& ca_file, const std::string& crl_file);
  core::Result<void> add_crl(X509_CRL& crl, const std::vector<CertificatePtr>& authorities,
                             const std::string& file);
  core::Result<void> use_certificate(const ServerTlsConfig& config);

  SslContextPtr context_;
  std::unordered_set<CertificateId, IdHash> revoked_;
  std::string certificate_file_;
  TimePoint certificate_expires_{};
  TimePoint authority_expires_ = TimePoint::max();
  TimePoint crl_expires_{};
};

}  // namespace wasl::net
