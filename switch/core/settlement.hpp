#pragma once
// What a fund owes, and the settlement runs that take it into payouts: their rows, as decide()
// reads and apply() changes them. docs/settlement.md "Settlement runs".

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/page.hpp"

namespace wasl::core {

// Who is paid: an insured person, or a provider.
using Payee = std::variant<InsuredNumber, Participant>;

// Items of one step of a run: each changes four rows at most, and a command at most 256.
inline constexpr std::size_t kStepItemsMax = 60;
// Items of one payout; steps were of so many once.
inline constexpr std::size_t kPayoutItemsMax = 80;
// A bank's reason: a code of ISO 20022, or its own words (Max35Text).
inline constexpr std::size_t kBankReasonBytesMax = 140;
// Furthest day of payment that a run may have.
inline constexpr int kValueDateDaysMax = 30;

// Claims of a bordereau that were accepted together.
struct AcceptedItem {
  std::uint32_t bordereau = 0;
  friend bool operator==(const AcceptedItem&, const AcceptedItem&) = default;
};

// An approved refund: its claim lies under the centre that asked it.
struct RefundItem {
  Participant centre;
  RequestId request_id{};
  friend bool operator==(const RefundItem&, const RefundItem&) = default;
};

// A payout by its run and its number in it, from 1. A run's id is the sequence of the record that
// proposed it.
struct PayoutId {
  Sequence run = 0;
  std::uint32_t number = 0;

  friend auto operator<=>(const PayoutId&, const PayoutId&) = default;
};

// What came back: by which payout, and the account that must not be tried again; empty where the
// account was not at fault.
struct CameBack {
  PayoutId payout;
  std::string account;

  friend bool operator==(const CameBack&, const CameBack&) = default;
};

// One thing that is paid, whole or not at all.
struct OwedItem {
  Sequence record = 0;  // Of the acceptance; of a refund its claim id.
  Cents amount;         // Above zero.
  Instant since{};      // From when on it is owed.
  Day due{kDayMax};     // By which the fund has promised to pay; kDayMax: by no day.
  std::variant<AcceptedItem, RefundItem> of;
  std::optional<CameBack> came_back;  // Nothing: it was never paid out.

  friend bool operator==(const OwedItem&, const OwedItem&) = default;
};

// What a fund owes and no run has taken.
struct Owed {
  FundCode fund;
  Payee payee;
  OwedItem item;

  friend bool operator==(const Owed&, const Owed&) = default;
};

// What a provider owes a fund back, since claims were reduced that it was paid for: withheld whole
// from the next payout that is worth more.
struct Receivable {
  FundCode fund;
  Participant provider;
  Cents amount;  // Above zero.

  friend bool operator==(const Receivable&, const Receivable&) = default;
};

// Numbers are stored and on the wire: never reused.
enum class RunState : std::uint8_t {
  kCollecting = 1,  // Proposed, and what is owed is being taken into it, step by step.
  kProposed = 2,    // Complete: waits for a second operator.
  kApproved = 3,
  kCancelling = 4,  // What it took is being given back, step by step.
  kCancelled = 5,   // By a person, or because there was nothing to pay.
  kExporting = 6,   // Its payouts are being posted to the bank clearing, step by step.
  kExported = 7,    // Its bank files may be had.
};

// How a run went to the bank: with these every writer makes the same files of it, for ever.
struct RunExport {
  OperatorId by;
  Instant at{};
  std::string account;  // The fund's, 20 digits,
  std::string name;     // and its name, at most 80 bytes.
  std::uint16_t payouts_per_file = 0;
  std::uint32_t payouts = 0;  // Exported: the first ones.

  friend bool operator==(const RunExport&, const RunExport&) = default;
};

struct SettlementRun {
  FundCode fund;
  Sequence id = 0;
  RunState state = RunState::kCollecting;
  Day value_date;  // On which the bank is to pay.
  Cents minimum;   // A payee to whom less is owed is left out.
  OperatorId proposed_by;
  Instant proposed_at{};
  OperatorId approved_by;  // Empty until then.
  // What is owed is looked at behind this key: that of the last payee looked at, or of the last row
  // of a payee that filled a page. Empty before the first.
  std::string cursor;
  std::uint32_t payouts = 0;   // Taken, and
  Cents total;                 // what they are worth, also of a run that was cancelled.
  std::uint32_t released = 0;  // Of its payouts, given back: the first ones.
  std::optional<RunExport> exported;

  friend bool operator==(const SettlementRun&, const SettlementRun&) = default;
};

// Numbers are stored and on the wire: never reused.
enum class PayoutState : std::uint8_t {
  kTaken = 1,     // By a run that was not exported.
  kExported = 2,  // In a bank file, and nothing was booked or came back.
  kPaid = 3,      // Booked by the bank.
  kReturned = 4,  // Rejected by the bank, or sent back: its items are owed again.
};

// What a bank says of a payout. Numbers are stored and on the wire: never reused.
enum class BankWord : std::uint8_t {
  kPending = 1,
  kAccepted = 2,
  kRejected = 3,
  kBooked = 4,
  kReturned = 5,
};

// The last thing that the bank said of a payout.
struct BankStatus {
  BankWord word = BankWord::kPending;
  std::string reason;  // ISO code or the bank's words; empty: none was given.
  Sequence file = 0;   // The status file, by its id.

  friend bool operator==(const BankStatus&, const BankStatus&) = default;
};

// Where a payee is paid: account of 20 digits, and a provider's name (persons have none here).
struct Destination {
  std::string account;
  std::string name;  // At most 80 bytes.

  friend bool operator==(const Destination&, const Destination&) = default;
};

// What a run pays one payee at once.
struct Payout {
  FundCode fund;
  PayoutId id;
  Payee payee;
  Destination to;               // The payee's when the run took it.
  Cents amount;                 // That the bank is to pay: of its items, less `withheld`.
  Cents withheld;               // What the payee owed the fund.
  std::vector<OwedItem> items;  // 1..kPayoutItemsMax
  PayoutState state = PayoutState::kTaken;
  std::optional<BankStatus> bank;

  friend bool operator==(const Payout&, const Payout&) = default;
};

// Which payout pays something, and where that stands; kept with what is paid.
struct PaidBy {
  PayoutId payout;
  PayoutState state = PayoutState::kTaken;

  friend bool operator==(const PaidBy&, const PaidBy&) = default;
};

// The same of what was accepted together, in a bordereau's row.
struct AcceptancePaid {
  Sequence acceptance = 0;
  PaidBy by;

  friend bool operator==(const AcceptancePaid&, const AcceptancePaid&) = default;
};

// Requests of a fund's operators. All of its own fund.

struct ProposeRun {
  Day value_date;
  Cents minimum;
  friend bool operator==(const ProposeRun&, const ProposeRun&) = default;
};

// The next step of a run that collects.
struct CollectRun {
  Sequence run = 0;
  friend bool operator==(const CollectRun&, const CollectRun&) = default;
};

// By another operator than the one who proposed it, with what that person saw.
struct ApproveRun {
  Sequence run = 0;
  std::uint32_t payouts = 0;
  Cents total;
  friend bool operator==(const ApproveRun&, const ApproveRun&) = default;
};

// Begins to give back what a run took, or goes on.
struct CancelRun {
  Sequence run = 0;
  friend bool operator==(const CancelRun&, const CancelRun&) = default;
};

// Posts an approved run's payouts to the bank clearing: begins, or goes on. Of one that is exported
// nothing more is done.
struct ExportRun {
  Sequence run = 0;
  std::uint16_t payouts_per_file = 0;  // 1..kPayoutsPerFileMax; the first step's holds.
  friend bool operator==(const ExportRun&, const ExportRun&) = default;
};
inline constexpr std::uint16_t kPayoutsPerFileMax = 10'000;

// What a fund owes and no run has taken, by payee. A scan.
struct ListOwed {
  std::optional<Payee> after;  // Of the last row of the page before,
  Sequence after_record = 0;   // and its record.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListOwed&, const ListOwed&) = default;
};
// What providers owe the asking fund back. A scan.
struct ListReceivables {
  std::optional<Participant> after;  // Of the last row of the page before.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListReceivables&, const ListReceivables&) = default;
};
// Settlement runs of the asking fund, oldest first, and the payouts of one. Scans.
struct ListRuns {
  Sequence after = 0;
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListRuns&, const ListRuns&) = default;
};
struct ListPayouts {
  Sequence run = 0;
  std::uint32_t after = 0;
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListPayouts&, const ListPayouts&) = default;
};

// A part of an exported run's bank file (core/bank_file.hpp). A scan.
struct GetBankFile {
  Sequence run = 0;
  std::uint32_t file = 0;  // From 1.
  std::uint64_t offset = 0;
  friend bool operator==(const GetBankFile&, const GetBankFile&) = default;
};

// What a scan found owed behind a run's cursor; journaled with the step that was decided by it.
struct OwedPage {
  std::string after;       // The cursor then.
  std::vector<Owed> owed;  // By key, at most kPayoutItemsMax.
  bool more = false;       // There is more behind it.

  friend bool operator==(const OwedPage&, const OwedPage&) = default;
};

}  // namespace wasl::core
