#include "cli/certificate_authority.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "core/assert.hpp"
#include "core/hex.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using net::BioPtr;
using net::CertificatePtr;
using net::CrlPtr;
using net::KeyPtr;

using SerialPtr = std::unique_ptr<ASN1_INTEGER, net::OpensslFree<ASN1_INTEGER_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, net::OpensslFree<ASN1_TIME_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, net::OpensslFree<X509_EXTENSION_free>>;
using RevokedPtr = std::unique_ptr<X509_REVOKED, net::OpensslFree<X509_REVOKED_free>>;

// RFC 5280, upper bound of a common name.
constexpr std::size_t kCommonNameBytesMax = 64;
// Unpredictable, positive, and never the same twice: RFC 5280 allows 20 bytes.
constexpr std::size_t kSerialBytes = 16;

std::unexpected<core::Error> openssl_failed(const char* what) {
  return core::fail(Errc::kTls, std::string{what} + ": " + net::take_openssl_error());
}

std::string text_of(const BioPtr& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

BioPtr memory() { return BioPtr{BIO_new(BIO_s_mem())}; }

TimePtr asn1_time(TimePoint time) {
  return TimePtr{ASN1_TIME_set(nullptr, time.time_since_epoch().count())};
}

SerialPtr serial_from(std::span<const std::uint8_t> bytes) {
  const std::unique_ptr<BIGNUM, net::OpensslFree<BN_free>> number{
      BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)};
  return SerialPtr{BN_to_ASN1_INTEGER(number.get(), nullptr)};
}

SerialPtr serial_from(const std::string& hex) {
  BIGNUM* parsed = nullptr;
  const int digits = BN_hex2bn(&parsed, hex.c_str());
  const std::unique_ptr<BIGNUM, net::OpensslFree<BN_free>> number{parsed};
  if (digits == 0 || static_cast<std::size_t>(digits) != hex.size()) return nullptr;
  return SerialPtr{BN_to_ASN1_INTEGER(number.get(), nullptr)};
}

// The first bit clear keeps the number positive, the second set keeps its length the same for all.
bool random_serial(std::array<std::uint8_t, kSerialBytes>& serial) {
  if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return false;
  serial[0] = static_cast<std::uint8_t>((serial[0] & 0x3f) | 0x40);
  return true;
}

bool set_common_name(X509_NAME* name, const std::string& text) {
  return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// Takes over `value` also when it fails.
bool add_name(GENERAL_NAMES* names, int type, ASN1_STRING* value) {
  GENERAL_NAME* const name = GENERAL_NAME_new();
  GENERAL_NAME_set0_value(name, type, value);
  return sk_GENERAL_NAME_push(names, name) > 0;
}

bool add_text_name(GENERAL_NAMES* names, int type, const std::string& text) {
  ASN1_IA5STRING* const value = ASN1_IA5STRING_new();
  if (ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())) == 1) {
    return add_name(names, type, value);
  }
  ASN1_IA5STRING_free(value);
  return false;
}

bool add_subject_names(X509* certificate, const CertificateRequest& request) {
  const net::NamesPtr names{sk_GENERAL_NAME_new_null()};
  bool ok = names != nullptr;
  for (const std::string& uri : request.uris) ok = ok && add_text_name(names.get(), GEN_URI, uri);
  for (const std::string& dns : request.dns_names) {
    ok = ok && add_text_name(names.get(), GEN_DNS, dns);
  }
  for (const std::string& address : request.ip_addresses) {
    ASN1_OCTET_STRING* const value = a2i_IPADDRESS(address.c_str());
    ok = ok && value != nullptr && add_name(names.get(), GEN_IPADD, value);
  }
  if (!ok || sk_GENERAL_NAME_num(names.get()) == 0) return ok;
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1;
}

std::string common_name_of(const CertificateRequest& request) {
  for (const auto* names : {&request.uris, &request.dns_names, &request.ip_addresses}) {
    if (!names->empty()) return names->front();
  }
  return "unnamed";
}

struct Subject {
  std::string common_name;
  std::span<const std::uint8_t> serial;
  Validity validity;
};

CertificatePtr begin_certificate(const Subject& subject, EVP_PKEY* key) {
  CertificatePtr certificate{X509_new()};
  const SerialPtr serial = serial_from(subject.serial);
  const TimePtr not_before = asn1_time(subject.validity.not_before);
  const TimePtr not_after = asn1_time(subject.validity.not_after);
  const bool ok = certificate && serial && not_before && not_after &&
                  X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                  X509_set_serialNumber(certificate.get(), serial.get()) == 1 &&
                  X509_set1_notBefore(certificate.get(), not_before.get()) == 1 &&
                  X509_set1_notAfter(certificate.get(), not_after.get()) == 1 &&
                  set_common_name(X509_get_subject_name(certificate.get()), subject.common_name) &&
                  X509_set_pubkey(certificate.get(), key) == 1;
  return ok ? std::move(certificate) : nullptr;
}

std::string pem_of(X509* certificate) {
  const BioPtr bio = memory();
  WASL_ASSERT(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return text_of(bio);
}

std::string pem_of(EVP_PKEY* key) {
  const BioPtr bio = memory();
  WASL_ASSERT(
      PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return text_of(bio);
}

bool add_revoked(X509_CRL* crl, const RevokedCertificate& entry) {
  RevokedPtr revoked{X509_REVOKED_new()};
  const SerialPtr serial = serial_from(entry.serial);
  const TimePtr time = asn1_time(entry.revoked_at);
  const bool ok = revoked && serial && time &&
                  X509_REVOKED_set_serialNumber(revoked.get(), serial.get()) == 1 &&
                  X509_REVOKED_set_revocationDate(revoked.get(), time.get()) == 1 &&
                  X509_CRL_add0_revoked(crl, revoked.get()) == 1;
  if (ok) static_cast<void>(revoked.release());
  return ok;
}

bool add_crl_extensions(X509_CRL* crl, X509* issuer, std::uint64_t number) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, nullptr, nullptr, crl, 0);
  const ExtensionPtr key_id{
      X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always")};
  const SerialPtr value{ASN1_INTEGER_new()};
  return key_id && value && X509_CRL_add_ext(crl, key_id.get(), -1) == 1 &&
         ASN1_INTEGER_set_uint64(value.get(), number) == 1 &&
         X509_CRL_add1_ext_i2d(crl, NID_crl_number, value.get(), 0, 0) == 1;
}

}  // namespace

core::Result<CertificateAuthority> CertificateAuthority::create(const std::string& name,
                                                                Validity validity) {
  if (name.empty() || name.size() > kCommonNameBytesMax) {
    return core::fail(Errc::kOutOfRange, "an authority's name has 1 to 64 bytes");
  }
  std::array<std::uint8_t, kSerialBytes> serial{};
  KeyPtr key{EVP_EC_gen("P-256")};
  if (!key || !random_serial(serial)) return openssl_failed("cannot make a key");
  CertificatePtr certificate = begin_certificate({name, serial, validity}, key.get());
  X509* const self = certificate.get();
  const bool ok = certificate && X509_set_issuer_name(self, X509_get_subject_name(self)) == 1 &&
                  add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                  add_extension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                  add_extension(self, self, NID_subject_key_identifier, "hash") &&
                  X509_sign(self, key.get(), EVP_sha256()) > 0;
  if (!ok) return openssl_failed("cannot make the authority's certificate");
  return CertificateAuthority{std::move(certificate), std::move(key)};
}

core::Result<CertificateAuthority> CertificateAuthority::from_pem(const std::string& certificate,
                                                                  const std::string& key) {
  core::Result<CertificatePtr> parsed = net::certificate_from_pem(certificate);
  if (!parsed) return std::unexpected(parsed.error());
  core::Result<KeyPtr> secret = net::key_from_pem(key);
  if (!secret) return std::unexpected(secret.error());
  if (X509_check_private_key(parsed->get(), secret->get()) != 1) {
    return core::fail(Errc::kConfiguration, "the authority's certificate and key do not match");
  }
  return CertificateAuthority{std::move(*parsed), std::move(*secret)};
}

std::string CertificateAuthority::certificate_pem() const { return pem_of(certificate_.get()); }

std::string CertificateAuthority::key_pem() const { return pem_of(key_.get()); }

TimePoint CertificateAuthority::expires() const {
  return net::time_of(X509_get0_notAfter(certificate_.get()));
}

std::string CertificateAuthority::name() const { return net::common_name_of(*certificate_); }

core::Result<IssuedCertificate> CertificateAuthority::issue(
    const CertificateRequest& request) const {
  std::array<std::uint8_t, kSerialBytes> serial{};
  const KeyPtr key{EVP_EC_gen("P-256")};
  if (!key || !random_serial(serial)) return openssl_failed("cannot make a key");
  const Validity validity{request.validity.not_before,
                          std::min(request.validity.not_after, expires())};
  const CertificatePtr certificate =
      begin_certificate({common_name_of(request), serial, validity}, key.get());
  if (!certificate) {
    ERR_clear_error();
    return core::fail(Errc::kOutOfRange, "a certificate's first name has 1 to 64 bytes");
  }
  X509* const own = certificate.get();
  if (!add_subject_names(own, request)) {
    ERR_clear_error();
    return core::fail(Errc::kOutOfRange, "not an IP address, or a name that fits no certificate");
  }
  const char* const purpose =
      request.kind == CertificateKind::kServer ? "serverAuth" : "clientAuth";
  const bool ok =
      X509_set_issuer_name(own, X509_get_subject_name(certificate_.get())) == 1 &&
      add_extension(own, certificate_.get(), NID_basic_constraints, "critical,CA:FALSE") &&
      add_extension(own, certificate_.get(), NID_key_usage, "critical,digitalSignature") &&
      add_extension(own, certificate_.get(), NID_ext_key_usage, purpose) &&
      add_extension(own, certificate_.get(), NID_subject_key_identifier, "hash") &&
      add_extension(own, certificate_.get(), NID_authority_key_identifier, "keyid:always") &&
      X509_sign(own, key_.get(), EVP_sha256()) > 0;
  if (!ok) return openssl_failed("cannot make the certificate");
  return IssuedCertificate{core::to_hex(serial), pem_of(own), pem_of(key.get()),
                           validity.not_after};
}

core::Result<std::string> CertificateAuthority::crl_pem(const CrlRequest& request) const {
  const CrlPtr crl{X509_CRL_new()};
  const TimePtr this_update = asn1_time(request.this_update);
  const TimePtr next_update = asn1_time(request.next_update);
  bool ok = crl && this_update && next_update &&
            X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1 &&
            X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(certificate_.get())) == 1 &&
            X509_CRL_set1_lastUpdate(crl.get(), this_update.get()) == 1 &&
            X509_CRL_set1_nextUpdate(crl.get(), next_update.get()) == 1;
  for (const RevokedCertificate& entry : request.revoked) {
    ok = ok && add_revoked(crl.get(), entry);
  }
  ok = ok && X509_CRL_sort(crl.get()) == 1 &&
       add_crl_extensions(crl.get(), certificate_.get(), request.number) &&
       X509_CRL_sign(crl.get(), key_.get(), EVP_sha256()) > 0;
  if (!ok) return openssl_failed("cannot make the revocation list");
  const BioPtr bio = memory();
  if (PEM_write_bio_X509_CRL(bio.get(), crl.get()) != 1) {
    return openssl_failed("cannot write the revocation list");
  }
  return text_of(bio);
}

}  // namespace wasl::cli
