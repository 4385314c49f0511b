#pragma once
// A fund's business day: begins at its cut-over, by a record of the journal, so that each record is
// of one day. docs/settlement.md "The business day".

#include <cstdint>
#include <optional>

#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/page.hpp"

namespace wasl::core {

struct Rulebook;

// The business day of this time, by the cut-over of the fund's rulebook.
[[nodiscard]] Day business_date(const Rulebook& rulebook, Instant now);

// The day that a fund is in.
struct BusinessDay {
  FundCode fund;
  Day date;
  Sequence since = 0;  // The record that began it: behind it everything is of this day.
  Instant at{};

  friend bool operator==(const BusinessDay&, const BusinessDay&) = default;
};

// Begins a later day. Asked by the switch itself, at the fund's cut-over.
struct AdvanceBusinessDay {
  FundCode fund;
  Day date;
  friend bool operator==(const AdvanceBusinessDay&, const AdvanceBusinessDay&) = default;
};

// How many, and what they are worth together.
struct Tally {
  std::uint64_t count = 0;
  Cents amount;

  friend bool operator==(const Tally&, const Tally&) = default;
};

// What a day moved for one participant and fund. docs/settlement.md "Reconciliation".
struct DayTotals {
  Tally authorised;  // Claims approved,
  Tally reversed;
  Tally presented;  // claims, in bordereaux of the day,
  Tally accepted;   // by reviews: their number,
  Tally rejected;
  Tally reduced;
  Tally exported;  // Payouts: what they pay, with what is withheld of them,
  Tally paid;      // booked by the bank,
  Tally returned;  // and sent back, of those `returned_paid` after they were booked.
  Tally returned_paid;

  friend bool operator==(const DayTotals&, const DayTotals&) = default;
};

// A day of one participant with one fund; `opening` and `closing` are what the fund owes it then,
// below zero what it owes the fund.
struct DayAccount {
  Cents opening;
  DayTotals day;
  Cents closing;

  friend bool operator==(const DayAccount&, const DayAccount&) = default;
};

// What a participant has counted itself.
struct OwnTotals {
  Tally authorised;
  Tally reversed;
  Tally presented;
  friend bool operator==(const OwnTotals&, const OwnTotals&) = default;
};

// A business day of a fund, participant by participant. A scan.
struct Reconcile {
  FundCode fund;
  Day date;
  std::optional<Participant> of;     // Nothing: of all. A provider or centre asks of itself.
  std::optional<OwnTotals> own;      // To be held against the switch's; with `of` only.
  std::optional<Participant> after;  // Of the last row of the page before.
  std::uint16_t page = kPageMax;
  friend bool operator==(const Reconcile&, const Reconcile&) = default;
};

}  // namespace wasl::core
