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
#include "core/rows.hpp"

namespace wasl::core {

enum class PendingState : std::uint8_t {
  kApproved,    // Claims of third-party payment that no bordereau holds.
  kPresented,   // Claims of a bordereau that wait for a first decision,
  kHeld,        // and those that are held.
  kAccepted,    // Acceptances that no run has taken,
  kRefund,      // refunds,
  kReturned,    // and those of both that came back from the bank.
  kInRun,       // Payouts in no bank file,
  kExported,    // and those of which no bank has said what became of them.
  kStatusFile,  // A file of the bank that is received or carried out.
  kEnd
};
inline constexpr std::size_t kPendingStates = static_cast<std::size_t>(PendingState::kEnd);

// How metrics name a state and who owes its next step; never renamed, since alerts name them.
struct PendingName {
  std::string_view state;
  std::string_view owner;
};
[[nodiscard]] const PendingName& name(PendingState state);

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
  // Claims that are not decided; the bordereau's deadline is that of all of them.
  void add(const ReviewIndexRow& review, Day deadline);
  void add(const Owed& owed);
  // The payouts of the run that are in no bank file.
  void add(const SettlementRun& run);
  // A payout of a run that is being exported or was: counts if nothing has become of it.
  void add(const Payout& payout, const SettlementRun& run);
  // An open one. It is to be done by the day after it was begun.
  void add(const StatusFile& file);

  [[nodiscard]] const PendingByState& states() const { return states_; }

 private:
  void add(PendingState state, std::uint64_t items, Instant since, Day deadline);
  [[nodiscard]] Day day_at(Instant at) const;

  const Rulebook* rulebook_;
  Instant now_;
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
