#include "journal/digest.hpp"

#include <openssl/evp.h>

#include "core/assert.hpp"

namespace wasl::journal {
namespace {

const EVP_MD* sha256() {
  static EVP_MD* const kFetched = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  WASL_ASSERT(kFetched != nullptr);
  return kFetched;
}

}  // namespace

struct Digest::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();

  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }
};

Digest::Digest() : context_(std::make_unique<Context>()) { WASL_ASSERT(context_->evp != nullptr); }
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

core::Sha256 Digest::of(core::ByteView bytes) {
  core::Sha256 out;
  unsigned int written = 0;
  const bool done = EVP_DigestInit_ex2(context_->evp, sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context_->evp, out.data(), &written) == 1;
  WASL_ASSERT(done && written == out.size());
  return out;
}

}  // namespace wasl::journal
