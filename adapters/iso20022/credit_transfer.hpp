#pragma once
// Payouts as a file for the debtor's bank: pain.001.001.09, CustomerCreditTransferInitiation.
// docs/bank_files.md says what each element holds and what is left out. Pure: the same input gives
// the same bytes for ever, pinned in tests/golden/credit_transfer.txt. Any thread.

#include <cstddef>
#include <span>
#include <string>

#include "core/calendar.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/settlement.hpp"

namespace wasl::iso20022 {

// So that the bank's answer stays within what we read (kFileBytesMax, kElementsMax).
inline constexpr std::size_t kPayoutsPerFileMax = core::kPayoutsPerFileMax;

struct Payout {
  std::string end_to_end_id;  // At most 35 characters, once in the file.
  core::Cents amount;         // 0.01 to kAmountMax.
  std::string creditor_name;  // At most 140 characters.
  std::string creditor_rib;
  std::string remittance;  // At most 140 characters; empty: none.
};

struct CreditTransfer {
  std::string message_id;  // At most 35 characters.
  core::Instant created_at;
  std::string initiating_party;  // At most 140 characters, as the other names.
  std::string debtor_name;
  std::string debtor_rib;  // Its first three digits name the debtor's bank.
  std::string currency;    // ISO 4217.
  core::Day value_date;    // When the bank shall execute the payouts.
  std::span<const Payout> payouts;
};

// The bytes of one file, its payouts in the order given. Errors name the field, and the payout by
// its number from 1: kOutOfRange for what is outside its bounds; kMalformed for a text with a
// control character or one that is not UTF-8 of XML; kLimit above kPayoutsPerFileMax.
[[nodiscard]] core::Result<std::string> write_credit_transfer(const CreditTransfer& transfer);

}  // namespace wasl::iso20022
