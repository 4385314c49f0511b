#include "wire/feeds.hpp"

namespace wasl::wire {
namespace {

template <typename Change>
std::string account_with(Change change) {
  v1::Envelope envelope = test::put_account();
  change(*envelope.mutable_put_account()->mutable_items(0));
  return test::verdict(envelope, test::fund());
}

TEST(DecodeAccount, TakesEveryFieldAFundOwns) {
  const auto decoded = test::decode(test::put_account(), test::fund());
  ASSERT_TRUE(decoded) << decoded.error().sentence;
  EXPECT_TRUE(decoded->batch);
  const core::Command& command = decoded->commands.front();
  const core::Account& account = std::get<core::PutAccount>(command.request).account;
  EXPECT_EQ(account.insured.view(), "1600123456");
  EXPECT_EQ(account.fund.view(), "CNAS");
  ASSERT_EQ(account.cards.size(), 1U);
  EXPECT_EQ(account.cards[0].kind, core::CardKind::kFamily);
  EXPECT_TRUE(account.cards[0].active);
  EXPECT_EQ(account.cards[0].rights_until, core::kDayMin);
  ASSERT_EQ(account.beneficiaries.size(), 1U);
  EXPECT_EQ(account.beneficiaries[0].basis, core::RateBasis::kExempt);
  EXPECT_EQ(account.beneficiaries[0].rights[0].until, core::kDayMax);
  EXPECT_EQ(account.beneficiaries[0].treatments[0].inns[0].view(), "METFORMIN-850");
  EXPECT_EQ(account.agreements[0].id, (1ULL << 63) | 5);
  EXPECT_EQ(account.payout_account, "00799999001234567890");
  EXPECT_EQ(account.source_version, 5U);
}

TEST(DecodeAccount, BoundsItsLists) {
  const auto cards = [](int count) {
    return account_with([=](v1::Account& a) {
      a.clear_cards();
      for (int i = 0; i < count; ++i) {
        test::fill_account_card(*a.add_cards());
        a.mutable_cards(i)->set_number("C" + std::to_string(i));
      }
    });
  };
  EXPECT_EQ(cards(0), "taken");
  EXPECT_EQ(cards(15), "taken");
  EXPECT_EQ(cards(16), "items[0].cards: more than 15 of them");
  const auto people = [](int count) {
    return account_with([=](v1::Account& a) {
      a.clear_beneficiaries();
      for (int i = 0; i < count; ++i) {
        a.add_beneficiaries()->set_rank(static_cast<std::uint32_t>(i + 1));
        a.mutable_beneficiaries(i)->set_birth_date("1990-01-01");
      }
    });
  };
  EXPECT_EQ(people(0), "items[0].beneficiaries: an account has 1 to 15 of them");
  EXPECT_EQ(people(15), "taken");
  EXPECT_EQ(people(16), "items[0].beneficiaries: more than 15 of them");
}

TEST(DecodeAccount, HoldsEachNameOnce) {
  EXPECT_EQ(account_with([](v1::Account& a) { *a.add_cards() = a.cards(0); }),
            "items[0].cards[1].number: stands twice in the account");
  EXPECT_EQ(account_with([](v1::Account& a) { *a.add_beneficiaries() = a.beneficiaries(0); }),
            "items[0].beneficiaries[1].rank: stands twice in the account");
  EXPECT_EQ(account_with([](v1::Account& a) { *a.add_agreements() = a.agreements(0); }),
            "items[0].agreements[1].id: stands twice in the account");
}

TEST(DecodeAccount, ChecksItsCards) {
  const auto card = [](auto change) {
    return account_with([&](v1::Account& a) { change(*a.mutable_cards(0)); });
  };
  EXPECT_EQ(card([](v1::Card& c) { c.clear_kind(); }), "items[0].cards[0].kind: 0 is outside 1..2");
  EXPECT_EQ(card([](v1::Card& c) { c.set_rank(1); }), "items[0].cards[0].rank: 1 is outside 0..0");
  EXPECT_EQ(card([](v1::Card& c) { c.set_kind(v1::Card::INDIVIDUAL); }),
            "items[0].cards[0].rank: 0 is outside 1..15");
  EXPECT_EQ(card([](v1::Card& c) { c.set_bar_until("2026-01-01"); }),
            "items[0].cards[0].bar_until: with BLACKLISTED only");
  EXPECT_EQ(card([](v1::Card& c) {
              c.set_bar(v1::Card::BLACKLISTED);
              c.set_bar_until("2026-01-01");
            }),
            "taken");
  EXPECT_EQ(card([](v1::Card& c) { c.set_key_version(0); }),
            "items[0].cards[0].key_version: 0 is outside 1..65535");
}

TEST(DecodeAccount, ChecksPeopleAndAgreements) {
  EXPECT_EQ(account_with([](v1::Account& a) { a.mutable_beneficiaries(0)->clear_birth_date(); }),
            "items[0].beneficiaries[0].birth_date: required");
  EXPECT_EQ(account_with([](v1::Account& a) {
              a.mutable_beneficiaries(0)->mutable_rights(0)->set_until("2019-12-31");
            }),
            "items[0].beneficiaries[0].rights[0].until: before `from`");
  EXPECT_EQ(account_with([](v1::Account& a) {
              a.mutable_beneficiaries(0)->mutable_treatments(0)->set_inns(0, "");
            }),
            "items[0].beneficiaries[0].treatments[0].inns[0]: required");
  EXPECT_EQ(account_with([](v1::Account& a) {
              a.mutable_beneficiaries(0)->mutable_treatments(0)->clear_inns();
            }),
            "items[0].beneficiaries[0].treatments[0].inns: a treatment has 1 to 16 of them");
  EXPECT_EQ(account_with([](v1::Account& a) { a.mutable_agreements(0)->set_id(5); }),
            "items[0].agreements[0].id: 5 is outside 9223372036854775808..18446744073709551615");
  EXPECT_EQ(account_with([](v1::Account& a) { a.set_payout_account("1 2"); }),
            "items[0].payout_account: not printable ASCII characters without space");
  EXPECT_EQ(account_with([](v1::Account& a) { a.set_payout_account(std::string(34, '1')); }),
            "taken");
  EXPECT_EQ(account_with([](v1::Account& a) { a.set_payout_account(std::string(35, '1')); }),
            "items[0].payout_account: longer than 34 bytes");
  EXPECT_EQ(account_with([](v1::Account& a) { a.set_source_version(0); }),
            "items[0].source_version: 0 is outside 1..9223372036854775807");
  EXPECT_EQ(account_with([](v1::Account& a) { a.set_source_version(INT64_MAX); }), "taken");
  EXPECT_EQ(account_with([](v1::Account& a) { a.set_source_version(1ULL << 63); }),
            "items[0].source_version: 9223372036854775808 is outside 1..9223372036854775807");
}

}  // namespace
}  // namespace wasl::wire
