#include "cli/demo_shop.hpp"

#include <openssl/rand.h>

#include <algorithm>

namespace wasl::cli {

core::Result<DemoCard*> DemoShop::next_card() {
  std::vector<DemoCard>& cards = stage_.network.cards;
  while (cards_seen_ < cards.size()) {
    DemoCard& card = cards[cards_seen_++];
    const bool ours = card.reference.fund == fund_ && !card.long_term;
    if (ours && card.fresh && !card.barred) return &card;
  }
  return core::fail(core::Errc::kNotFound, "too few cards are in order: take more --cards");
}

core::Result<DemoCard*> DemoShop::bad_card() {
  DemoCard* found = nullptr;
  for (DemoCard& card : stage_.network.cards) {
    const bool ours = card.reference.fund == fund_ && !card.long_term;
    if (!ours || (card.fresh && !card.barred)) continue;
    if (card.barred) return &card;
    if (found == nullptr) found = &card;
  }
  if (found != nullptr) return found;
  return core::fail(core::Errc::kNotFound, "every card is in order: take more --cards");
}

std::vector<DemoLine> DemoShop::affordable_lines() const {
  std::vector<DemoLine> lines;
  for (const core::Product& medicine : stage_.network.medicines) {
    if (medicine.public_price > core::Cents{100'000} || lines.size() == 2) continue;
    if (!lines.empty() && lines.front().medicine->inn == medicine.inn) continue;
    lines.push_back({.medicine = &medicine, .quantity = 1, .supply_days = 0});
  }
  return lines;
}

core::Result<Told> DemoShop::sell(DemoCard& card, std::span<const DemoLine> lines) {
  core::Result<v1::Envelope> request = signed_claim(prescribed(lines), card, stage_.keys, cmac_);
  if (!request) return std::unexpected(request.error());
  return peer_.submit(std::move(*request));
}

DemoClaim DemoShop::prescribed(std::span<const DemoLine> lines) {
  DemoClaim claim;
  claim.pharmacy = peer_.me();
  claim.request_id = random_id();
  claim.today = stage_.today;
  claim.prescriber = "M000001";
  claim.prescription = "D-" + std::to_string(++prescriptions_);
  claim.lines = lines;
  return claim;
}

core::RequestId random_id() {
  core::RequestId id{};
  RAND_bytes(id.data(), static_cast<int>(id.size()));
  return id;
}

core::Result<v1::ClaimAnswer> expect(const core::Result<Told>& told,
                                     v1::ClaimAnswer::Outcome outcome) {
  if (!told) return std::unexpected(told.error());
  const v1::ClaimAnswer& answer = told->body.claim();
  if (answer.outcome() == outcome) return answer;
  return core::fail(core::Errc::kOutOfRange, "the story's claim was answered with " +
                                                 v1::ClaimAnswer::Outcome_Name(answer.outcome()) +
                                                 ", " + v1::Reason_Name(answer.reason()));
}

}  // namespace wasl::cli
