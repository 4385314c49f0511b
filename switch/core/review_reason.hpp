#pragma once
// Why a centre rejects or holds a claim, in the one table of the product: name and meaning in
// Arabic, French and English. docs/settlement.md is tested against it.

#include <optional>
#include <span>
#include <string_view>

#include "core/reason.hpp"
#include "core/rows.hpp"

namespace wasl::core {

struct ReviewReasonEntry {
  ReviewReason reason;
  std::string_view name;  // "WRONG_TARIF"
  Text meaning;
};

// All but kNone, by number.
[[nodiscard]] std::span<const ReviewReasonEntry> review_reasons();
// nullptr for kNone and for a number that is none.
[[nodiscard]] const ReviewReasonEntry* entry(ReviewReason reason);
[[nodiscard]] std::optional<ReviewReason> review_reason_named(std::string_view name);

// "PROVIDER", "CENTRE", "FUND"
[[nodiscard]] std::string_view name(StepOwner owner);
[[nodiscard]] std::optional<StepOwner> step_owner_named(std::string_view name);

}  // namespace wasl::core
