#pragma once
// The names under which keys of cards and providers are derived, and cards that exist only as a
// file.

#include "card/key_provider.hpp"
#include "card/virtual_card.hpp"
#include "core/request.hpp"

namespace wasl::card {

[[nodiscard]] KeyName card_key_name(const core::CardReference& card);
[[nodiscard]] KeyName professional_key_name(const core::FundCode& fund,
                                            const core::ParticipantId& provider,
                                            std::uint16_t version);

// A new card with its counter at 0. Errors as the provider's.
[[nodiscard]] core::Result<VirtualCard> issue(const KeyProvider& keys, const KeyName& name);

}  // namespace wasl::card
