#pragma once
// What a bordereau's row says of its claims, and who reviews it. docs/settlement.md. Pure.

#include <optional>

#include "core/index_rows.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// nullptr: it is not in the bordereau.
[[nodiscard]] const PresentedClaim* presented_claim(const Bordereau& bordereau, ClaimId claim);
[[nodiscard]] PresentedClaim* presented_claim(Bordereau& bordereau, ClaimId claim);

// That pays the claim.
[[nodiscard]] std::optional<PaidBy> paid_by(const Bordereau& bordereau,
                                            const PresentedClaim& claim);
// Where a claim of the bordereau stands now.
[[nodiscard]] RequestState state_now(const Bordereau& bordereau, const PresentedClaim& claim);
// Where a request stands now. `bordereau` is that of a presented claim; nullptr where it is not
// known, and the claim is then told as presented.
[[nodiscard]] RequestState state_now(const RequestRow& row, const Bordereau* bordereau);
// By how much reductions lowered what the fund pays of it, with the same bordereau.
[[nodiscard]] Cents reduced_since(const RequestRow& row, const Bordereau* bordereau);

// Presented or held: the centre has not decided it.
[[nodiscard]] bool is_undecided(const PresentedClaim& claim);

// A verdict of the review is about this claim.
[[nodiscard]] bool named_in(const ReviewBordereau& request, ClaimId claim);

// The fund that owes it, as a participant: it may review it in any case.
[[nodiscard]] Participant fund_of(const Bordereau& bordereau);
// Who finds it in the list of work: the provider's centre, or the fund where it has none.
[[nodiscard]] Participant reviewer_of(const Bordereau& bordereau);

// Whether `from` may decide of its claims; nullptr: there is no such bordereau.
[[nodiscard]] Reason check_reviewer(const Bordereau* bordereau, const Participant& from);

// The row by which the reviewer finds the bordereau while claims of it are undecided: its deadline
// is the earliest of theirs, a presented claim's the day on which the fund has promised to pay.
// Nothing: all are decided.
struct OpenReview {
  RowKey key;
  ReviewIndexRow row;

  friend bool operator==(const OpenReview&, const OpenReview&) = default;
};
[[nodiscard]] std::optional<OpenReview> open_review(const Bordereau& bordereau);

}  // namespace wasl::core
