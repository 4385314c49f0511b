#pragma once
// The first minutes of the demo, told: one claim approved, one declined, one reversed. Blocking.

#include <ostream>
#include <vector>

#include "cli/demo_stage.hpp"

namespace wasl::cli {

// Returns what the pharmacy keeps of its three requests, to be held against the journal later.
[[nodiscard]] core::Result<std::vector<Exchange>> tell_story(DemoStage& stage, std::uint16_t port,
                                                             std::ostream& out);

}  // namespace wasl::cli
