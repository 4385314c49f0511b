#pragma once
// A P-256 certificate authority in memory: makes key pairs, certificates and revocation lists. It
// signs what it is told; who may have which name is decided by its caller (pki.hpp). No files, no
// clock, one thread at a time. Certificates and lists satisfy X509_V_FLAG_X509_STRICT.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "net/certificates.hpp"

namespace wasl::cli {

using net::TimePoint;

struct Validity {
  TimePoint not_before{};
  TimePoint not_after{};
};

enum class CertificateKind : std::uint8_t { kClient, kServer };

struct CertificateRequest {
  CertificateKind kind{};
  std::vector<std::string> uris{};
  std::vector<std::string> dns_names{};
  std::vector<std::string> ip_addresses{};
  Validity validity{};
};

struct IssuedCertificate {
  std::string serial{};  // 32 hexadecimal digits.
  std::string certificate_pem{};
  std::string key_pem{};  // PKCS#8, not encrypted.
  TimePoint not_after{};
};

struct RevokedCertificate {
  std::string serial{};
  TimePoint revoked_at{};
};

struct CrlRequest {
  std::vector<RevokedCertificate> revoked{};
  std::uint64_t number = 1;  // Grows with every list of one authority (RFC 5280, 5.2.3).
  TimePoint this_update{};
  TimePoint next_update{};
};

class CertificateAuthority {
 public:
  // Self-signed, with a new key. The name becomes the subject's CN: 1 to 64 bytes.
  [[nodiscard]] static core::Result<CertificateAuthority> create(const std::string& name,
                                                                 Validity validity);
  [[nodiscard]] static core::Result<CertificateAuthority> from_pem(const std::string& certificate,
                                                                   const std::string& key);

  [[nodiscard]] std::string certificate_pem() const;
  [[nodiscard]] std::string key_pem() const;
  [[nodiscard]] TimePoint expires() const;
  [[nodiscard]] std::string name() const;

  // A new key pair and serial number each time; about 0.4 ms. The validity is cut at the
  // authority's own end. kOutOfRange for a name that does not fit its field.
  [[nodiscard]] core::Result<IssuedCertificate> issue(const CertificateRequest& request) const;
  [[nodiscard]] core::Result<std::string> crl_pem(const CrlRequest& request) const;

 private:
  CertificateAuthority(net::CertificatePtr certificate, net::KeyPtr key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}

  net::CertificatePtr certificate_;
  net::KeyPtr key_;
};

}  // namespace wasl::cli
