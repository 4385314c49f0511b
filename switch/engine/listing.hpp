#pragma once
// Which index rows a listing wants, and who may ask for them. Pure.

#include "core/durable.hpp"
#include "core/reference.hpp"

namespace wasl::engine {

// The range of a listing, or the part of a bank file; id and not_before are left to the caller. The
// next page begins behind the last row of the one before: the client names that row's day as `from`
// and its claim as `after`.
[[nodiscard]] core::Scan scan_of(const core::Command& command);

// A suspended participant may still repeat, query and reverse (docs/wire_protocol.md "Refusals"):
// to read of its own past changes nothing.
[[nodiscard]] bool open_to_suspended(const core::Command& command);

// A provider or centre asks for something of a fund that is not on file: an empty page would say
// that there is nothing.
[[nodiscard]] bool lists_unknown_fund(const core::Command& command,
                                      const core::Reference& reference);

// Takes out what may not be shown to them: a centre sees the bordereaux that it reviews.
void leave_shown_to(const core::Participant& from, core::Scanned& scan);

}  // namespace wasl::engine
