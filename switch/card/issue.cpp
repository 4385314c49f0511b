#include "card/issue.hpp"

#include "core/assert.hpp"

namespace wasl::card {
namespace {

Holder holder(std::string_view number) {
  const auto made = Holder::make(number);
  WASL_ASSERT(made.has_value());  // Any card number or participant id fits.
  return *made;
}

}  // namespace

KeyName card_key_name(const core::CardReference& card) {
  return {KeyKind::kCard, card.fund, holder(card.number.view()), card.key_version};
}

KeyName professional_key_name(const core::FundCode& fund, const core::ParticipantId& provider,
                              std::uint16_t version) {
  return {KeyKind::kProfessional, fund, holder(provider.view()), version};
}

core::Result<VirtualCard> issue(const KeyProvider& keys, const KeyName& name) {
  const auto key = keys.derive(name);
  if (!key) return std::unexpected(key.error());
  return VirtualCard{.name = name, .key = *key, .counter = 0};
}

}  // namespace wasl::card
