#pragma once
// Reading PEM files into OpenSSL's types, and times out of them. For start-up and reload only:
// these functions block on the disk. Private to net and to the certificate tool.

#include <chrono>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "net/identity.hpp"
#include "net/openssl.hpp"

namespace wasl::net {

using TimePoint = std::chrono::sys_seconds;

// A certificate file holds a few KiB, a revocation list of 20,000 entries about 1 MiB.
inline constexpr std::size_t kPemFileBytesMax = 16 * 1024 * 1024;

// Errors name the file and what to do: kNotFound, kIo, kMalformed, kLimit.
[[nodiscard]] core::Result<std::string> read_pem_file(const std::string& path);
// As above; kNotPermitted when anybody but the owner may read or write the file.
[[nodiscard]] core::Result<std::string> read_secret_file(const std::string& path);
[[nodiscard]] core::Result<KeyPtr> read_key_file(const std::string& path);
// At least one certificate, in the file's order.
[[nodiscard]] core::Result<std::vector<CertificatePtr>> read_certificates(const std::string& path);
// At least one revocation list.
[[nodiscard]] core::Result<std::vector<CrlPtr>> read_crls(const std::string& path);

[[nodiscard]] core::Result<CertificatePtr> certificate_from_pem(const std::string& pem);
[[nodiscard]] core::Result<KeyPtr> key_from_pem(const std::string& pem);

// UTC. The beginning of time for a value that OpenSSL cannot read, so that it counts as expired.
[[nodiscard]] TimePoint time_of(const ASN1_TIME* time);

// The subject's CN, at most 255 bytes; empty if there is none.
[[nodiscard]] std::string common_name_of(const X509& certificate);

[[nodiscard]] CertificateId certificate_id(const X509_NAME* issuer, const ASN1_INTEGER* serial);

}  // namespace wasl::net
