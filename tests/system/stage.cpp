#include "system/stage.hpp"

#include <algorithm>
#include <sstream>

#include "cli/places.hpp"
#include "ops/config.hpp"

namespace wasl::test {

core::Result<cli::DemoStage> set_up_stage(std::uint32_t pharmacies) {
  cli::DemoOptions options;
  options.binary = WASL_BINARY;
  options.pharmacies = pharmacies;
  options.centres = 2;
  options.cards = 2'000;
  options.plain = true;
  std::ostringstream unread;
  return cli::set_up_demo(options, unread);
}

std::vector<cli::Fleet::Seat> seats_with_cards(const cli::DemoStage& stage, std::size_t count) {
  std::vector<cli::Fleet::Seat> seats;
  for (const cli::Fleet::Seat& seat : stage.seats) {
    const bool cards_come = std::ranges::any_of(
        stage.network.cards,
        [&](const cli::DemoCard& card) { return card.reference.fund == seat.agreed_fund; });
    if (cards_come && seats.size() < count) seats.push_back(seat);
  }
  return seats;
}

core::Result<Proof> prove(const cli::DemoStage& stage, const std::vector<cli::Sale>& sales) {
  const core::Result<ops::Config> config = ops::load_config(stage.directory.config());
  if (!config) return std::unexpected(config.error());
  const core::Result<cli::Places> places = cli::Places::open(*config);
  if (!places) return std::unexpected(places.error());
  const store::StorePlaces parts = places->store();
  core::Result<store::Verified> verified =
      store::verify_store({.journal = parts.journal.journal,
                           .head = parts.journal.head,
                           .rocks = parts.rocks,
                           .scratch = stage.directory.path() + "/scratch",
                           .run_import = parts.run_import});
  if (!verified) return std::unexpected(verified.error());
  const core::Result<cli::Audit> audited =
      cli::audit(parts.journal.journal, parts.journal.head, sales);
  if (!audited) return std::unexpected(audited.error());
  return Proof{std::move(*verified), *audited};
}

}  // namespace wasl::test
