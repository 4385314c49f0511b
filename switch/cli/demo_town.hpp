#pragma once
// What the people behind the demo's terminals share: the cards of their customers, the medicines,
// and who was sent from a pharmacy to a payment centre. The thread of the fleet.

#include <cstddef>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "card/cmac.hpp"
#include "card/key_provider.hpp"
#include "cli/demo_claim.hpp"
#include "cli/demo_network.hpp"

namespace wasl::cli {

class DemoTown {
 public:
  // Network and keys outlive the town.
  DemoTown(DemoNetwork& network, const card::KeyProvider& keys, core::Day today,
           std::uint64_t seed);

  // A customer's card: of this fund, or of any where none is named. nullptr: the network has none.
  [[nodiscard]] DemoCard* draw_card(const core::FundCode& fund);
  // One to three medicines.
  [[nodiscard]] std::vector<DemoLine> draw_basket();
  [[nodiscard]] std::string draw_prescriber();
  [[nodiscard]] core::RequestId draw_id();
  // True once in `times`, on average.
  [[nodiscard]] bool happens(std::uint64_t one_in) { return random_() % one_in == 0; }
  // 0 to 1.
  [[nodiscard]] double draw_share() { return std::uniform_real_distribution<double>()(random_); }

  // A card whose update a pharmacy was told to ask for. Beyond a bound, people go home.
  void send_to_centre(DemoCard& card);
  [[nodiscard]] DemoCard* next_at_centre();

  [[nodiscard]] const card::KeyProvider& keys() const { return keys_; }
  [[nodiscard]] card::Cmac& cmac() { return cmac_; }
  [[nodiscard]] core::Day today() const { return today_; }

 private:
  DemoNetwork& network_;
  const card::KeyProvider& keys_;
  core::Day today_;
  std::mt19937_64 random_;
  card::Cmac cmac_;
  std::map<core::FundCode, std::vector<std::size_t>> cards_by_fund_;
  std::deque<DemoCard*> at_centre_;
};

}  // namespace wasl::cli
