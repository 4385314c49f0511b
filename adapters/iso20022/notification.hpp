#pragma once
// What a bank booked: camt.054.001.08, BankToCustomerDebitCreditNotification. docs/bank_files.md
// says which elements are read.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/money.hpp"
#include "iso20022/reader.hpp"
#include "iso20022/reason.hpp"

namespace wasl::iso20022 {

inline constexpr std::string_view kNotificationNamespace =
    "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08";

enum class Direction : std::uint8_t { kDebit, kCredit };

enum class Movement : std::uint8_t {
  kPayout,   // A debit.
  kReturn,   // A credit with return information, or that takes a debit back: the payout came back.
  kReceipt,  // Any other credit.
};

struct Transaction {
  std::string end_to_end_id;  // Once in the file.
  core::Cents amount;
  Movement movement{};
  std::optional<Reason> return_reason;  // Of a return, where the bank gives one.
  std::uint32_t line = 0;
};

struct Entry {
  std::string account;  // Whose movements these are: a RIB, or an IBAN.
  bool booked = false;  // Otherwise only announced: to be shown, never applied.
  Direction direction{};
  bool reversal = false;  // Of a credit: it takes a booked debit back.
  core::Cents amount;
  std::optional<core::Day> booked_on;     // Always there when booked.
  std::vector<Transaction> transactions;  // None, or together the entry's amount.
  std::uint32_t line = 0;
};

struct Notification {
  std::string message_id;
  core::Instant created_at;
  std::vector<Entry> entries;
};

// Of the message's element below Document. What is wrong is noted in the reader.
[[nodiscard]] Notification read_notification(Reader& in, const Element& document);

}  // namespace wasl::iso20022
