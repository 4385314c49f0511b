#include "core/account_change.hpp"

#include <algorithm>

namespace wasl::core {
namespace {

bool is_of_feed(const PriorAgreement& agreement) { return (agreement.id & kFeedAgreementBit) != 0; }

// Fund-owned fields of the feed's card on the switch-owned ones of `current`, if there is one.
Card merged_card(const Card* current, const Card& feed) {
  Card card = current != nullptr ? *current : Card{};
  card.number = feed.number;
  card.kind = feed.kind;
  card.rank = feed.rank;
  card.key_version = feed.key_version;
  card.active = feed.active;
  card.fund_bar = feed.fund_bar;
  card.fund_bar_until = feed.fund_bar_until;
  return card;
}

void put_card(Account& account, const Card& feed) {
  Card* current = account.card(feed.number);
  const Card merged = merged_card(current, feed);
  if (current != nullptr) {
    *current = merged;
  } else {
    account.cards.push_back(merged);
  }
}

}  // namespace

bool is_outdated(const PriorAgreement& agreement, Day today) {
  return agreement.in_force.until + kAgreementKept < today;
}

Account with_feed(const Account* current, const Account& feed) {
  Account account = current != nullptr ? *current : Account{};
  account.insured = feed.insured;
  account.fund = feed.fund;
  for (Card& card : account.cards) card.active = false;
  for (const Card& card : feed.cards) put_card(account, card);
  account.beneficiaries = feed.beneficiaries;
  std::erase_if(account.agreements, is_of_feed);
  std::ranges::copy_if(feed.agreements, std::back_inserter(account.agreements), is_of_feed);
  if (account.payout_account.empty()) account.payout_account = feed.payout_account;
  account.source_version = feed.source_version;
  return account;
}

Account with_card(const Account& current, const Card& feed, std::uint64_t source_version) {
  Account account = current;
  put_card(account, feed);
  account.source_version = source_version;
  return account;
}

Registration with_feed(const Registration* current, const Registration& feed,
                       const ParticipantId& fund) {
  Registration registration = feed;
  registration.version = current != nullptr ? current->version : 0;
  if (current == nullptr) return registration;
  std::ranges::copy_if(current->agreements, std::back_inserter(registration.agreements),
                       [&](const FundAgreement& each) { return each.fund.view() != fund.view(); });
  if (!current->payout_account.empty()) registration.payout_account = current->payout_account;
  return registration;
}

}  // namespace wasl::core
