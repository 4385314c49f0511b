#pragma once
// An authority below another one, as a network has that lets its regions issue. `wasl pki` makes
// roots that forbid it; the switch accepts what others made.

#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include <string>

#include "net/network.hpp"

namespace wasl::test {

struct TwoAuthorities {
  std::string root;  // The certificate of the network's authority, which may have one below it.
  cli::CertificateAuthority issuing;
  std::string serial;  // Of the issuing authority's certificate.
};

inline std::string pem_of(const X509& certificate) {
  BIO* const out = BIO_new(BIO_s_mem());
  EXPECT_EQ(PEM_write_bio_X509(out, &certificate), 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out, &bytes);
  std::string text(bytes, static_cast<std::size_t>(size));
  BIO_free(out);
  return text;
}

// The certificate, of an authority whose length of path is not limited, signed by `parent`.
inline std::string as_authority(X509& certificate, X509& parent, EVP_PKEY& parent_key) {
  const int limited = X509_get_ext_by_NID(&certificate, NID_basic_constraints, -1);
  X509_EXTENSION_free(X509_delete_ext(&certificate, limited));
  X509V3_CTX context;
  X509V3_set_ctx(&context, &parent, &certificate, nullptr, nullptr, 0);
  const auto add = [&](int id, const char* value) {
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
    EXPECT_EQ(X509_add_ext(&certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
  };
  add(NID_basic_constraints, "critical,CA:TRUE");
  if (&certificate != &parent) add(NID_authority_key_identifier, "keyid:always");
  EXPECT_GT(X509_sign(&certificate, &parent_key, EVP_sha256()), 0);
  return pem_of(certificate);
}

inline TwoAuthorities two_authorities(const cli::CertificateAuthority& root) {
  const net::CertificatePtr parent = *net::certificate_from_pem(root.certificate_pem());
  const net::KeyPtr parent_key = *net::key_from_pem(root.key_pem());
  std::string root_pem = as_authority(*parent, *parent, *parent_key);
  // Name and key are those of an authority of its own; only the certificate is the root's.
  const auto own = cli::CertificateAuthority::create("Region 16", valid_now());
  const net::CertificatePtr child = *net::certificate_from_pem(own->certificate_pem());
  X509_set_issuer_name(child.get(), X509_get_subject_name(parent.get()));
  ASN1_INTEGER_set(X509_get_serialNumber(child.get()), 0x1267);
  const std::string child_pem = as_authority(*child, *parent, *parent_key);
  return {std::move(root_pem), *cli::CertificateAuthority::from_pem(child_pem, own->key_pem()),
          "1267"};
}

}  // namespace wasl::test
