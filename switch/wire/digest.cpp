#include "wire/digest.hpp"

#include <openssl/evp.h>

#include <stdexcept>

#include "core/assert.hpp"

namespace wasl::wire {

Digest::Digest()
    : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
  if (algorithm_ == nullptr || context_ == nullptr) {
    throw std::runtime_error("OpenSSL offers no SHA-256: check its configuration file");
  }
}

Digest::~Digest() {
  EVP_MD_CTX_free(context_);
  EVP_MD_free(algorithm_);
}

core::Sha256 Digest::of(core::ByteView bytes) {
  core::Sha256 sum{};
  // On an initialised context of a fetched algorithm these cannot fail.
  WASL_ASSERT(EVP_DigestInit_ex2(context_, algorithm_, nullptr) == 1);
  WASL_ASSERT(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
  WASL_ASSERT(EVP_DigestFinal_ex(context_, sum.data(), nullptr) == 1);
  return sum;
}

}  // namespace wasl::wire
