#pragma once
// The pharmacy of the demo's story at its counter: its customers' cards, its medicines, its
// sales. Blocking.

#include <span>
#include <string>
#include <vector>

#include "card/cmac.hpp"
#include "cli/demo_peer.hpp"

namespace wasl::cli {

class DemoShop {
 public:
  // The stage outlives the shop.
  DemoShop(DemoStage& stage, DemoPeer peer, const core::FundCode& fund)
      : stage_(stage), peer_(std::move(peer)), fund_(fund) {}

  [[nodiscard]] DemoPeer& peer() { return peer_; }
  // Of whose cards it sells.
  [[nodiscard]] const core::FundCode& fund() const { return fund_; }

  // The next card that is in order. kNotFound, with the way out, once there is none left.
  [[nodiscard]] core::Result<DemoCard*> next_card();
  // One that is not: barred, or its rights have ended.
  [[nodiscard]] core::Result<DemoCard*> bad_card();
  // Two of the cheaper medicines, so that no ceiling is in the way.
  [[nodiscard]] std::vector<DemoLine> affordable_lines() const;

  [[nodiscard]] core::Result<Told> sell(DemoCard& card, std::span<const DemoLine> lines);
  // The next prescription, of today. The lines outlive the claim.
  [[nodiscard]] DemoClaim prescribed(std::span<const DemoLine> lines);

 private:
  DemoStage& stage_;
  DemoPeer peer_;
  core::FundCode fund_;
  card::Cmac cmac_;
  std::size_t cards_seen_ = 0;
  std::uint64_t prescriptions_ = 0;
};

[[nodiscard]] core::RequestId random_id();

// kOutOfRange if the claim was answered otherwise: it would be another story.
[[nodiscard]] core::Result<v1::ClaimAnswer> expect(const core::Result<Told>& told,
                                                   v1::ClaimAnswer::Outcome outcome);

}  // namespace wasl::cli
