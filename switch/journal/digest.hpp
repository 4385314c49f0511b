#pragma once
// SHA-256 for the record chain. The algorithm is fetched once per process, the context is reused,
// so that a record costs its bytes and nothing else. One Digest per thread.

#include <memory>

#include "core/bytes.hpp"

namespace wasl::journal {

class Digest {
 public:
  Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  ~Digest();

  [[nodiscard]] core::Sha256 of(core::ByteView bytes);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace wasl::journal
