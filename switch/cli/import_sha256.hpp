#pragma once
// SHA-256 of bytes that come in pieces. One thread.

#include <openssl/evp.h>

#include <memory>
#include <span>

#include "core/assert.hpp"
#include "core/bytes.hpp"

namespace wasl::cli {

class RunningSha256 {
 public:
  RunningSha256() : context_(EVP_MD_CTX_new()) {
    WASL_ASSERT(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(std::span<const char> bytes) {
    WASL_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  // Once.
  [[nodiscard]] core::Sha256 finish() {
    core::Sha256 sum{};
    unsigned bytes = 0;
    WASL_ASSERT(EVP_DigestFinal_ex(context_.get(), sum.data(), &bytes) == 1);
    return sum;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace wasl::cli
