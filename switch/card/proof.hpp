#pragma once
// What a card or a provider's key signs, and how: the first 8 bytes of AES-128-CMAC over counter,
// unpredictable number and the SHA-256 of the canonical request (docs/card_proof.md).

#include <array>

#include "card/cmac.hpp"
#include "core/request.hpp"

namespace wasl::card {

inline constexpr std::size_t kSignedBytes = 4 + 4 + 32;

// ATC in big-endian, unpredictable number, digest.
[[nodiscard]] std::array<std::uint8_t, kSignedBytes> signed_bytes(const core::Proof& proof,
                                                                  const core::Sha256& digest);

// The proof that goes with counter and unpredictable number of `proof`; its mac is ignored.
[[nodiscard]] core::Proof make_proof(Cmac& cmac, const Key& key, core::Proof proof,
                                     const core::Sha256& digest);

// Takes the same time whatever differs.
[[nodiscard]] bool is_right(Cmac& cmac, const Key& key, const core::Proof& proof,
                            const core::Sha256& digest);

}  // namespace wasl::card
