// Checks 5 and 6.

#include "core/card_check.hpp"
#include "core/card_counter.hpp"

namespace wasl::core {
namespace {

constexpr int kCardCheck = 5;
constexpr int kProofCheck = 6;

bool is_opposed(CardBar bar) { return bar == CardBar::kLost || bar == CardBar::kStolen; }

bool is_blacklisted(CardBar bar, Day until, Day today) {
  return bar == CardBar::kBlacklisted && today <= until;
}

bool fails(const Situation& situation, int number, bool failed, std::string_view inputs) {
  return !situation.check(number, !failed, [&] { return words(inputs); });
}

Reason check_rulebook(const Situation& s, const KnownCard& known) {
  const bool missing = fails(s, kCardCheck, known.rulebook == nullptr, "its fund has a rulebook");
  return missing ? Reason::kRulebookUnknown : Reason::kNone;
}

}  // namespace

bool KnownCard::covers(std::uint8_t rank) const {
  if (card->kind == CardKind::kIndividual && card->rank != rank) return false;
  return account->beneficiary(rank) != nullptr;
}

std::optional<Day> KnownCard::rights_until() const {
  if (card->rights_until == kDayMin) return std::nullopt;
  return card->rights_until;
}

KnownCard find_card(const Situation& situation, const CardNumber& number) {
  const bool linked = situation.rows.get<CardLink>(Slot::kCard) != nullptr;
  const auto* account = linked ? situation.rows.get<Account>(Slot::kAccount) : nullptr;
  return known_card(situation, account, number);
}

KnownCard known_card(const Situation& situation, const Account* account, const CardNumber& number) {
  KnownCard found;
  if (account != nullptr) found.card = account->card(number);
  if (found.card != nullptr) found.account = account;
  if (found.known()) found.rulebook = situation.reference.rulebook_of(found.account->fund);
  const std::chrono::minutes offset =
      found.rulebook != nullptr ? found.rulebook->utc_offset : std::chrono::minutes{0};
  found.today = day_of(situation.now, offset);
  return found;
}

Reason check_card(const Situation& s, const KnownCard& known) {
  if (fails(s, kCardCheck, !known.known(), "card on file")) return Reason::kCardUnknown;
  const Card& card = *known.card;
  const bool replaced =
      card.fund_bar == CardBar::kReplaced || card.reported_bar == CardBar::kReplaced;
  if (fails(s, kCardCheck, replaced, "not replaced")) return Reason::kCardReplaced;
  const bool opposed = is_opposed(card.fund_bar) || is_opposed(card.reported_bar);
  if (fails(s, kCardCheck, opposed, "not reported lost or stolen")) return Reason::kCardOpposed;
  const bool blacklisted = is_blacklisted(card.fund_bar, card.fund_bar_until, known.today) ||
                           is_blacklisted(card.reported_bar, card.reported_bar_until, known.today);
  if (fails(s, kCardCheck, blacklisted, "not blacklisted today")) return Reason::kCardBlacklisted;
  if (fails(s, kCardCheck, !card.active, "active")) return Reason::kCardNotActive;
  return check_rulebook(s, known);
}

Reason check_known(const Situation& s, const KnownCard& known) {
  if (fails(s, kCardCheck, !known.known(), "card on file")) return Reason::kCardUnknown;
  return check_rulebook(s, known);
}

Reason check_proofs(const Situation& s, const KnownCard& known, const CardReference& reference,
                    std::uint8_t window) {
  const Proofs& proofs = s.command.proofs;
  const Card& card = *known.card;
  const bool card_proven = reference.fund == known.account->fund &&
                           reference.key_version == card.key_version && proofs.card.has_value() &&
                           proofs.card_verdict == ProofVerdict::kRight;
  const auto card_inputs = [&] {
    return words("fund ", reference.fund.view(), ", on file ", known.account->fund.view(),
                 "; key version ", reference.key_version, ", on file ", card.key_version,
                 "; proof right ", proofs.card_verdict == ProofVerdict::kRight);
  };
  if (!s.check(kProofCheck, card_proven, card_inputs)) return Reason::kCardProofInvalid;
  // A look-up or update of rights is signed by the card alone.
  const Deed deed = deed_of(s.command.request);
  const bool needed = deed == Deed::kSubmitClaim || deed == Deed::kQuoteClaim;
  const bool right = proofs.professional_verdict == ProofVerdict::kRight;
  const auto professional_inputs = [&] {
    return words("professional proof needed ", needed, ", right ", right);
  };
  if (!s.check(kProofCheck, right || !needed, professional_inputs)) {
    return Reason::kProfessionalProofInvalid;
  }
  const auto counter_inputs = [&] {
    return words("counter ", proofs.card->atc, ", highest ", card.atc_highest, ", window ", window);
  };
  const bool fresh = counter_is_fresh(card, proofs.card->atc, window);
  return s.check(kProofCheck, fresh, counter_inputs) ? Reason::kNone : Reason::kCardProofReplayed;
}

}  // namespace wasl::core
