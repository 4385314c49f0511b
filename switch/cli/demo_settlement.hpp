#pragma once
// How the claims of the demo's story become payable and are paid, told: the pharmacy closes its
// day, its payment centre accepts and rejects, a rejected claim is corrected, a person is refunded,
// two people of the fund agree to pay, its bank does, and its books balance. Blocking.

#include <ostream>

#include "cli/demo_export.hpp"
#include "cli/demo_shop.hpp"

namespace wasl::cli {

struct DemoSettlement {
  // Claims of the story.
  std::uint64_t presented = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t corrected = 0;
  DemoPayouts payouts{};
  bool trial_balance_zero = false;  // Debits less credits, of every fund that was asked.

  // Every claim was decided, what was rejected is corrected, and what went to the bank was paid or
  // came back.
  [[nodiscard]] bool is_whole() const {
    return presented > 0 && presented == accepted + rejected && rejected == corrected &&
           payouts.paid > 0 && payouts.settled == payouts.paid + payouts.returned;
  }
};

// Who takes part beside the pharmacy, each on a connection; the last three of the fund with which
// the shop works.
struct DemoOfficials {
  DemoPeer clerk;
  DemoPeer fund;
  DemoPeer proposer;
  DemoPeer approver;
};

[[nodiscard]] core::Result<DemoSettlement> tell_settlement(const DemoPeople& people, DemoShop& shop,
                                                           DemoOfficials& officials,
                                                           std::ostream& out);

}  // namespace wasl::cli
