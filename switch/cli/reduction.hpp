#pragma once
// What an operator lowers of an accepted claim, before it is sent. Pure.

#include <cstdint>
#include <optional>
#include <string>

#include "core/reason.hpp"
#include "wasl/v1/answer.pb.h"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

// nullptr: it is not in the bordereau.
[[nodiscard]] const v1::PresentedClaim* claim_in(const v1::Bordereau& bordereau,
                                                 std::uint64_t claim);

// What reducing a claim would do as it stands; nothing: it can not be reduced now.
[[nodiscard]] std::optional<v1::ReductionAnswer::Effect> effect_of_reducing(
    const v1::PresentedClaim& claim);

// What the reduction comes to if the switch carries it out on the bordereau as it is shown, in
// which its claim stands.
[[nodiscard]] std::string summary(const v1::ReduceClaim& reduction, const v1::Bordereau& bordereau,
                                  core::Language language);

}  // namespace wasl::cli
