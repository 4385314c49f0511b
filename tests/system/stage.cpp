#include "system/stage.hpp"

#include <algorithm>
#include <atomic>
#include <sstream>

namespace wasl::test {

core::Result<cli::DemoStage> set_up_stage(std::uint32_t pharmacies) {
  static const std::atomic<bool> kInterrupted = false;
  cli::DemoOptions options;
  options.binary = WASL_BINARY;
  options.pharmacies = pharmacies;
  options.centres = 2;
  options.cards = 2'000;
  std::ostringstream unread;
  cli::DemoConsole console(unread, unread, true, kInterrupted);
  return cli::set_up_demo(options, console);
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

}  // namespace wasl::test
