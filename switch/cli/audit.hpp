#pragma once
// Holds what the clients were told against what the journal says: the judge of the demo and of the
// crash tests. Reads only; the switch must not run.

#include <cstdint>
#include <string>
#include <vector>

#include "cli/exchange.hpp"
#include "core/files.hpp"

namespace wasl::cli {

struct Audit {
  std::uint64_t lost = 0;     // Answers, refusals included, that the journal does not bear out.
  std::uint64_t doubled = 0;  // Requests with more than one record.
  std::uint64_t without_outcome = 0;  // Requests that were sent, without answer and without record.
  std::string first;                  // The first finding, in words.
};

[[nodiscard]] core::Result<Audit> audit(core::Directory& journal, core::Directory& head,
                                        const std::vector<Exchange>& exchanges);

}  // namespace wasl::cli
