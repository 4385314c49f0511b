#pragma once
// What `wasl verify` makes of a history: the records followed on their own, and held against the
// rows that the switch made of them.

#include <string>
#include <vector>

#include "core/files.hpp"
#include "journal/format.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

// What differs, in words; empty as it must be. `rows`: at the journal's end.
[[nodiscard]] std::vector<std::string> differences_in(core::Directory& journal,
                                                      const OrderedRows& rows);

}  // namespace wasl::test
