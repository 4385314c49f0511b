#pragma once
// The demo's network around a real `wasl serve`, set up for a test, and what is proven of its
// directory once the switch has stopped. Blocking; one thread.

#include <vector>

#include "cli/audit.hpp"
#include "cli/demo_stage.hpp"
#include "store/verify.hpp"

namespace wasl::test {

// A small sample, served by the binary that was built with this test.
[[nodiscard]] core::Result<cli::DemoStage> set_up_stage(std::uint32_t pharmacies);

// The first `count` seats at whose counters cards of their fund can come.
[[nodiscard]] std::vector<cli::Fleet::Seat> seats_with_cards(const cli::DemoStage& stage,
                                                             std::size_t count);

struct Proof {
  store::Verified verified;
  cli::Audit audit;
};

// Of a stopped switch: `wasl verify`, and the clients' record against the journal.
[[nodiscard]] core::Result<Proof> prove(const cli::DemoStage& stage,
                                        const std::vector<cli::Sale>& sales);

}  // namespace wasl::test
