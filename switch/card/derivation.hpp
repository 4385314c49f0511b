#pragma once
// Keys of cards and providers from their fund's master key: SP 800-108 KDF in counter mode with
// AES-128-CMAC, 32-bit counter before the fixed data, 32-bit length. Exact bytes and vectors:
// docs/card_proof.md.

#include <string>
#include <string_view>

#include "card/key.hpp"

namespace wasl::card {

// "wasl/card/1" or "wasl/professional/1".
[[nodiscard]] std::string_view derivation_label(KeyKind kind);
// Fund and holder, each behind its length in one byte, and the version in two.
[[nodiscard]] std::string derivation_context(const KeyName& name);

// Any thread; each keeps a CMAC context of its own.
[[nodiscard]] Key derive(const Key& master, const KeyName& name);

}  // namespace wasl::card
