#include "card/verifier.hpp"

#include "card/issue.hpp"
#include "card/list_signature.hpp"
#include "card/proof.hpp"

namespace wasl::card {
namespace {

struct Signed {
  const core::CardReference* card = nullptr;
  const core::ParticipantId* provider = nullptr;  // Of claims, which the provider signs too.
};

Signed signed_by(const core::Request& request) {
  if (const auto* submit = std::get_if<core::SubmitClaim>(&request)) {
    return {&submit->claim.card, &submit->claim.provider};
  }
  if (const auto* quote = std::get_if<core::QuoteClaim>(&request)) {
    return {&quote->claim.card, &quote->claim.provider};
  }
  if (const auto* rights = std::get_if<core::GetRights>(&request)) return {&rights->card, nullptr};
  if (const auto* update = std::get_if<core::UpdateCard>(&request)) return {&update->card, nullptr};
  return {};
}

}  // namespace

Verifier::Verifier(const KeyProvider& keys, std::size_t cached_keys_max)
    : keys_(keys), cache_(cached_keys_max) {}

core::Result<void> Verifier::verify(core::Command& command) {
  core::Proofs& proofs = command.proofs;
  proofs.card_verdict = core::ProofVerdict::kNotGiven;
  proofs.professional_verdict = core::ProofVerdict::kNotGiven;
  if (const auto* closing = std::get_if<core::CloseBordereau>(&command.request)) {
    command.closing.list = judge_list(command.from, *closing);
    return {};
  }
  const auto [card, provider] = signed_by(command.request);
  if (card == nullptr) return {};
  const auto of_card = judge(proofs.card, card_key_name(*card), command.content);
  if (!of_card) return std::unexpected(of_card.error());
  proofs.card_verdict = *of_card;
  if (provider == nullptr || provider->empty()) return {};
  const KeyName name =
      professional_key_name(card->fund, *provider, proofs.professional_key_version);
  const auto of_provider = judge(proofs.professional, name, command.content);
  if (!of_provider) return std::unexpected(of_provider.error());
  proofs.professional_verdict = *of_provider;
  return {};
}

core::Result<core::ProofVerdict> Verifier::judge(const std::optional<core::Proof>& proof,
                                                 const KeyName& name, const core::Sha256& digest) {
  if (!proof) return core::ProofVerdict::kNotGiven;
  const Key* key = cache_.find(name);
  if (key == nullptr) {
    const auto derived = keys_.derive(name);
    if (!derived && derived.error().code == core::Errc::kNotFound)
      return core::ProofVerdict::kWrong;
    if (!derived) return std::unexpected(derived.error());
    cache_.put(name, *derived);
    key = cache_.find(name);
  }
  return is_right(cmac_, *key, *proof, digest) ? core::ProofVerdict::kRight
                                               : core::ProofVerdict::kWrong;
}

}  // namespace wasl::card
