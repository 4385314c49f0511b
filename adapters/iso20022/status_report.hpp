#pragma once
// What a bank says of a file of ours before anything is booked: pain.002.001.10,
// CustomerPaymentStatusReport. docs/bank_files.md says which elements are read.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/money.hpp"
#include "iso20022/reader.hpp"
#include "iso20022/reason.hpp"

namespace wasl::iso20022 {

inline constexpr std::string_view kStatusReportNamespace =
    "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10";

enum class Status : std::uint8_t {
  kAccepted,  // ACTC, ACCP, ACSP, ACSC, ACWC, ACCC: not booked yet, a return may still follow.
  kPending,   // PDNG, RCVD
  kRejected,  // RJCT
  kPartial,   // PART, never of a transaction: its transactions say what each of them is.
};

// What the bank counted in our file, where it says so.
struct Totals {
  std::optional<std::uint64_t> transactions;
  std::optional<core::Cents> control_sum;
};

struct TransactionStatus {
  std::string end_to_end_id;  // Of one of our payouts; once in the file.
  Status status{};
  std::vector<Reason> reasons;
  std::optional<core::Cents> amount;  // As the bank repeats it, in the expected currency.
  std::uint32_t line = 0;
};

struct PaymentStatus {
  std::string payment_id;
  std::optional<Status> status;  // kRejected: all its transactions are, named below or not.
  std::vector<Reason> reasons;
  Totals totals;
  std::vector<TransactionStatus> transactions;
};

struct StatusReport {
  std::string message_id;
  core::Instant created_at;
  std::string original_message_id;
  std::optional<Status> status;  // kRejected: all transactions of the file are, named or not.
  std::vector<Reason> reasons;
  Totals totals;
  std::vector<PaymentStatus> payments;  // None below a rejected group says anything else.
};

// Of the message's element below Document. What is wrong is noted in the reader.
[[nodiscard]] StatusReport read_status_report(Reader& in, const Element& document);

}  // namespace wasl::iso20022
