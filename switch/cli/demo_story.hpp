#pragma once
// The first minutes of the demo, told: one claim approved, one declined, one reversed, and how
// others become payable. Blocking.

#include <ostream>
#include <vector>

#include "cli/demo_people.hpp"
#include "cli/demo_settlement.hpp"

namespace wasl::cli {

struct DemoStory {
  // What its people keep of their requests, to be held against the journal later.
  std::vector<Exchange> exchanges;
  DemoSettlement settlement;
};

[[nodiscard]] core::Result<DemoStory> tell_story(DemoStage& stage, const DemoPeople& people,
                                                 std::uint16_t port, std::ostream& out);

}  // namespace wasl::cli
