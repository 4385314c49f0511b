#pragma once
// AES-128-CMAC (RFC 4493, SP 800-38B) on a context that is kept between messages. An object belongs
// to one thread.

#include <array>
#include <cstdint>

#include "card/key.hpp"
#include "core/bytes.hpp"

struct evp_mac_st;
struct evp_mac_ctx_st;

namespace wasl::card {

using Mac = std::array<std::uint8_t, 16>;

class Cmac {
 public:
  // Throws std::runtime_error if OpenSSL has no CMAC with AES-128: at start-up only.
  Cmac();
  ~Cmac();
  Cmac(const Cmac&) = delete;
  Cmac& operator=(const Cmac&) = delete;

  [[nodiscard]] Mac of(const Key& key, core::ByteView message);

 private:
  evp_mac_st* algorithm_;
  evp_mac_ctx_st* context_;
};

}  // namespace wasl::card
