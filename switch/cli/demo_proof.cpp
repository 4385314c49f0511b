#include "cli/demo_proof.hpp"

#include "cli/places.hpp"
#include "ops/config.hpp"

namespace wasl::cli {

core::Result<DemoProof> prove(const DemoStage& stage, const std::vector<Exchange>& exchanges) {
  const core::Result<ops::Config> config = ops::load_config(stage.directory.config());
  if (!config) return std::unexpected(config.error());
  const core::Result<Places> places = Places::open(*config);
  if (!places) return std::unexpected(places.error());
  const core::Result<ScratchDirectory> scratch = ScratchDirectory::make();
  if (!scratch) return std::unexpected(scratch.error());
  const store::StorePlaces parts = places->store();
  core::Result<store::Verified> verified = store::verify_store({.journal = parts.journal.journal,
                                                                .head = parts.journal.head,
                                                                .rocks = parts.rocks,
                                                                .scratch = scratch->path(),
                                                                .run_import = parts.run_import});
  if (!verified) return std::unexpected(verified.error());
  const core::Result<Audit> audited = audit(parts.journal.journal, parts.journal.head, exchanges);
  if (!audited) return std::unexpected(audited.error());
  return DemoProof{std::move(*verified), *audited};
}

}  // namespace wasl::cli
