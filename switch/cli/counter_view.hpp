#pragma once
// What `wasl counter` prints of the work of a payment centre: for people in dinars, for machines in
// centimes. Pure.

#include <string>
#include <vector>

#include "cli/format.hpp"
#include "core/calendar.hpp"
#include "core/reason.hpp"
#include "wasl/v1/answer.pb.h"
#include "wasl/v1/bordereau.pb.h"
#include "wasl/v1/payout.pb.h"

namespace wasl::cli {

// What waits for a centre, or for a fund, as the switch lists it.
struct PendingWork {
  std::vector<v1::OpenReview> reviews;  // The earliest deadline first.
  std::vector<v1::PayoutChange> changes;
  std::vector<v1::ListedAgreement> agreements;  // A fund's.
};

// Of each kind the earliest deadline first; what had to be done before `today` is late. CSV has the
// reviews alone.
[[nodiscard]] std::string pending(const PendingWork& work, core::Day today, Format format);
// For people, the reviews counted from 1.
[[nodiscard]] std::string numbered_pending(const PendingWork& work, core::Day today);

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
