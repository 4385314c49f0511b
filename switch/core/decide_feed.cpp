// Feeds: who may write what, and only what is newer than what is on file.

#include <algorithm>

#include "core/account_change.hpp"
#include "core/codec.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

// The rules of one item, in order, after those of every request.
template <typename Rules>
PlainDecision feed(const Situation& s, Rules rules) {
  PlainDecision decision;
  decision.reason = check_request(s);
  if (decision.reason == Reason::kNone) decision.reason = rules();
  return decision;
}

// A card's number belongs to one account for ever.
bool linked_elsewhere(const Situation& s, Slot slot, const InsuredNumber& insured) {
  const auto* link = s.rows.get<CardLink>(slot);
  return link != nullptr && link->insured != insured;
}

bool any_linked_elsewhere(const Situation& s, const Account& account) {
  for (std::size_t i = 0; i < account.cards.size(); ++i) {
    if (linked_elsewhere(s, link_slot(i), account.insured)) return true;
  }
  return false;
}

template <typename Entry>
Reason newer_than(const Entry* current, std::uint64_t source_version) {
  const bool newer = current == nullptr || source_version > current->source_version;
  return newer ? Reason::kNone : Reason::kNotNewer;
}

// The entry that this dated one would replace, not merely precede.
template <typename Entry>
const Entry* same_start(const Entry* found, const Entry& put) {
  return found != nullptr && found->in_force.from == put.in_force.from ? found : nullptr;
}

Reason check_account(const Situation& s, const Account& put, const Account* current) {
  if (!is_owner(s.command.from, put.fund)) return Reason::kNotOwner;
  if (current != nullptr && current->fund != put.fund) return Reason::kNotOwner;
  if (s.reference.fund(put.fund) == nullptr) return Reason::kFundUnknown;
  if (any_linked_elsewhere(s, put)) return Reason::kNotOwner;
  const Reason reason = newer_than(current, put.source_version);
  if (reason != Reason::kNone) return reason;
  const bool fits = encoded_bytes(with_feed(current, put)) <= kAccountBytesMax;
  return fits ? Reason::kNone : Reason::kAccountFull;
}

Reason check_card_feed(const Situation& s, const PutCard& request, const Account* account) {
  if (account == nullptr) return Reason::kAccountUnknown;
  if (!is_owner(s.command.from, account->fund)) return Reason::kNotOwner;
  if (linked_elsewhere(s, Slot::kReplacement, request.insured)) return Reason::kNotOwner;
  const Reason reason = newer_than(account, request.source_version);
  if (reason != Reason::kNone) return reason;
  const Account after = with_card(*account, request.card, request.source_version);
  return encoded_bytes(after) <= kAccountBytesMax ? Reason::kNone : Reason::kAccountFull;
}

}  // namespace

PlainDecision decide_feed(const Situation& s, const PutAccount& request) {
  const auto* current = s.rows.get<Account>(Slot::kAccount);
  PlainDecision decision = feed(s, [&] { return check_account(s, request.account, current); });
  if (decision.reason == Reason::kNone) decision.insured = request.account.insured;
  return decision;
}

PlainDecision decide_feed(const Situation& s, const PutCard& request) {
  const auto* account = s.rows.get<Account>(Slot::kAccount);
  PlainDecision decision = feed(s, [&] { return check_card_feed(s, request, account); });
  if (decision.reason == Reason::kNone) decision.insured = request.insured;
  return decision;
}

// A fund states its own agreements with a provider; those of other funds stay.
PlainDecision decide_feed(const Situation& s, const PutRegistration& request) {
  const Registration& put = request.registration;
  return feed(s, [&] {
    const bool own = std::ranges::all_of(put.agreements, [&](const FundAgreement& agreement) {
      return is_owner(s.command.from, agreement.fund);
    });
    if (!own) return Reason::kNotOwner;
    const auto* current = s.rows.get<Registration>(Slot::kTarget);
    const Reason reason = newer_than(current, put.source_version);
    if (reason != Reason::kNone) return reason;
    const Registration after = with_feed(current, put, s.command.from.id);
    return after.agreements.size() <= kListItemsMax ? Reason::kNone : Reason::kAccountFull;
  });
}

PlainDecision decide_feed(const Situation& s, const PutPrescriber& request) {
  const Prescriber& put = request.prescriber;
  return feed(s, [&] { return newer_than(s.reference.prescriber(put.id), put.source_version); });
}

PlainDecision decide_feed(const Situation& s, const PutProduct& request) {
  const Product& put = request.product;
  return feed(s, [&] {
    if (!is_owner(s.command.from, put.catalogue)) return Reason::kNotOwner;
    const Product* current = s.reference.product(put.catalogue, put.code, put.in_force.from);
    return newer_than(same_start(current, put), put.source_version);
  });
}

PlainDecision decide_feed(const Situation& s, const PutTarif& request) {
  const Tarif& put = request.tarif;
  return feed(s, [&] {
    if (!is_owner(s.command.from, put.catalogue)) return Reason::kNotOwner;
    const Tarif* current = s.reference.tarif(put.catalogue, put.inn, put.in_force.from);
    return newer_than(same_start(current, put), put.source_version);
  });
}

PlainDecision decide_feed(const Situation& s, const PutRulebook& request) {
  return feed(s, [&] {
    if (!is_owner(s.command.from, request.rulebook.catalogue)) return Reason::kNotOwner;
    const Rulebook* current = s.reference.rulebook(request.rulebook.scheme);
    if (current != nullptr && current->catalogue != request.rulebook.catalogue) {
      return Reason::kNotOwner;
    }
    return newer_than(current, request.source_version);
  });
}

}  // namespace wasl::core
