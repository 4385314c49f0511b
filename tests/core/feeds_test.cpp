// Feeds: what a fund or the authority may write, and what stays the switch's own.

#include <gtest/gtest.h>

#include "core/account_change.hpp"
#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::code;
using test::day;
using test::dzd;
using test::kCard;
using test::kCatalogue;
using test::kFund;
using test::kOtherCard;
using test::line;
using test::World;

Reason put(World& world, Request request, Role role = Role::kFund, std::string_view id = kFund) {
  return std::get<PlainDecision>(world.run(world.command(role, id, std::move(request)))).reason;
}

Reason put_as_authority(World& world, Request request, std::string_view id = kCatalogue) {
  world.registration(Role::kAuthority, id);
  return put(world, std::move(request), Role::kAuthority, id);
}

Account newer(World& world) {
  Account feed = world.account();
  ++feed.source_version;
  return feed;
}

TEST(PutAccount, ReplacesWhatTheFundOwnsAndNothingElse) {
  World world;
  world.submit(world.claim({line("A", dzd(100))}));
  world.card().reported_bar = CardBar::kLost;
  Account feed = newer(world);
  feed.cards[0].active = false;
  feed.cards[0].key_version = 7;
  feed.cards[0].fund_bar = CardBar::kBlacklisted;
  feed.cards[0].reported_bar = CardBar::kNone;
  feed.cards[0].atc_highest = 0;
  feed.cards[0].rights_until = kDayMax;
  feed.beneficiaries.pop_back();
  const std::uint64_t version = world.account().version;
  EXPECT_EQ(put(world, PutAccount{feed}), Reason::kNone);
  const Card& card = world.card();
  EXPECT_FALSE(card.active);
  EXPECT_EQ(card.key_version, 7);
  EXPECT_EQ(card.fund_bar, CardBar::kBlacklisted);
  EXPECT_EQ(card.reported_bar, CardBar::kLost);
  EXPECT_EQ(card.atc_highest, 1U);
  EXPECT_EQ(card.rights_until, day("2026-12-31"));
  EXPECT_EQ(world.account().beneficiaries.size(), 1U);
  EXPECT_EQ(world.account().version, version + 1);
  EXPECT_EQ(world.history().lines.size(), 1U);
}

TEST(PutAccount, KeepsACardItNoLongerNamesButNotActive) {
  World world;
  world.submit(world.claim({line("A", dzd(100))}));
  Account feed = newer(world);
  feed.cards[0].number = code<CardNumber>(kOtherCard);
  EXPECT_EQ(put(world, PutAccount{feed}), Reason::kNone);
  ASSERT_EQ(world.account().cards.size(), 2U);
  EXPECT_EQ(world.account().card(code<CardNumber>(kCard))->atc_highest, 1U);
  EXPECT_FALSE(world.account().card(code<CardNumber>(kCard))->active);
  const Card& fresh = *world.account().card(code<CardNumber>(kOtherCard));
  EXPECT_TRUE(fresh.active);
  EXPECT_EQ(fresh.rights_until, kDayMin);  // Until its first UpdateCard.
  EXPECT_EQ(std::get<CardLink>(world.rows[card_key(fresh.number)]).insured, feed.insured);
}

TEST(PutAccount, MakesANewAccountWithItsCards) {
  World world;
  Account feed = world.account();
  feed.insured = code<InsuredNumber>("900000000001");
  feed.cards[0].number = code<CardNumber>(kOtherCard);
  EXPECT_EQ(put(world, PutAccount{feed}), Reason::kNone);
  EXPECT_TRUE(std::holds_alternative<Account>(world.rows[account_key(feed.insured)]));
  EXPECT_EQ(std::get<CardLink>(world.rows[card_key(feed.cards[0].number)]).insured, feed.insured);
}

TEST(PutAccount, RefusesACardOfAnotherAccount) {
  World world;
  Account feed = world.account();
  feed.insured = code<InsuredNumber>("900000000001");
  EXPECT_EQ(put(world, PutAccount{feed}), Reason::kNotOwner);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(world.rows[account_key(feed.insured)]));
}

TEST(PutAccount, OfAnotherFundIsRefused) {
  World world;
  world.registration(Role::kFund, "CASNOS");
  Account feed = newer(world);
  EXPECT_EQ(put(world, PutAccount{feed}, Role::kFund, "CASNOS"), Reason::kNotOwner);
  feed.fund = code<FundCode>("CASNOS");
  EXPECT_EQ(put(world, PutAccount{feed}, Role::kFund, "CASNOS"), Reason::kNotOwner);
  feed.insured = code<InsuredNumber>("900000000001");
  feed.cards.clear();
  EXPECT_EQ(put(world, PutAccount{feed}, Role::kFund, "CASNOS"), Reason::kFundUnknown);
}

TEST(PutAccount, HasNoEffectUnlessItIsNewer) {
  World world;
  world.account().source_version = 5;
  for (const std::uint64_t version : {4U, 5U}) {
    Account feed = world.account();
    feed.source_version = version;
    feed.beneficiaries.clear();
    EXPECT_EQ(put(world, PutAccount{feed}), Reason::kNotNewer);
    EXPECT_EQ(world.account().beneficiaries.size(), 2U);
  }
  EXPECT_EQ(put(world, PutAccount{newer(world)}), Reason::kNone);
  EXPECT_EQ(world.account().source_version, 6U);
}

TEST(PutAccount, GivesAPayoutAccountOnlyToARowThatHasNone) {
  World world;
  Account feed = newer(world);
  feed.payout_account = "00799999002345678941";
  put(world, PutAccount{feed});
  EXPECT_EQ(world.account().payout_account, feed.payout_account);
  feed = newer(world);
  feed.payout_account = "00799999000000000000";
  put(world, PutAccount{feed});
  EXPECT_EQ(world.account().payout_account, "00799999002345678941");
}

TEST(PutAccount, ReplacesOnlyPriorAgreementsOfFeeds) {
  World world;
  world.grant(code<ProductCode>("A"));
  const Sequence asked = world.account().agreements[0].id;
  Account feed = newer(world);
  feed.agreements[0].id = kFeedAgreementBit | 1;
  put(world, PutAccount{feed});
  ASSERT_EQ(world.account().agreements.size(), 2U);
  EXPECT_EQ(world.account().agreements[0].id, asked);
  feed = newer(world);
  feed.agreements.clear();
  put(world, PutAccount{feed});
  ASSERT_EQ(world.account().agreements.size(), 1U);
  EXPECT_EQ(world.account().agreements[0].id, asked);
}

TEST(PutAccount, RefusesARowThatWouldPassItsBound) {
  World world;
  Account feed = newer(world);
  while (encoded_bytes(with_feed(&world.account(), feed)) <= kAccountBytesMax) {
    feed.beneficiaries[0].rights.push_back({});
  }
  EXPECT_EQ(put(world, PutAccount{feed}), Reason::kAccountFull);
  feed.beneficiaries[0].rights.pop_back();
  EXPECT_EQ(put(world, PutAccount{feed}), Reason::kNone);
}

TEST(PutCard, AddsOrChangesOneCard) {
  World world;
  PutCard request{.insured = world.account().insured, .card = world.card(), .source_version = 1};
  request.card.number = code<CardNumber>(kOtherCard);
  EXPECT_EQ(put(world, request), Reason::kNone);
  EXPECT_EQ(world.account().cards.size(), 2U);
  EXPECT_TRUE(world.account().cards[0].active);
  EXPECT_EQ(std::get<CardLink>(world.rows[card_key(request.card.number)]).insured, request.insured);
  EXPECT_EQ(put(world, request), Reason::kNotNewer);
  request.source_version = 2;
  request.card.active = false;
  EXPECT_EQ(put(world, request), Reason::kNone);
  EXPECT_FALSE(world.account().cards[1].active);
}

TEST(PutCard, NeedsItsAccountItsFundAndAFreeNumber) {
  World world;
  PutCard request{.insured = code<InsuredNumber>("1"), .card = world.card(), .source_version = 1};
  EXPECT_EQ(put(world, request), Reason::kAccountUnknown);
  Account other = world.account();
  other.insured = code<InsuredNumber>("1");
  world.rows[account_key(other.insured)] = other;
  EXPECT_EQ(put(world, request), Reason::kNotOwner);
  world.registration(Role::kFund, "CASNOS");
  request.card.number = code<CardNumber>(kOtherCard);
  EXPECT_EQ(put(world, request, Role::kFund, "CASNOS"), Reason::kNotOwner);
  EXPECT_EQ(put(world, request), Reason::kNone);
}

TEST(PutRegistration, KeepsOtherFundsAgreementsAndThePayoutAccount) {
  World world;
  world.registration(Role::kFund, "CASNOS");
  Registration feed = world.pharmacy();
  feed.source_version = 1;
  feed.agreements = {{code<FundCode>("CASNOS"), {}}};
  feed.payout_account = "1";
  EXPECT_EQ(put(world, PutRegistration{feed}), Reason::kNotOwner);
  EXPECT_EQ(put(world, PutRegistration{feed}, Role::kFund, "CASNOS"), Reason::kNone);
  EXPECT_EQ(world.pharmacy().agreements.size(), 2U);
  feed.source_version = 2;
  feed.agreements.clear();
  feed.payout_account = "2";
  feed.suspended = true;
  EXPECT_EQ(put(world, PutRegistration{feed}), Reason::kNone);
  ASSERT_EQ(world.pharmacy().agreements.size(), 1U);
  EXPECT_EQ(world.pharmacy().agreements[0].fund.view(), "CASNOS");
  EXPECT_EQ(world.pharmacy().payout_account, "1");
  EXPECT_TRUE(world.pharmacy().suspended);
  EXPECT_EQ(put(world, PutRegistration{feed}), Reason::kNotNewer);
}

TEST(PutRegistration, NeverPassesTheBoundOfItsAgreements) {
  World world;
  world.registration(Role::kFund, "CASNOS");
  Registration feed = world.pharmacy();
  feed.agreements.assign(kListItemsMax, {code<FundCode>(kFund), {}});
  feed.source_version = 1;
  EXPECT_EQ(put(world, PutRegistration{feed}), Reason::kNone);
  feed.agreements.assign(1, {code<FundCode>("CASNOS"), {}});
  feed.source_version = 2;
  EXPECT_EQ(put(world, PutRegistration{feed}, Role::kFund, "CASNOS"), Reason::kAccountFull);
}

TEST(CatalogueFeeds, ReachTheReferenceAndItsRows) {
  World world;
  Product product = test::product("NEW", dzd(100));
  EXPECT_EQ(put_as_authority(world, PutProduct{product}), Reason::kNone);
  EXPECT_EQ(*world.reference.product(product.catalogue, product.code, day("2026-03-10")), product);
  Tarif tarif{product.catalogue, product.inn, {}, dzd(50), 1};
  EXPECT_EQ(put_as_authority(world, PutTarif{tarif}), Reason::kNone);
  Prescriber prescriber{code<PrescriberId>("DR-9"), false, "Dr", 1};
  EXPECT_EQ(put(world, PutPrescriber{prescriber}), Reason::kNone);

  Reference read;
  for (const auto& [key, bytes] : world.index) {
    EXPECT_TRUE(decode_entry(key, as_bytes(bytes), read));
  }
  EXPECT_EQ(*read.product(product.catalogue, product.code, day("2026-03-10")), product);
  EXPECT_EQ(*read.tarif(product.catalogue, product.inn, day("2026-03-10")), tarif);
  EXPECT_EQ(*read.prescriber(prescriber.id), prescriber);
}

TEST(CatalogueFeeds, AreTheAuthoritysOwnAndNewer) {
  World world;
  Product product = test::product("A", dzd(7));
  EXPECT_EQ(put_as_authority(world, PutProduct{product}, "MA"), Reason::kNotOwner);
  EXPECT_EQ(put_as_authority(world, PutProduct{product}), Reason::kNotNewer);
  product.in_force.from = day("2026-03-10");  // Another entry: nothing to be newer than.
  EXPECT_EQ(put_as_authority(world, PutProduct{product}), Reason::kNone);
  EXPECT_EQ(put_as_authority(world, PutProduct{product}), Reason::kNotNewer);
  product.source_version = 2;
  EXPECT_EQ(put_as_authority(world, PutProduct{product}), Reason::kNone);
  EXPECT_EQ(
      put_as_authority(world, PutTarif{{product.catalogue, product.inn, {}, dzd(5), 1}}, "MA"),
      Reason::kNotOwner);
}

TEST(CatalogueFeeds, ARulebookBelongsToItsCatalogue) {
  World world;
  PutRulebook request{.content = "text", .rulebook = test::dz_cnas(), .source_version = 0};
  EXPECT_EQ(put_as_authority(world, request), Reason::kNotNewer);
  request.source_version = 1;
  request.rulebook.periods.resize(1);
  EXPECT_EQ(put_as_authority(world, request, "MA"), Reason::kNotOwner);
  EXPECT_EQ(put_as_authority(world, request), Reason::kNone);
  EXPECT_EQ(world.reference.rulebook(request.rulebook.scheme)->source_version, 1U);
  EXPECT_EQ(put_as_authority(world, request), Reason::kNotNewer);
  request.source_version = 2;
  request.rulebook.catalogue = code<CatalogueCode>("MA");
  EXPECT_EQ(put_as_authority(world, request, "MA"), Reason::kNotOwner);
}

TEST(Feeds, AreRememberedAlsoWhenRefused) {
  World world;
  Command command = world.command(Role::kFund, kFund, PutAccount{world.account()});
  command.index = 7;
  EXPECT_EQ(std::get<PlainDecision>(world.run(command)).reason, Reason::kNotNewer);
  EXPECT_TRUE(world.request_row(command)->answered);
  Command suspended = world.command(Role::kFund, kFund, PutAccount{world.account()});
  world.registration(Role::kFund, kFund).suspended = true;
  EXPECT_EQ(std::get<PlainDecision>(world.run(suspended)).reason, Reason::kParticipantSuspended);
  EXPECT_EQ(world.request_row(suspended), nullptr);
}

}  // namespace
}  // namespace wasl::core
