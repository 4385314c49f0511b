#pragma once
// The bank of the demo's fund: it is given files of payouts, and answers with files of its own.
// It knows nothing but those files. docs/bank_files.md. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/money.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct BankTransfer {
  std::string end_to_end_id;
  core::Cents amount;
};

// What a pain.001.001.09 orders.
struct BankOrder {
  std::string message_id;
  std::string payment_id;
  std::string debtor_account;
  std::vector<BankTransfer> transfers;  // One or more.
  core::Cents total;
};

// kMalformed where the file is none, or lacks what a bank needs.
[[nodiscard]] core::Result<BankOrder> read_order(std::string_view file);

// pain.002.001.10: every transfer of the order is accepted.
[[nodiscard]] std::string acceptance_of(const BankOrder& order, core::Instant at);

// camt.054.001.08: every transfer is booked; but `returned`, unless it is empty, is sent back by
// the payee's bank, because that account is closed.
[[nodiscard]] std::string booking_of(const BankOrder& order, std::string_view returned,
                                     core::Instant at);

}  // namespace wasl::cli
