#pragma once
// What is proven of the demo's directory once its switch has stopped. Blocking; one thread.

#include <vector>

#include "cli/audit.hpp"
#include "cli/demo_stage.hpp"
#include "store/verify.hpp"

namespace wasl::cli {

struct DemoProof {
  store::Verified verified;
  Audit audit;
};

// `wasl verify`, and the clients' record against the journal.
[[nodiscard]] core::Result<DemoProof> prove(const DemoStage& stage,
                                            const std::vector<Exchange>& exchanges);

}  // namespace wasl::cli
