#pragma once
// Which rulebook a record names as the one that its decision was made by. Pure.

#include "core/reference.hpp"
#include "core/request.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// The SHA-256 of the rulebook of the account that the command is about, or of the fund that a
// closing or review is for; zero where there is none.
[[nodiscard]] Sha256 rulebook_used(const Command& command, const RowSet& rows,
                                   const Reference& reference);

}  // namespace wasl::core
