#pragma once
// What the checks of one claim share, and the three steps of deciding it: claim, lines, limits.
// Private to core's decide files.

#include <vector>

#include "core/card_check.hpp"
#include "core/history_view.hpp"
#include "core/situation.hpp"

namespace wasl::core {

struct ClaimFacts {
  const Situation& situation;
  const Claim& claim;
  // Of the rejected claim in whose place this one stands. Its card was presented, proven and in
  // time: checks 5, 6 and 8 are not asked again. nullptr: it stands for itself.
  const RequestRow* original = nullptr;
  KnownCard card;
  bool proofs_accepted = false;  // Check 6 passed.
  bool dates_accepted = false;   // Check 8 passed.
  // From here on only after check 7.
  const Beneficiary* beneficiary = nullptr;
  const Parameters* parameters = nullptr;  // At the service date.
  HistoryView history{nullptr, {}};
  bool long_term_person = false;  // A long-term treatment is in force on the service date.

  [[nodiscard]] bool third_party() const { return claim.kind == ClaimKind::kThirdParty; }
  // All lines of this person are outside checks 21 and 22.
  [[nodiscard]] bool exempt_person() const;
  // A granted prior agreement names the line: its product, or the whole prescription.
  [[nodiscard]] bool agreed(const ClaimLine& line) const;
};

// Checks 1 to 12, filling `facts` on the way.
[[nodiscard]] Reason check_claim(ClaimFacts& facts);

// Checks 13 to 20 of claim.lines[index] and its price; `earlier` are the decisions of the lines
// before it.
[[nodiscard]] LineDecision decide_line(const ClaimFacts& facts, std::size_t index,
                                       const std::vector<LineDecision>& earlier);

// Checks 21 to 23: declines lines that passed so far.
void check_limits(const ClaimFacts& facts, std::vector<LineDecision>& lines);

// Of the service date's quarter, were this claim's approved lines dispensed; see ClaimDecision.
[[nodiscard]] std::optional<std::uint8_t> prescriptions_left(
    const ClaimFacts& facts, const std::vector<LineDecision>& lines);

[[nodiscard]] bool has_treatment(const Beneficiary& beneficiary, Day day);

// The claim that a correction makes of the rejected one: its card, person and service date.
[[nodiscard]] Claim corrected_claim(const CorrectClaim& request, const RequestRow& original,
                                    const ParticipantId& provider);

// What the history remembers of an approved line.
[[nodiscard]] HistoryLine history_line(const Claim& claim, std::size_t index,
                                       const LineDecision& line, ClaimId id);

// Insurer and patient amounts, both of what was asked for: on a refund, what the person paid, also
// above the public price.
struct LinePrice {
  Cents price;
  Cents insurer;
  Cents patient;
};
// `unit_base` is the part of `unit_price` that the rate is of.
[[nodiscard]] LinePrice price_line(std::uint32_t quantity, Cents unit_price, Cents unit_base,
                                   BasisPoints rate);

}  // namespace wasl::core
