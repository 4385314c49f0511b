#pragma once
// Changes of accounts and registrations that decide() must foresee (does the row still fit?) and
// apply() carries out: both call these, so they cannot differ. Pure.

#include "core/rows.hpp"

namespace wasl::core {

// A prior agreement is pruned this long after its last day, when the next one is asked for. No
// rulebook admits older service dates: they reach back at most two whole quarters, as the history.
inline constexpr std::chrono::days kAgreementKept{184};

// Feeds give their prior agreements ids with this bit; those asked for through the switch have a
// sequence, which never reaches it.
inline constexpr Sequence kFeedAgreementBit = Sequence{1} << 63;

[[nodiscard]] bool is_outdated(const PriorAgreement& agreement, Day today);

// The account as the feed leaves it: fund-owned fields are the feed's, switch-owned ones stay.
// Cards the feed no longer names stay too, not active, so that no counter is ever forgotten. Prior
// agreements asked for through the switch stay; the feed's replace earlier ones of feeds.
[[nodiscard]] Account with_feed(const Account* current, const Account& feed);

// The account with one card put, fund-owned fields only.
[[nodiscard]] Account with_card(const Account& current, const Card& feed,
                                std::uint64_t source_version);

// The registration as a fund's feed leaves it: agreements of other funds stay, and so does a payout
// account once set.
[[nodiscard]] Registration with_feed(const Registration* current, const Registration& feed,
                                     const ParticipantId& fund);

}  // namespace wasl::core
