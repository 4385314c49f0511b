#pragma once
// Checks 5 and 6 of docs/decline_reasons.md: the card and its proof, the same for claims, rights
// and updates. Private to core's decide files.

#include <optional>

#include "core/situation.hpp"

namespace wasl::core {

// What the rows say of a card number. `rulebook` is nullptr if its fund has none in force.
struct KnownCard {
  const Account* account = nullptr;
  const Card* card = nullptr;  // Both or neither.
  const Rulebook* rulebook = nullptr;
  Day today;  // At the rulebook's offset; without one, in UTC.

  [[nodiscard]] bool known() const { return card != nullptr; }
  [[nodiscard]] bool covers(std::uint8_t rank) const;
  // Of a known card; empty until it is updated for the first time.
  [[nodiscard]] std::optional<Day> rights_until() const;
};

[[nodiscard]] KnownCard find_card(const Situation& situation, const CardNumber& number);
// The card of this account; nullptr is no account.
[[nodiscard]] KnownCard known_card(const Situation& situation, const Account* account,
                                   const CardNumber& number);

// Check 5, and right behind it kRulebookUnknown: without a rulebook nothing later can be judged.
[[nodiscard]] Reason check_card(const Situation& situation, const KnownCard& card);
// The same of a card that was presented before, whatever stands against it since.
[[nodiscard]] Reason check_known(const Situation& situation, const KnownCard& card);

// Check 6, of a card that passed check 5. `window` is the number of values below the highest
// counter that are still accepted.
[[nodiscard]] Reason check_proofs(const Situation& situation, const KnownCard& card,
                                  const CardReference& reference, std::uint8_t window);

}  // namespace wasl::core
