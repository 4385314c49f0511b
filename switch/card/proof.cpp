#include "card/proof.hpp"

#include <algorithm>

namespace wasl::card {

std::array<std::uint8_t, kSignedBytes> signed_bytes(const core::Proof& proof,
                                                    const core::Sha256& digest) {
  std::array<std::uint8_t, kSignedBytes> out{};
  core::put_big_endian(out.data(), proof.atc);
  std::copy(proof.unpredictable.begin(), proof.unpredictable.end(), out.begin() + 4);
  std::copy(digest.begin(), digest.end(), out.begin() + 8);
  return out;
}

core::Proof make_proof(Cmac& cmac, const Key& key, core::Proof proof, const core::Sha256& digest) {
  Mac mac = cmac.of(key, signed_bytes(proof, digest));
  std::copy_n(mac.begin(), proof.mac.size(), proof.mac.begin());
  OPENSSL_cleanse(mac.data(), mac.size());
  return proof;
}

bool is_right(Cmac& cmac, const Key& key, const core::Proof& proof, const core::Sha256& digest) {
  const core::Proof expected = make_proof(cmac, key, proof, digest);
  return CRYPTO_memcmp(expected.mac.data(), proof.mac.data(), proof.mac.size()) == 0;
}

}  // namespace wasl::card
