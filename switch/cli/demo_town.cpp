#include "cli/demo_town.hpp"

namespace wasl::cli {
namespace {

constexpr std::size_t kLinesMost = 3;
// The sample's prescribers are numbered from 1; the smallest one has fifty.
constexpr std::uint64_t kPrescribers = 10;
// More than the demo's centres serve in a minute would only wait.
constexpr std::size_t kAtCentreMost = 1'000;

}  // namespace

DemoTown::DemoTown(DemoNetwork& network, const card::KeyProvider& keys, core::Day today,
                   std::uint64_t seed)
    : network_(network), keys_(keys), today_(today), random_(seed) {
  for (std::size_t i = 0; i < network_.cards.size(); ++i) {
    cards_by_fund_[network_.cards[i].reference.fund].push_back(i);
  }
}

DemoCard* DemoTown::draw_card(const core::FundCode& fund) {
  if (fund.empty()) return &network_.cards[random_() % network_.cards.size()];
  const auto cards = cards_by_fund_.find(fund);
  if (cards == cards_by_fund_.end()) return nullptr;
  return &network_.cards[cards->second[random_() % cards->second.size()]];
}

std::vector<DemoLine> DemoTown::draw_basket() {
  std::vector<DemoLine> lines;
  for (std::size_t i = 1 + random_() % kLinesMost; i > 0; --i) {
    lines.push_back({.medicine = &network_.medicines[random_() % network_.medicines.size()],
                     .quantity = 1 + static_cast<std::uint32_t>(random_() % 2),
                     .supply_days = static_cast<std::uint32_t>(random_() % 2) * 10});
  }
  return lines;
}

std::string DemoTown::draw_prescriber() {
  return "M00000" + std::to_string(random_() % kPrescribers);
}

core::RequestId DemoTown::draw_id() {
  core::RequestId id{};
  for (std::uint8_t& byte : id) byte = static_cast<std::uint8_t>(random_());
  return id;
}

void DemoTown::send_to_centre(DemoCard& card) {
  if (at_centre_.size() < kAtCentreMost) at_centre_.push_back(&card);
}

DemoCard* DemoTown::next_at_centre() {
  if (at_centre_.empty()) return nullptr;
  DemoCard* const card = at_centre_.front();
  at_centre_.pop_front();
  return card;
}

}  // namespace wasl::cli
