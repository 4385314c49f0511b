#pragma once
// What a journal record says, in one line for people: no card, no insured person, amounts as the
// answer had them. Pure.

#include <string>
#include <string_view>

#include "core/codec.hpp"

namespace wasl::cli {

// "APPROVED", "APPROVED_PARTIALLY", "DECLINED".
[[nodiscard]] std::string_view outcome_name(core::Outcome outcome);

// "APPROVED, fund 960.00, patient 240.00", "DECLINED CARD_OPPOSED", "RELEASED ..., "granted".
[[nodiscard]] std::string decision_text(const core::Decision& decision);

// "SubmitClaim of provider 16-004512 at 2026-03-10T11:00:00.000Z: " and the decision.
[[nodiscard]] std::string record_text(const core::RecordView& record, core::Instant now);

}  // namespace wasl::cli
