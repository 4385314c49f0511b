#pragma once
// What `wasl counter` prints of the work of a payment centre: for people in dinars, for machines in
// centimes. Pure.

#include <span>
#include <string>

#include "cli/format.hpp"
#include "core/calendar.hpp"
#include "core/reason.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

// As the switch lists them, the earliest deadline first. What had to be decided before `today` is
// late.
[[nodiscard]] std::string pending(std::span<const v1::OpenReview> reviews, core::Day today,
                                  Format format);
// The same for people, counted from 1.
[[nodiscard]] std::string numbered_pending(std::span<const v1::OpenReview> reviews,
                                           core::Day today);

// A bordereau's claims, counted from 1, each with the verdict of `review` on it.
[[nodiscard]] std::string numbered_claims(const v1::Bordereau& bordereau,
                                          const v1::ReviewBordereau& review,
                                          core::Language language);

// What a review comes to, before it is sent.
[[nodiscard]] std::string summary(const v1::ReviewBordereau& review, const v1::Bordereau& bordereau,
                                  core::Language language);

// Why a claim is rejected, held or reduced: the table; JSON has all languages.
[[nodiscard]] std::string review_reasons(core::Language language, bool as_json);

}  // namespace wasl::cli
