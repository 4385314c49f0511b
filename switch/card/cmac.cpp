#include "card/cmac.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <stdexcept>
#include <string>

#include "core/assert.hpp"

namespace wasl::card {

Cmac::Cmac() : algorithm_(EVP_MAC_fetch(nullptr, "CMAC", nullptr)), context_(nullptr) {
  if (algorithm_ != nullptr) context_ = EVP_MAC_CTX_new(algorithm_);
  std::string cipher = "AES-128-CBC";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher.data(), 0),
      OSSL_PARAM_construct_end()};
  // The cipher is set once: fetching it again costs more than a message.
  if (context_ == nullptr || EVP_MAC_CTX_set_params(context_, parameters) != 1) {
    EVP_MAC_CTX_free(context_);
    EVP_MAC_free(algorithm_);
    throw std::runtime_error("OpenSSL offers no AES-128-CMAC: check its configuration file");
  }
}

Cmac::~Cmac() {
  EVP_MAC_CTX_free(context_);
  EVP_MAC_free(algorithm_);
}

Mac Cmac::of(const Key& key, core::ByteView message) {
  Mac mac{};
  std::size_t bytes = 0;
  // On a context with its cipher set, and a key of the cipher's length, these cannot fail.
  WASL_ASSERT(EVP_MAC_init(context_, key.bytes.data(), key.bytes.size(), nullptr) == 1);
  WASL_ASSERT(EVP_MAC_update(context_, message.data(), message.size()) == 1);
  WASL_ASSERT(EVP_MAC_final(context_, mac.data(), &bytes, mac.size()) == 1);
  WASL_ASSERT(bytes == mac.size());
  return mac;
}

}  // namespace wasl::card
