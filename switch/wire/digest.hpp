#pragma once
// SHA-256 with OpenSSL's algorithm fetched once and its context reused. An object belongs to one
// thread.

#include <memory>

#include "core/bytes.hpp"

struct evp_md_ctx_st;
struct evp_md_st;

namespace wasl::wire {

class Digest {
 public:
  // Throws std::runtime_error if OpenSSL has no SHA-256: at start-up only.
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  [[nodiscard]] core::Sha256 of(core::ByteView bytes);

 private:
  evp_md_st* algorithm_;
  evp_md_ctx_st* context_;
};

}  // namespace wasl::wire
