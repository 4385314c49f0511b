#pragma once
// Which index rows a listing wants. Pure.

#include "core/durable.hpp"

namespace wasl::engine {

// The range of ListClaims or ListPriorAgreements; id and not_before are left to the caller. The
// next page begins behind the last row of the one before: the client names that row's day as `from`
// and its claim as `after`.
[[nodiscard]] core::Scan scan_of(const core::Command& command);

// Takes out what may not be shown to them: a centre sees the bordereaux that it reviews.
void leave_shown_to(const core::Participant& from, core::Scanned& scan);

}  // namespace wasl::engine
