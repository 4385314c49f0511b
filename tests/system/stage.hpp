#pragma once
// The demo's network around a real `wasl serve`, set up for a test. Blocking; one thread.

#include <vector>

#include "cli/demo_stage.hpp"

namespace wasl::test {

// A small sample, served by the binary that was built with this test.
[[nodiscard]] core::Result<cli::DemoStage> set_up_stage(std::uint32_t pharmacies);

// The first `count` seats at whose counters cards of their fund can come.
[[nodiscard]] std::vector<cli::Fleet::Seat> seats_with_cards(const cli::DemoStage& stage,
                                                             std::size_t count);

}  // namespace wasl::test
