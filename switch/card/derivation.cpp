#include "card/derivation.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>

#include "core/bytes.hpp"

namespace wasl::card {
namespace {

struct FreeKdf {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

// Fetched once: a fetch costs more than a derivation.
EVP_KDF* algorithm() {
  static const std::unique_ptr<EVP_KDF, FreeKdf> kKdf(EVP_KDF_fetch(nullptr, "KBKDF", nullptr));
  return kKdf.get();
}

}  // namespace

std::string_view derivation_label(KeyKind kind) {
  return kind == KeyKind::kCard ? "wasl/card/1" : "wasl/professional/1";
}

std::string derivation_context(const KeyName& name) {
  std::string context;
  core::Writer out(context);
  out.text(name.fund.view());
  out.text(name.holder.view());
  out.integer(name.version);
  return context;
}

core::Result<Key> derive(const Key& master, const KeyName& name) {
  const std::unique_ptr<EVP_KDF_CTX, FreeKdf> context(EVP_KDF_CTX_new(algorithm()));
  std::string mode = "COUNTER";
  std::string mac = "CMAC";
  std::string cipher = "AES-128-CBC";
  std::string label(derivation_label(name.kind));
  std::string fixed = derivation_context(name);
  Key secret = master;
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_MODE, mode.data(), 0),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_MAC, mac.data(), 0),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_CIPHER, cipher.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.bytes.data(), kKeyBytes),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, label.data(), label.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, fixed.data(), fixed.size()),
      OSSL_PARAM_construct_end()};
  Key key;
  if (context == nullptr ||
      EVP_KDF_derive(context.get(), key.bytes.data(), key.bytes.size(), parameters) != 1) {
    return core::fail(core::Errc::kUnsupported,
                      "OpenSSL offers no KBKDF with AES-128-CMAC: check its configuration file");
  }
  return key;
}

}  // namespace wasl::card
