#pragma once
// Looks the proofs of a command over before the engine sees it: computing, no state. What a verdict
// means is decide()'s to say. One per I/O thread.

#include <cstddef>

#include "card/cmac.hpp"
#include "card/key_cache.hpp"
#include "card/key_provider.hpp"
#include "core/request.hpp"
#include "core/result.hpp"

namespace wasl::card {

// About 7 MiB a thread; the cards that come to 12,000 pharmacies within a busy hour.
inline constexpr std::size_t kCachedKeysMax = 65'536;

class Verifier {
 public:
  // `keys` outlives it. Throws where Cmac does.
  explicit Verifier(const KeyProvider& keys, std::size_t cached_keys_max = kCachedKeysMax);

  // Sets the verdicts of command.proofs, or of a closing's list; command.content must be set.
  // Without a master key of the card's fund a proof is wrong. An error: keys cannot be reached now,
  // nothing can be said.
  [[nodiscard]] core::Result<void> verify(core::Command& command);

 private:
  core::Result<core::ProofVerdict> judge(const std::optional<core::Proof>& proof,
                                         const KeyName& name, const core::Sha256& digest);

  const KeyProvider& keys_;
  Cmac cmac_;
  KeyCache cache_;
};

}  // namespace wasl::card
