#include "net/tls_context.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/assert.hpp"
#include "net/limits.hpp"
#include "net/tls_stream.hpp"

namespace wasl::net {
namespace {

using core::Errc;

// 128-bit keys first: they are enough until 2030 (ANSSI, NIST) and the cheapest per claim.
constexpr const char* kSuites13 =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* kSuites12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305";
// 112 bits of strength or more, no SHA-1 signatures.
constexpr int kSecurityLevel = 2;

// ALPN's list format: a length byte before each name.
constexpr std::array<unsigned char, 7> kAlpnList{6, 'w', 'a', 's', 'l', '/', '1'};
static_assert(kAlpnList.size() == kAlpn.size() + 1 && kAlpnList[0] == kAlpn.size());

// NOLINTNEXTLINE(readability-function-size): the signature is OpenSSL's.
int select_alpn(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_size, kAlpnList.data(), kAlpnList.size(), offered,
                            offered_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

// What both sides want: no renegotiation, no compression, no resumption (it would skip the
// revocation list), small memory between frames, and one read(2) for a record's header and body
// together.
bool set_common(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_security_level(context, kSecurityLevel);
  SSL_CTX_set_max_cert_list(context, kPeerChainBytesMax);
  SSL_CTX_set_verify_depth(context, kChainDepthMax);
  return SSL_CTX_set_num_tickets(context, 0) == 1 && SSL_CTX_set_max_early_data(context, 0) == 1 &&
         SSL_CTX_set_ciphersuites(context, kSuites13) == 1 &&
         SSL_CTX_set_cipher_list(context, kSuites12) == 1 &&
         SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1;
}

SslContextPtr make_context(const SSL_METHOD* method) {
  SslContextPtr context{SSL_CTX_new(method)};
  WASL_ASSERT(context != nullptr);
  WASL_ASSERT(set_common(context.get()));
  return context;
}

void free_stack(STACK_OF(X509) * stack) { sk_X509_free(stack); }
using CertificateStackPtr = std::unique_ptr<STACK_OF(X509), OpensslFree<free_stack>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;

// nullptr: none of them.
X509* signer_of(X509_CRL& crl, const std::vector<CertificatePtr>& authorities) {
  const auto found = std::ranges::find_if(authorities, [&crl](const CertificatePtr& authority) {
    return X509_NAME_cmp(X509_CRL_get_issuer(&crl), X509_get_subject_name(authority.get())) == 0 &&
           X509_CRL_verify(&crl, X509_get0_pubkey(authority.get())) == 1;
  });
  return found == authorities.end() ? nullptr : found->get();
}

// All that OpenSSL asks of a list apart from its time, for any certificate that `signer` has
// issued.
bool is_plain(const X509_CRL& crl, X509& signer) {
  return (X509_get_key_usage(&signer) & KU_CRL_SIGN) != 0 &&
         X509_CRL_get_ext_by_NID(&crl, NID_issuing_distribution_point, -1) < 0;
}

bool is_in_force(const X509_CRL& crl) {
  const ASN1_TIME* const until = X509_CRL_get0_nextUpdate(&crl);
  return X509_cmp_current_time(X509_CRL_get0_lastUpdate(&crl)) < 0 && until != nullptr &&
         X509_cmp_current_time(until) > 0;
}

X509_STORE_CTX_check_crl_fn openssl_check_of_crl() {
  const StoreContextPtr fresh{X509_STORE_CTX_new()};
  WASL_ASSERT(fresh != nullptr);
  WASL_ASSERT(X509_STORE_CTX_init(fresh.get(), nullptr, nullptr, nullptr) == 1);
  return X509_STORE_CTX_get_check_crl(fresh.get());
}

// OpenSSL verifies a list's signature in every handshake, once for each certificate of the chain:
// 0.1 ms, and 0.7 ms where 20,000 are revoked, of 0.6 ms for all the rest. A plain list that was
// verified when it was read, against this very authority, needs no more than to be in force;
// anything else is OpenSSL's to judge.
int check_crl(X509_STORE_CTX* check, X509_CRL* crl) {
  static const X509_STORE_CTX_check_crl_fn kOpenssl = openssl_check_of_crl();
  const X509* const signer = X509_STORE_CTX_get0_current_issuer(check);
  const bool verified = signer != nullptr && X509_CRL_get_meth_data(crl) == signer;
  return verified && is_in_force(*crl) ? 1 : kOpenssl(check, crl);
}

// Why clients, who trust the same authorities, would not accept the certificate; empty if they do.
// Its time is another question, since it passes while the process runs.
std::string why_not_accepted(X509_STORE* authorities, const std::vector<CertificatePtr>& chain) {
  const StoreContextPtr check{X509_STORE_CTX_new()};
  const CertificateStackPtr intermediates{sk_X509_new_null()};
  WASL_ASSERT(check != nullptr && intermediates != nullptr);
  for (std::size_t i = 1; i < chain.size(); ++i) {
    WASL_ASSERT(sk_X509_push(intermediates.get(), chain[i].get()) > 0);
  }
  WASL_ASSERT(
      X509_STORE_CTX_init(check.get(), authorities, chain.front().get(), intermediates.get()) == 1);
  WASL_ASSERT(X509_STORE_CTX_set_purpose(check.get(), X509_PURPOSE_SSL_SERVER) == 1);
  X509_STORE_CTX_set_flags(check.get(), X509_V_FLAG_NO_CHECK_TIME);
  if (X509_verify_cert(check.get()) == 1) return {};
  ERR_clear_error();
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(check.get()));
}

bool is_address(const std::string& name) {
  ASN1_OCTET_STRING* const address = a2i_IPADDRESS(name.c_str());
  ASN1_OCTET_STRING_free(address);
  return address != nullptr;
}

// The name goes into every session made from the context.
bool expect_server(SSL_CTX* context, const std::string& name) {
  X509_VERIFY_PARAM* const parameters = SSL_CTX_get0_param(context);
  if (is_address(name)) return X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) == 1;
  X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), name.size()) == 1;
}

}  // namespace

std::size_t TlsContext::IdHash::operator()(const CertificateId& id) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, id.data(), sizeof(hash));
  return hash;
}

core::Result<std::shared_ptr<const ClientCertificate>> ClientCertificate::from_files(
    const std::string& certificate_file, const std::string& key_file) {
  core::Result<std::vector<CertificatePtr>> certificates = read_certificates(certificate_file);
  if (!certificates) return std::unexpected(certificates.error());
  core::Result<KeyPtr> key = read_key_file(key_file);
  if (!key) return std::unexpected(key.error());
  if (X509_check_private_key(certificates->front().get(), key->get()) != 1) {
    ERR_clear_error();
    return core::fail(Errc::kConfiguration, key_file + " is not the key of " + certificate_file);
  }
  return std::make_shared<const ClientCertificate>(std::move(certificates->front()),
                                                   std::move(*key));
}

core::Result<std::shared_ptr<const ClientCertificate>> ClientCertificate::from_pem(
    const std::string& certificate, const std::string& key) {
  core::Result<CertificatePtr> parsed = certificate_from_pem(certificate);
  if (!parsed) return std::unexpected(parsed.error());
  core::Result<KeyPtr> secret = key_from_pem(key);
  if (!secret) return std::unexpected(secret.error());
  return std::make_shared<const ClientCertificate>(std::move(*parsed), std::move(*secret));
}

bool ClientCertificate::install(SSL& session) const {
  return SSL_use_certificate(&session, certificate_.get()) == 1 &&
         SSL_use_PrivateKey(&session, key_.get()) == 1;
}

SslPtr TlsContext::new_session() const {
  SslPtr session{SSL_new(context_.get())};
  WASL_ASSERT(session != nullptr);
  return session;
}

core::Result<void> TlsContext::add_crl(X509_CRL& crl,
                                       const std::vector<CertificatePtr>& authorities,
                                       const std::string& file) {
  X509* const signer = signer_of(crl, authorities);
  if (signer == nullptr) {
    ERR_clear_error();
    return core::fail(Errc::kConfiguration, file + ": not signed by an authority of the CA file");
  }
  const TimePoint expires = time_of(X509_CRL_get0_nextUpdate(&crl));
  crl_expires_ = crl_expires_ == TimePoint{} ? expires : std::min(crl_expires_, expires);
  STACK_OF(X509_REVOKED)* const entries = X509_CRL_get_REVOKED(&crl);
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
    const X509_REVOKED* const entry = sk_X509_REVOKED_value(entries, i);
    revoked_.insert(
        certificate_id(X509_CRL_get_issuer(&crl), X509_REVOKED_get0_serialNumber(entry)));
  }
  // Without a method of its own a list leaves this pointer alone. The store holds both.
  if (is_plain(crl, *signer)) X509_CRL_set_meth_data(&crl, signer);
  WASL_ASSERT(X509_STORE_add_crl(SSL_CTX_get_cert_store(context_.get()), &crl) == 1);
  return {};
}

core::Result<void> TlsContext::trust(const std::string& ca_file, const std::string& crl_file) {
  const core::Result<std::vector<CertificatePtr>> authorities = read_certificates(ca_file);
  if (!authorities) return std::unexpected(authorities.error());
  X509_STORE* const store = SSL_CTX_get_cert_store(context_.get());
  for (const CertificatePtr& authority : *authorities) {
    WASL_ASSERT(X509_STORE_add_cert(store, authority.get()) == 1);
    authority_expires_ = std::min(authority_expires_, time_of(X509_get0_notAfter(authority.get())));
  }
  X509_VERIFY_PARAM* const parameters = SSL_CTX_get0_param(context_.get());
  unsigned long flags = X509_V_FLAG_X509_STRICT;
  if (!crl_file.empty()) flags |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL;
  WASL_ASSERT(X509_VERIFY_PARAM_set_flags(parameters, flags) == 1);
  if (crl_file.empty()) return {};
  X509_STORE_set_check_crl(store, check_crl);

  const core::Result<std::vector<CrlPtr>> crls = read_crls(crl_file);
  if (!crls) return std::unexpected(crls.error());
  for (const CrlPtr& crl : *crls) {
    const core::Result<void> added = add_crl(*crl, *authorities, crl_file);
    if (!added) return added;
  }
  return {};
}

core::Result<void> TlsContext::use_certificate(const ServerTlsConfig& config) {
  const core::Result<std::vector<CertificatePtr>> chain =
      read_certificates(config.certificate_file);
  if (!chain) return std::unexpected(chain.error());
  const core::Result<KeyPtr> key = read_key_file(config.key_file);
  if (!key) return std::unexpected(key.error());
  X509* const own = chain->front().get();
  bool ok = SSL_CTX_use_certificate(context_.get(), own) == 1;
  for (std::size_t i = 1; i < chain->size(); ++i) {
    ok = ok && SSL_CTX_add1_chain_cert(context_.get(), (*chain)[i].get()) == 1;
  }
  if (!ok) {
    return core::fail(Errc::kConfiguration,
                      config.certificate_file + ": unusable: " + take_openssl_error());
  }
  if (SSL_CTX_use_PrivateKey(context_.get(), key->get()) != 1) {
    ERR_clear_error();
    return core::fail(Errc::kConfiguration,
                      config.key_file + " is not the key of " + config.certificate_file);
  }
  const std::string why = why_not_accepted(SSL_CTX_get_cert_store(context_.get()), *chain);
  if (!why.empty()) {
    return core::fail(Errc::kConfiguration,
                      config.certificate_file + ": not a server's certificate of " +
                          config.ca_file + " (" + why + "): issue one with `wasl pki issue`");
  }
  certificate_file_ = config.certificate_file;
  certificate_expires_ = time_of(X509_get0_notAfter(own));
  return {};
}

core::Result<void> TlsContext::certificate_in_force() const {
  const X509* const own = SSL_CTX_get0_certificate(context_.get());
  WASL_ASSERT(own != nullptr);
  const bool begun = X509_cmp_current_time(X509_get0_notBefore(own)) < 0;
  if (begun && X509_cmp_current_time(X509_get0_notAfter(own)) > 0) return {};
  return core::fail(Errc::kConfiguration,
                    certificate_file_ + (begun ? ": has expired" : ": is not yet valid") +
                        ", so that no client would connect: issue one with `wasl pki issue`, or "
                        "correct the clock");
}

core::Result<std::shared_ptr<const TlsContext>> TlsContext::server(const ServerTlsConfig& config) {
  if (config.crl_file.empty()) {
    return core::fail(Errc::kConfiguration,
                      "a server needs a revocation list; `wasl pki crl` makes it");
  }
  const std::shared_ptr<TlsContext> made{new TlsContext{make_context(TLS_server_method())}};
  SSL_CTX* const context = made->context_.get();
  if (config.allow_tls12) {
    WASL_ASSERT(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1);
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     &TlsStream::judge_certificate);
  SSL_CTX_set_client_hello_cb(context, &TlsStream::judge_hello, nullptr);
  WASL_ASSERT(SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) == 1);
  SSL_CTX_set_alpn_select_cb(context, select_alpn, nullptr);
  const core::Result<void> trusted = made->trust(config.ca_file, config.crl_file);
  if (!trusted) return std::unexpected(trusted.error());
  const core::Result<void> used = made->use_certificate(config);
  if (!used) return std::unexpected(used.error());
  return std::shared_ptr<const TlsContext>{made};
}

core::Result<std::shared_ptr<const TlsContext>> TlsContext::client(const ClientTlsConfig& config) {
  if (config.server_name.empty()) {
    return core::fail(Errc::kConfiguration, "a client needs the name or address of its server");
  }
  const std::shared_ptr<TlsContext> made{new TlsContext{make_context(TLS_client_method())}};
  SSL_CTX* const context = made->context_.get();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  WASL_ASSERT(SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER) == 1);
  // This one call gives 0 for success.
  WASL_ASSERT(SSL_CTX_set_alpn_protos(context, kAlpnList.data(), kAlpnList.size()) == 0);
  if (!expect_server(context, config.server_name)) {
    return core::fail(Errc::kConfiguration, "the server's name is no DNS name or IP address");
  }
  const core::Result<void> trusted = made->trust(config.ca_file, config.crl_file);
  if (!trusted) return std::unexpected(trusted.error());
  return std::shared_ptr<const TlsContext>{made};
}

}  // namespace wasl::net
