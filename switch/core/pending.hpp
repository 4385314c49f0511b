#pragma once
// What waits for somebody's next step, by fund and state: how much of it, how much of that is late,
// and since when the oldest waits. docs/operating.md "What is late". Pure.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/index_rows.hpp"
#include "core/reference.hpp"
#include "core/row_set.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// A state that several may owe the next step of is one for each of these.
enum class PendingState : std::uint8_t {
  kApproved,         // Claims of third-party payment that no bordereau holds.
  kPresented,        // Claims of a bordereau that wait for a first decision of a centre,
  kPresentedToFund,  // or of the fund, where the provider has no centre,
  kHeldForProvider,  // and those that are held, by whom the hold names.
  kHeldForCentre,
  kHeldForFund,
  kRejected,         // Claims that were rejected, and can still be corrected.
  kAccepted,         // Acceptances that no run has taken,
  kRefund,           // refunds,
  kReturned,         // and those of both that came back from the bank.
  kInRun,            // Payouts in no bank file, and runs that have none yet;
  kExported,         // payouts of which no bank has said what became of them.
  kStatusFile,       // A file of the bank that is received or carried out.
  kAccountAtCentre,  // Changes of an account that wait for a second operator of a centre,
  kAccountAtFund,    // or of the fund.
  kAgreement,        // Prior agreements that were asked for.
  kEnd
};
inline constexpr std::size_t kPendingStates = static_cast<std::size_t>(PendingState::kEnd);

// How metrics name a state and who owes its next step; never renamed, since alerts name them.
struct PendingName {
  std::string_view state;
  std::string_view owner;
};
[[nodiscard]] const PendingName& name(PendingState state);

// From the first entry of an account to the second: a weekend, and the day after it.
inline constexpr std::chrono::days kAccountChangeDays{3};

struct Pending {
  std::uint64_t items = 0;
  std::uint64_t late = 0;         // Of these: their deadline has passed.
  std::optional<Instant> oldest;  // Since when; nothing: there is none, or it is not known.

  void add(const Pending& more);
  friend bool operator==(const Pending&, const Pending&) = default;
};
using PendingByState = std::array<Pending, kPendingStates>;

// Adds up what waits in one fund, at one time. A deadline is a day, and has passed on the next one
// at the fund's offset.
class PendingCount {
 public:
  // The rulebook outlives the count. nullptr: the fund has none; its days are those of UTC, and
  // nothing has to be presented by any.
  PendingCount(const Rulebook* rulebook, Instant now);

  // A claim that no bordereau holds, by when it was approved.
  void add_approved(Instant at);
  // Claims of a bordereau that holds none: all have its day.
  void add(const ReviewIndexRow& review, const ReviewPlace& place);
  // The claims of a bordereau that are not decided, a held one by the day of its hold.
  void add(const Bordereau& bordereau);
  // A claim that was rejected then, and can be corrected.
  void add_rejected(Instant at);
  void add(const Owed& owed);
  // The payouts of the run that are in no bank file. One that is open and has none counts as one.
  void add(const SettlementRun& run);
  // A payout of a run that is being exported or was: counts if nothing has become of it.
  void add(const Payout& payout, const SettlementRun& run);
  // An open one. It is to be done by the day after it was begun.
  void add(const StatusFile& file);
  // Of an account to which this fund pays, at a centre or at the fund.
  void add(const PayoutChange& change, Role at);
  // One that waits since then; Instant{}: that is not known. To be decided by the first day for
  // which it is wanted.
  void add(const AgreementIndexRow& agreement, Instant since);

  // Whether a claim of that day that was rejected can still be corrected (docs/settlement.md).
  [[nodiscard]] Day correctable_from() const { return correctable_from_; }
  [[nodiscard]] bool is_correctable(Day service_date) const {
    return service_date >= correctable_from_;
  }
  // What was rejected before this can be corrected no longer, whatever its service date.
  [[nodiscard]] Instant correctable_since() const { return correctable_since_; }

  [[nodiscard]] const PendingByState& states() const { return states_; }

 private:
  void add(PendingState state, std::uint64_t items, Instant since, Day deadline);
  [[nodiscard]] Day day_at(Instant at) const;
  // Of a claim that could be presented from then on.
  [[nodiscard]] Day presented_by(Instant from) const;

  const Rulebook* rulebook_;
  Instant now_;
  Day correctable_from_{kDayMin};
  Instant correctable_since_{};
  PendingByState states_;
};

struct FundPending {
  FundCode fund;
  PendingByState states;
  std::optional<Instant> day_began;  // Its business day; nothing: none has begun.

  friend bool operator==(const FundPending&, const FundPending&) = default;
};

// Of every fund, by code.
struct PendingReport {
  Instant at{};
  std::chrono::nanoseconds took{};  // Finding it out.
  std::vector<FundPending> funds;
};

}  // namespace wasl::core
