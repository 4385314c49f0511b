#pragma once
// A fund's business day, participant by participant, added up from the rows of the store: what the
// participant closed an earlier day with, as far as that is kept (day_closings.hpp), and every
// posting since.

#include "core/durable.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

// One page of a scan with a business day, made as core/reconciliation.hpp says. It ends behind
// `rows_max` participants, or behind the one with whom it has read enough at once.
[[nodiscard]] core::Result<core::Scanned> read_day(const Rocks& rocks, const core::Scan& scan);

}  // namespace wasl::store
