// What changes an account: card services, reports, prior agreements and the funds' feeds.

#include <algorithm>

#include "core/account_change.hpp"
#include "core/application.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"

namespace wasl::core {
namespace {

// In the order of check 5; an expired blacklisting is no bar at all.
int strength(CardBar bar, Day until, Day today) {
  switch (bar) {
    case CardBar::kNone:
      return 0;
    case CardBar::kBlacklisted:
      return until >= today ? 1 : 0;
    case CardBar::kLost:
    case CardBar::kStolen:
      return 2;
    case CardBar::kReplaced:
      return 3;
  }
  return 0;
}

CardBar bar_of(CardAction action) {
  switch (action) {
    case CardAction::kOpposeLost:
      return CardBar::kLost;
    case CardAction::kOpposeStolen:
      return CardBar::kStolen;
    case CardAction::kBlacklist:
      return CardBar::kBlacklisted;
    case CardAction::kReplace:
      return CardBar::kReplaced;
    case CardAction::kLift:
      break;
  }
  return CardBar::kNone;
}

// A weaker report never covers a stronger one: a blacklisting that ends would set a stolen card
// free.
void report(Card& card, const ReportCard& request, Day today) {
  const CardBar bar = bar_of(request.action);
  const int standing = strength(card.reported_bar, card.reported_bar_until, today);
  if (bar != CardBar::kNone && strength(bar, request.until, today) < standing) return;
  card.reported_bar = bar;
  card.reported_bar_until = bar == CardBar::kBlacklisted ? request.until : kDayMax;
}

Day utc_day(const Application& state) { return day_of(state.stamp.now, std::chrono::minutes{0}); }

void assert_fits(const Account& account) {
  WASL_ASSERT(encoded_bytes(account) <= kAccountBytesMax);
}

// Requests whose index rows still stand lose them with the agreement.
void prune_agreements(Application& state, Account& account) {
  const Day today = utc_day(state);
  for (const PriorAgreement& each : account.agreements) {
    if (!is_outdated(each, today) || each.state != AgreementState::kPending) continue;
    state.touched.removed.push_back(agreement_index_key(account.fund, each.id));
  }
  std::erase_if(account.agreements,
                [&](const PriorAgreement& each) { return is_outdated(each, today); });
}

void put_account(Application& state, Account merged) {
  auto& account = state.change<Account>(Slot::kAccount);
  merged.version = account.version + 1;
  account = std::move(merged);
  assert_fits(account);
}

}  // namespace

void apply_to(Application& state, const RightsDecision& decision, const GetRights& request) {
  state.remember(RequestState::kDone);
  if (decision.marks_atc) state.use_card(request.card.number);
}

void apply_to(Application& state, const RightsDecision& decision, const UpdateCard& request) {
  state.remember(RequestState::kDone);
  if (decision.marks_atc) state.use_card(request.card.number);
  if (decision.reason != Reason::kNone) return;
  WASL_ASSERT(decision.rights_until.has_value());
  auto& account = decision.marks_atc ? state.change<Account>(Slot::kAccount)
                                     : state.change_versioned<Account>(Slot::kAccount);
  account.card(request.card.number)->rights_until = *decision.rights_until;
}

void apply_to(Application& state, const ReportCard& request) {
  auto& account = state.change_versioned<Account>(Slot::kAccount);
  report(*account.card(request.card), request, utc_day(state));
}

void apply_to(Application& state, const RequestPriorAgreement& request) {
  auto& account = state.change_versioned<Account>(Slot::kAccount);
  prune_agreements(state, account);
  const Sequence id = state.stamp.sequence;
  account.agreements.push_back({.id = id,
                                .rank = request.rank,
                                .state = AgreementState::kPending,
                                .in_force = request.wanted,
                                .subject = request.subject});
  assert_fits(account);
  state.touched.inserted.emplace_back(
      agreement_index_key(account.fund, id),
      encode_index_row(AgreementIndexRow{.insured = account.insured,
                                         .rank = request.rank,
                                         .wanted = request.wanted,
                                         .subject = request.subject}));
}

void apply_to(Application& state, const DecidePriorAgreement& request) {
  auto& account = state.change_versioned<Account>(Slot::kAccount);
  const auto found = std::ranges::find(account.agreements, request.agreement, &PriorAgreement::id);
  WASL_ASSERT(found != account.agreements.end());
  found->state = request.granted ? AgreementState::kGranted : AgreementState::kRefused;
  found->in_force = request.in_force;
  state.touched.removed.push_back(agreement_index_key(account.fund, request.agreement));
}

void apply_to(Application& state, const PutAccount& request) {
  const Account& feed = request.account;
  put_account(state, with_feed(state.rows.get<Account>(Slot::kAccount), feed));
  for (std::size_t i = 0; i < feed.cards.size(); ++i) {
    if (state.rows.get<CardLink>(link_slot(i)) != nullptr) continue;
    state.change<CardLink>(link_slot(i)).insured = feed.insured;
  }
}

void apply_to(Application& state, const PutCard& request) {
  const auto* account = state.rows.get<Account>(Slot::kAccount);
  WASL_ASSERT(account != nullptr);
  put_account(state, with_card(*account, request.card, request.source_version));
  if (state.rows.get<CardLink>(Slot::kReplacement) != nullptr) return;
  state.change<CardLink>(Slot::kReplacement).insured = request.insured;
}

}  // namespace wasl::core
