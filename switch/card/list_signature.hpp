#pragma once
// The signature over a provider's list of claims (core/closing.hpp): ECDSA with SHA-256 on P-256.
// One signature a day gives what the symmetric proofs of claims cannot: nobody but the provider can
// have made it. About 0.1 ms to verify.

#include <string>

#include "core/closing.hpp"
#include "core/result.hpp"

namespace wasl::card {

// What to say of the closing's digest and signature. A key that is no P-256 key, or is not whole,
// signs nothing: kSignatureWrong. Any thread.
[[nodiscard]] core::ListVerdict judge_list(const core::Participant& provider,
                                           const core::CloseBordereau& closing);

// The public key to the private one of a PEM file, as it is registered: SubjectPublicKeyInfo, DER.
// Errors: kNotFound, kMalformed: no P-256 key is there.
[[nodiscard]] core::Result<std::string> signing_key_of(const std::string& key_file);

// Sets digest, signing key and signature of the closing with the private key of a PEM file.
// Errors: kNotFound, kMalformed: no P-256 key is there.
[[nodiscard]] core::Result<void> sign_list(const std::string& key_file,
                                           const core::Participant& provider,
                                           core::CloseBordereau& closing);

}  // namespace wasl::card
