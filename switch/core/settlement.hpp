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

// Items of one step of a run: each changes three rows and names a fourth, and a command changes at
// most 256.
inline constexpr std::size_t kStepItemsMax = 80;
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

// One thing that is paid, whole or not at all.
struct OwedItem {
  Sequence record = 0;  // Of the acceptance; of a refund its claim id.
  Cents amount;         // Above zero.
  std::variant<AcceptedItem, RefundItem> of;

  friend bool operator==(const OwedItem&, const OwedItem&) = default;
};

// What a fund owes and no run has taken.
struct Owed {
  FundCode fund;
  Payee payee;
  OwedItem item;

  friend bool operator==(const Owed&, const Owed&) = default;
};

// A payout by its run and its number in it, from 1. A run's id is the sequence of the record that
// proposed it.
struct PayoutId {
  Sequence run = 0;
  std::uint32_t number = 0;

  friend bool operator==(const PayoutId&, const PayoutId&) = default;
};

// Numbers are stored and on the wire: never reused.
enum class RunState : std::uint8_t {
  kCollecting = 1,  // Proposed, and what is owed is being taken into it, step by step.
  kProposed = 2,    // Complete: waits for a second operator.
  kApproved = 3,
  kCancelling = 4,  // What it took is being given back, step by step.
  kCancelled = 5,   // By a person, or because there was nothing to pay.
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

  friend bool operator==(const SettlementRun&, const SettlementRun&) = default;
};

// What a run pays one payee at once.
struct Payout {
  FundCode fund;
  PayoutId id;
  Payee payee;
  std::string account;          // The payee's when the run took it, 20 digits.
  Cents amount;                 // Of its items.
  std::vector<OwedItem> items;  // 1..kStepItemsMax

  friend bool operator==(const Payout&, const Payout&) = default;
};

// Which payout pays what was accepted together, in a bordereau's row.
struct AcceptancePaid {
  Sequence acceptance = 0;
  PayoutId payout;

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

// What a fund owes and no run has taken, by payee. A scan.
struct ListOwed {
  std::optional<Payee> after;  // Of the last row of the page before,
  Sequence after_record = 0;   // and its record.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListOwed&, const ListOwed&) = default;
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

// What a scan found owed behind a run's cursor; journaled with the step that was decided by it.
struct OwedPage {
  std::string after;       // The cursor then.
  std::vector<Owed> owed;  // By key, at most kStepItemsMax.
  bool more = false;       // There is more behind it.

  friend bool operator==(const OwedPage&, const OwedPage&) = default;
};

}  // namespace wasl::core
