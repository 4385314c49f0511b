#pragma once
// What a file of a bank says of a fund's payouts, as the switch is told it: one entry for each
// payout, or what is wrong with the file. docs/bank_files.md "What is done with it". Pure.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "iso20022/bank_file.hpp"
#include "wasl/v1/settlement.pb.h"
#include "wasl/v1/status_file.pb.h"

namespace wasl::cli {

// A place of the bank's file. For people.
struct StatusNote {
  std::uint32_t line = 0;  // 0: the file as a whole.
  std::string what;        // With the end-to-end id, if it is about one.

  friend bool operator==(const StatusNote&, const StatusNote&) = default;
};

// "line 31: CASNOS-48213-7: no payout of CNAS"
[[nodiscard]] std::string describe(const StatusNote& note);

struct StatusEntries {
  std::string message_id;                // The bank's name of the file.
  std::vector<v1::StatusEntry> entries;  // By run and number, each payout once,
  std::vector<std::uint32_t> lines;      // and where each stands; 0: it is not named by itself.
  std::vector<StatusNote> wrong;         // Where there is any, no entry may be sent.
  std::vector<StatusNote> told;          // What the file says and changes no payout.
};

// `runs`: all of the fund. Whether there is such a payout, of that amount, and whether it can
// become so, is the switch's to judge.
[[nodiscard]] StatusEntries status_entries(const iso20022::BankFile& file,
                                           const core::FundCode& fund,
                                           std::span<const v1::SettlementRun> runs);

}  // namespace wasl::cli
