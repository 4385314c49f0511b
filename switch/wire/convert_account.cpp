#include <algorithm>

#include "core/account_change.hpp"
#include "wire/convert.hpp"
#include "wire/limits.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::CardKind::kFamily, v1::Card::FAMILY));
static_assert(same(core::CardKind::kIndividual, v1::Card::INDIVIDUAL));
static_assert(same(core::CardBar::kNone, v1::Card::BAR_NONE));
static_assert(same(core::CardBar::kLost, v1::Card::LOST));
static_assert(same(core::CardBar::kStolen, v1::Card::STOLEN));
static_assert(same(core::CardBar::kBlacklisted, v1::Card::BLACKLISTED));
static_assert(same(core::CardBar::kReplaced, v1::Card::REPLACED));
static_assert(same(core::RateBasis::kStandard, v1::Beneficiary::STANDARD));
static_assert(same(core::RateBasis::kExempt, v1::Beneficiary::EXEMPT));
static_assert(same(core::AgreementState::kPending, v1::PriorAgreement::PENDING));
static_assert(same(core::AgreementState::kGranted, v1::PriorAgreement::GRANTED));
static_assert(same(core::AgreementState::kRefused, v1::PriorAgreement::REFUSED));

core::Treatment treatment(const v1::Treatment& given, const Fields& at) {
  core::Treatment out;
  out.condition = at.code<core::ConditionCode>("condition", given.condition());
  out.in_force = at.interval("in_force", given.in_force(), Fields::End::kMayBeOpen);
  at.require(given.inns_size() > 0, "inns", "a treatment has 1 to 16 of them");
  for (int i = 0; i < given.inns_size(); ++i) {
    out.inns.push_back(at.in("inns", i).code<core::InnCode>("", given.inns(i)));
  }
  return out;
}

core::Beneficiary beneficiary(const v1::Beneficiary& given, const Fields& at) {
  core::Beneficiary out;
  out.rank = at.number<std::uint8_t>("rank", given.rank(), 1, core::kRankMax);
  out.birth = at.day("birth_date", given.birth_date());
  out.basis = at.choice("rate_basis", given.rate_basis(), core::RateBasis::kExempt,
                        core::RateBasis::kStandard);
  for (int i = 0; i < given.rights_size(); ++i) {
    const v1::Interval& rights = given.rights(i);
    out.rights.push_back(
        at.in("rights", i).interval(rights.from(), rights.until(), Fields::End::kMayBeOpen));
  }
  for (int i = 0; i < given.treatments_size(); ++i) {
    out.treatments.push_back(treatment(given.treatments(i), at.in("treatments", i)));
  }
  return out;
}

core::PriorAgreement agreement(const v1::PriorAgreement& given, const Fields& at) {
  core::PriorAgreement out;
  out.id = at.number<core::Sequence>("id", given.id(), core::kFeedAgreementBit, UINT64_MAX);
  out.rank = at.number<std::uint8_t>("rank", given.rank(), 1, core::kRankMax);
  out.state = at.choice("state", given.state(), core::AgreementState::kRefused);
  out.in_force = at.interval("in_force", given.in_force(), Fields::End::kMayBeOpen);
  out.subject = agreement_subject(given, at);
  return out;
}

// Names the later of two items that share what must stand once.
template <typename T, typename Key>
void require_once(const std::vector<T>& items, const Fields& at, const char* list, const char* name,
                  Key key) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    const auto same_key = [&](const T& earlier) { return key(earlier) == key(items[i]); };
    const auto end = items.begin() + static_cast<std::ptrdiff_t>(i);
    at.in(list, static_cast<int>(i))
        .require(std::none_of(items.begin(), end, same_key), name, "stands twice in the account");
  }
}

}  // namespace

core::Card convert(const v1::Card& given, const Fields& at) {
  core::Card out;
  out.number = at.code<core::CardNumber>("number", given.number());
  out.kind = at.choice("kind", given.kind(), core::CardKind::kIndividual);
  const bool individual = out.kind == core::CardKind::kIndividual;
  out.rank = at.number<std::uint8_t>("rank", given.rank(), individual ? 1 : 0,
                                     individual ? core::kRankMax : 0);
  out.key_version = at.number<std::uint16_t>("key_version", given.key_version(), 1, UINT16_MAX);
  out.active = given.active();
  out.fund_bar = at.choice("bar", given.bar(), core::CardBar::kReplaced, core::CardBar::kNone);
  at.require(given.bar_until().empty() || out.fund_bar == core::CardBar::kBlacklisted, "bar_until",
             "with BLACKLISTED only");
  out.fund_bar_until = at.day_or("bar_until", given.bar_until(), core::kDayMax);
  return out;
}

core::PutAccount convert(const v1::Account& given, const Fields& at) {
  core::Account out;
  out.insured = at.code<core::InsuredNumber>("insured_number", given.insured_number());
  out.fund = at.code<core::FundCode>("fund", given.fund());
  for (int i = 0; i < given.cards_size(); ++i) {
    out.cards.push_back(convert(given.cards(i), at.in("cards", i)));
  }
  at.require(given.beneficiaries_size() > 0, "beneficiaries", "an account has 1 to 15 of them");
  for (int i = 0; i < given.beneficiaries_size(); ++i) {
    out.beneficiaries.push_back(beneficiary(given.beneficiaries(i), at.in("beneficiaries", i)));
  }
  for (int i = 0; i < given.agreements_size(); ++i) {
    out.agreements.push_back(agreement(given.agreements(i), at.in("agreements", i)));
  }
  require_once(out.cards, at, "cards", "number", [](const core::Card& c) { return c.number; });
  require_once(out.beneficiaries, at, "beneficiaries", "rank",
               [](const core::Beneficiary& b) { return b.rank; });
  require_once(out.agreements, at, "agreements", "id",
               [](const core::PriorAgreement& a) { return a.id; });
  out.payout_account = at.payout_account("payout_account", given.payout_account());
  out.source_version =
      at.number<std::uint64_t>("source_version", given.source_version(), 1, kSourceVersionMax);
  return {std::move(out)};
}

core::PutCard convert(const v1::CardItem& given, const Fields& at) {
  core::PutCard out;
  out.insured = at.code<core::InsuredNumber>("insured_number", given.insured_number());
  out.card = convert(given.card(), at.in("card"));
  out.source_version =
      at.number<std::uint64_t>("source_version", given.source_version(), 1, kSourceVersionMax);
  return out;
}

}  // namespace wasl::wire
