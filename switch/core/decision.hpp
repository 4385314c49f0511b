#pragma once
// What was decided, complete: apply() needs no other input than command, decision and stamp, so
// that a later binary or rulebook can never change what an answer did. Codec:
// core/codec.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/reason.hpp"
#include "core/request.hpp"

namespace wasl::core {

enum class Outcome : std::uint8_t { kApproved = 1, kApprovedPartially = 2, kDeclined = 3 };

struct LineDecision {
  Reason reason = Reason::kNone;  // kNone: approved.
  Cents price;                    // Of an approved line: insurer + patient; else zero.
  Cents insurer;
  Cents patient;
  bool long_term = false;
  bool subject_to_limits = false;
  InnCode inn;                      // Of an approved line.
  std::optional<Day> come_back_on;  // With kRefillTooSoon: the first day on which check 20 passes.

  friend bool operator==(const LineDecision&, const LineDecision&) = default;
};

// What apply() prunes from the history with this decision, and decide() already ignored: a line is
// kept while its service date is in `quarter_from` or later, or its supply ends on `service_from`
// or later. Each line is judged alone, so pruning early or late never changes what is left later.
// Carried in the decision, so that apply() depends on no later rulebook.
struct HistoryBounds {
  std::int32_t quarter_from = 0;  // As quarter_of(): the quarter of `now`, minus two or more.
  Day service_from{kDayMin};      // The oldest service date still admitted at `now`, either kind.

  [[nodiscard]] bool keep(const HistoryLine& line) const;

  friend bool operator==(const HistoryBounds&, const HistoryBounds&) = default;
};

// Of SubmitClaim, QuoteClaim and CorrectClaim.
struct ClaimDecision {
  Outcome outcome = Outcome::kDeclined;
  Reason reason = Reason::kNone;
  bool marks_atc = false;           // Check 6 passed (or never, for a quote or a refund).
  InsuredNumber insured;            // Empty while the card is not known.
  std::vector<LineDecision> lines;  // One per claim line; empty when declined at claim level.
  Cents insurer;
  Cents patient;
  // Of the service date's quarter, after this claim: given for a third-party claim that passed
  // check 8 (declined or not), where the rulebook counts and the person is not exempt.
  std::optional<std::uint8_t> prescriptions_left;
  // The card's. Given once check 6 passed (refund: check 5): without a proof nothing is told.
  std::optional<Day> rights_until;
  HistoryBounds kept;         // Only with an approval.
  ClaimId corrects = 0;       // Of an approved CorrectClaim: the claim in whose place it stands.
  std::optional<Day> pay_by;  // Of an approved refund: the fund has promised to pay it by then.

  friend bool operator==(const ClaimDecision&, const ClaimDecision&) = default;
};

struct ReversalDecision {
  enum class Effect : std::uint8_t {
    kReleased = 1,          // The claim stood and no longer counts.
    kAlreadyReversed = 2,   // No effect.
    kNothingToRelease = 3,  // The original was declined: no effect.
    kTombstone = 4,         // The original was not seen: it will be declined.
    kRefused = 5,           // See `reason`; no effect.
  };
  Effect effect = Effect::kRefused;
  Reason reason = Reason::kNone;
  Sequence claim = 0;  // Of the original; 0 if not seen.
  Cents insurer;       // Released amounts.
  Cents patient;

  friend bool operator==(const ReversalDecision&, const ReversalDecision&) = default;
};

struct StatusDecision {
  enum class Finding : std::uint8_t {
    kFound = 1,     // The row's answer and state are given.
    kNotSeen = 2,   // Not final: a copy may be on its way.
    kClosed = 3,    // Final: this query, or an earlier one, closed the id.
    kReversed = 4,  // Final: a reversal came first.
    kNotAClaim = 5,
  };
  Finding finding = Finding::kNotSeen;
  bool writes_tombstone = false;

  friend bool operator==(const StatusDecision&, const StatusDecision&) = default;
};

struct BeneficiaryRights {
  std::uint8_t rank = 0;
  Day birth;
  bool open = false;                               // Rights open today.
  std::optional<Day> until;                        // End of the interval that holds today.
  bool long_term = false;                          // A long-term treatment is in force today.
  std::optional<std::uint8_t> prescriptions_left;  // This quarter; absent: not limited.

  friend bool operator==(const BeneficiaryRights&, const BeneficiaryRights&) = default;
};

// Of GetRights and UpdateCard.
struct RightsDecision {
  Reason reason = Reason::kNone;
  bool marks_atc = false;
  InsuredNumber insured;
  std::optional<Day> rights_until;               // Of the card; after an update, the new one.
  std::vector<BeneficiaryRights> beneficiaries;  // GetRights only, those the card covers.

  friend bool operator==(const RightsDecision&, const RightsDecision&) = default;
};

// Of every other changing request: done, or refused with a reason and no effect. A prior agreement
// that is requested has the sequence of its record as id.
struct PlainDecision {
  Reason reason = Reason::kNone;
  InsuredNumber insured;   // Of the account that changes, if one does.
  Sequence agreement = 0;  // Of DecidePriorAgreement: the one decided.

  friend bool operator==(const PlainDecision&, const PlainDecision&) = default;
};

// Where a provider's list and the switch's claims do not agree.
enum class ListSide : std::uint8_t {
  kOnlyListed = 1,     // No approved claim of this provider on this fund that waits.
  kOnlyHeld = 2,       // The list lacks it.
  kAmountDiffers = 3,  // `held` is the switch's amount.
};

struct ListDifference {
  ClaimId claim = 0;
  ListSide side = ListSide::kOnlyListed;
  Cents held;  // Zero for kOnlyListed.

  friend bool operator==(const ListDifference&, const ListDifference&) = default;
};

// Of CloseBordereau.
struct ClosingDecision {
  Reason reason = Reason::kNone;
  std::vector<ListDifference> differences;  // By claim id; with kBordereauDiffers only.
  std::uint32_t first = 0;                  // Number of the first bordereau; 0: none closed.
  std::uint16_t claims_each = 0;            // Of all but the last.
  Day due;

  friend bool operator==(const ClosingDecision&, const ClosingDecision&) = default;
};

// How many claims, and what the fund owes for them together.
struct ReviewTally {
  std::uint16_t claims = 0;
  Cents amount;

  void add(Cents insurer) {
    ++claims;
    amount += insurer;
  }
  friend bool operator==(const ReviewTally&, const ReviewTally&) = default;
};

// Of ReviewBordereau: all of it was done, or nothing.
struct ReviewDecision {
  Reason reason = Reason::kNone;
  ClaimId claim = 0;  // Which claim stands in the way; 0: none, or the whole bordereau.
  ReviewTally accepted;
  ReviewTally rejected;
  ReviewTally held;
  ReviewTally undecided;  // What is left in the bordereau, those held now among them.

  friend bool operator==(const ReviewDecision&, const ReviewDecision&) = default;
};

// Of ReduceClaim.
struct ReductionDecision {
  enum class Effect : std::uint8_t {
    kRefused = 1,   // See `reason`.
    kOwedLess = 2,  // The fund owes the difference no longer.
    kOwedBack = 3,  // It was paid: the provider owes the difference.
  };
  Effect effect = Effect::kRefused;
  Reason reason = Reason::kNone;
  Cents difference;  // Above zero unless refused.

  friend bool operator==(const ReductionDecision&, const ReductionDecision&) = default;
};

// Of SetPayoutAccount.
struct PayoutDecision {
  enum class Effect : std::uint8_t {
    kRefused = 1,    // See `reason`.
    kWaits = 2,      // For a second operator.
    kSet = 3,        // The payee is paid there from now on.
    kWithdrawn = 4,  // Nothing waits any more.
  };
  Effect effect = Effect::kRefused;
  Reason reason = Reason::kNone;

  friend bool operator==(const PayoutDecision&, const PayoutDecision&) = default;
};

// Of ProposeRun, ApproveRun and one step of CancelRun.
struct RunDecision {
  Reason reason = Reason::kNone;
  RunState state = RunState::kCollecting;  // Behind it; nothing with a reason.
  std::uint32_t released = 0;              // Of CancelRun: payouts that this step gives back.

  friend bool operator==(const RunDecision&, const RunDecision&) = default;
};

// What a step of a run makes of a row that was found owed.
enum class OwedVerdict : std::uint8_t {
  kTaken = 1,
  kGone = 2,          // Reversed, reduced or taken by another run, since it was found.
  kNoAccount = 3,     // It is not known where the payee is paid.
  kBelowMinimum = 4,  // Less than the minimum is owed to the payee.
  kLater = 5,         // The next step's: the page may not hold all of the payee's.
  kAboveMaximum = 6,  // The run would pass kRunAmountMax.
  kCameBack = 7,      // The payee's account is still the one that sent a payout back.
  kOwesMore = 8,      // The payee owes the fund as much as this, or more.
};

// Of one step of CollectRun.
struct CollectDecision {
  Reason reason = Reason::kNone;
  RunState state = RunState::kCollecting;  // Behind it; nothing with a reason.
  std::vector<OwedVerdict> verdicts;       // One for each row of the page.
  std::vector<Destination> to;             // One for each payee of whom anything is taken.
  std::vector<Cents> withheld;             // Of each of these.

  friend bool operator==(const CollectDecision&, const CollectDecision&) = default;
};

// Of one step of ExportRun.
struct ExportDecision {
  Reason reason = Reason::kNone;
  RunState state = RunState::kExporting;  // Behind it; nothing with a reason.
  std::uint32_t payouts = 0;              // That this step exports.
  std::optional<Destination> from;        // Of the first step: the fund's account and name.

  friend bool operator==(const ExportDecision&, const ExportDecision&) = default;
};

// Whether what a bank says of a payout can be so.
enum class StatusVerdict : std::uint8_t {
  kFine = 1,
  kUnknown = 2,        // No payout of this fund that went to a bank.
  kAmountDiffers = 3,  // The payout is worth another amount.
  kContradicts = 4,    // It cannot become so from where it stands.
  kTwice = 5,          // It was named before, or a later one was.
};

// What an entry that is carried out makes of its payout.
struct StatusEffect {
  PayoutState behind = PayoutState::kExported;  // The same as before: the word is noted alone.
  bool account_must_change = false;             // Of one that came back.

  friend bool operator==(const StatusEffect&, const StatusEffect&) = default;
};

// Of OpenStatusFile, ReceiveStatuses, ApplyStatuses and DropStatusFile.
struct StatusFileDecision {
  Reason reason = Reason::kNone;
  StatusFileState state = StatusFileState::kReceiving;  // Behind it; nothing with a reason.
  Sequence file = 0;                    // Of OpenStatusFile: one that is there; 0: it begins one.
  std::uint16_t parts = 0;              // Of OpenStatusFile: received so far.
  std::vector<StatusVerdict> verdicts;  // Of ReceiveStatuses, one for each entry.
  std::vector<StatusEffect> effects;    // Of ApplyStatuses, one for each entry of this step.

  friend bool operator==(const StatusFileDecision&, const StatusFileDecision&) = default;
};

using Decision =
    std::variant<ClaimDecision, ReversalDecision, StatusDecision, RightsDecision, PlainDecision,
                 ClosingDecision, ReviewDecision, PayoutDecision, RunDecision, CollectDecision,
                 ExportDecision, StatusFileDecision, ReductionDecision>;

}  // namespace wasl::core
