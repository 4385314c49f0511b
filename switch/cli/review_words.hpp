#pragma once
// The words of a review: names as operators type them, and what people read of a claim that was
// presented. Pure.

#include <string>
#include <string_view>

#include "core/reason.hpp"
#include "core/result.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

// In any case, with or without underscores as dashes. kNotFound has the known names, and the
// nearest.
[[nodiscard]] core::Result<v1::ReviewReason> parse_review_reason(std::string_view typed);
[[nodiscard]] core::Result<v1::StepOwner> parse_step_owner(std::string_view typed);

// "The tarif applied is not the right one (WRONG_TARIF)"
[[nodiscard]] std::string words_of(v1::ReviewReason reason, core::Language language);
// Where the claim stands, by how much it was reduced, and why; of a held one until when, and who
// owes the next step.
[[nodiscard]] std::string words_of(const v1::PresentedClaim& claim, core::Language language);
// "reject: The tarif applied is not the right one (WRONG_TARIF)"
[[nodiscard]] std::string words_of(const v1::ReviewVerdict& verdict, core::Language language);

}  // namespace wasl::cli
