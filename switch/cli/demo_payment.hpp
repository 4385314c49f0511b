#pragma once
// How the fund pays what the demo's story made it owe, told: accounts are entered, one person
// proposes a settlement run, another one approves it. Blocking.

#include <ostream>
#include <string>

#include "cli/demo_peer.hpp"
#include "core/ids.hpp"

namespace wasl::cli {

// Two operators of one fund.
struct DemoTreasury {
  core::FundCode fund;
  DemoPeer& proposer;
  DemoPeer& approver;
};

struct DemoRun {
  std::uint64_t id = 0;
  std::uint32_t payouts = 0;
  std::int64_t cents = 0;
};

// An account of nobody's; another number, another account.
[[nodiscard]] std::string demo_account(std::uint64_t number);

// Both enter it, so that it is set.
[[nodiscard]] core::Result<void> set_account(const DemoTreasury& treasury, const v1::Payee& payee,
                                             const std::string& account, std::ostream& out);

// A run of all that is owed, approved.
[[nodiscard]] core::Result<DemoRun> tell_run(const DemoTreasury& treasury, std::ostream& out);

// The chapter: the fund's account, that of each person who is owed a refund, and a run.
[[nodiscard]] core::Result<DemoRun> tell_payment(const DemoTreasury& treasury, std::ostream& out);

}  // namespace wasl::cli
