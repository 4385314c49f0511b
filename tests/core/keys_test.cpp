// The bytes under which rows are stored: pinned, within their bound, and in an order that scans can
// use.

#include <gtest/gtest.h>

#include <algorithm>

#include "core/row_set.hpp"
#include "samples.hpp"
#include "support/golden.hpp"
#include "support/random_fields.hpp"

namespace wasl::test {
namespace {

using namespace wasl::core;

TEST(Keys, AreThePinnedBytes) {
  const auto insured = code<InsuredNumber>("1600123456");
  const auto fund = code<FundCode>("CNAS");
  const auto catalogue = code<CatalogueCode>("DZ");
  Golden golden("keys.txt", "Keys as stored.");
  golden.add("registration", registration_key(provider()).view());
  golden.add("request", request_key(provider(), request_id(1), 0).view());
  golden.add("request_item", request_key(provider(), request_id(1), 99).view());
  golden.add("card", card_key(code<CardNumber>("160012345678")).view());
  golden.add("account", account_key(insured).view());
  golden.add("history", history_key(insured, 2).view());
  golden.add("claim_index", claim_index_key(provider(), day(2026, 3, 10), 1'000'001).view());
  golden.add("day_closing", day_closing_key(fund, provider(), 1'000'001).view());
  golden.add("posting", posting_key(fund, provider(), 1'000'001).view());
  golden.add("balance", balance_key(fund, 2).view());
  golden.add("presentation", presentation_key(fund, provider()).view());
  golden.add("bordereau", bordereau_key(fund, provider(), 12).view());
  golden.add("review_index", review_index_key(provider(), day(2026, 3, 25), 1'000'001, 12).view());
  golden.add("payout_change", payout_change_key(provider(), insured).view());
  golden.add("payout_change_of_provider", payout_change_key(provider(), provider()).view());
  golden.add("owed", owed_key(fund, insured, 1'000'001).view());
  golden.add("owed_to_provider", owed_key(fund, provider(), 1'000'001).view());
  golden.add("run", run_key(fund, 1'000'001).view());
  golden.add("payout", payout_key(fund, {.run = 1'000'001, .number = 12}).view());
  golden.add("status_file", status_file_key(fund, 1'000'001).view());
  golden.add("status_part", status_part_key(fund, 1'000'001, 12).view());
  golden.add("status_file_name", status_file_name_key(fund, "BANK-1").view());
  golden.add("status_desk", status_desk_key(fund).view());
  golden.add("receivable", receivable_key(fund, provider()).view());
  golden.add("business_day", business_day_key(fund).view());
  golden.add("business_day_index", business_day_index_key(fund, day(2026, 3, 10)).view());
  golden.add("claim_index_1969", claim_index_key(provider(), day(1969, 12, 31), 1).view());
  golden.add("agreement_index", agreement_index_key(fund, 1'000'001).view());
  golden.add("product", product_key(catalogue, code<ProductCode>("P-0001"), kDayMin).view());
  golden.add("tarif", tarif_key(catalogue, code<InnCode>("AMOXICILLIN-500"), kDayMin).view());
  golden.add("prescriber", prescriber_key(code<PrescriberId>("M-4711")).view());
  golden.add("fund", fund_key(fund).view());
  golden.add("rulebook", rulebook_key(code<SchemeCode>("DZ-CNAS")).view());
  golden.check();
}

TEST(Keys, HoldTheLongestNames) {
  const Participant longest{Role::kProvider, code<ParticipantId>(std::string(24, 'p'))};
  EXPECT_LE(request_key(longest, request_id(1), 1).view().size(), RowKey::kBytesMax);
  EXPECT_LE(claim_index_key(longest, kDayMax, 1).view().size(), RowKey::kBytesMax);
  const auto fund = code<FundCode>(std::string(12, 'f'));
  EXPECT_LE(posting_key(fund, longest, 1).view().size(), RowKey::kBytesMax);
  EXPECT_LE(bordereau_key(fund, longest, 1).view().size(), RowKey::kBytesMax);
  EXPECT_LE(payout_change_key(longest, longest).view().size(), RowKey::kBytesMax);
  EXPECT_LE(review_index_key(longest, kDayMax, 1, 1).view().size(), RowKey::kBytesMax);
  EXPECT_LE(owed_key(fund, longest, 1).view().size(), RowKey::kBytesMax);
  const std::string name(kMessageIdBytesMax, 'M');
  EXPECT_LE(status_file_name_key(fund, name).view().size(), RowKey::kBytesMax);
}

TEST(Keys, OfAnIndexFollowTheOrderOfDaysAndSequences) {
  const auto at = [](Day day, Sequence claim) { return claim_index_key(provider(), day, claim); };
  const RowKey in_order[] = {at(kDayMin, 9),
                             at(day(1969, 12, 31), 9),
                             at(day(1970, 1, 1), 9),
                             at(day(2026, 3, 10), 255),
                             at(day(2026, 3, 10), 256),
                             at(kDayMax, 1)};
  EXPECT_TRUE(std::is_sorted(std::begin(in_order), std::end(in_order)));
  for (const RowKey& key : in_order) {
    EXPECT_TRUE(key.view().starts_with(claim_index_prefix(provider()).view()));
  }
  const auto fund = code<FundCode>("CNAS");
  EXPECT_TRUE(agreement_index_key(fund, 7).view().starts_with(agreement_index_prefix(fund).view()));
  const RowKey posting = posting_key(fund, provider(), 7);
  EXPECT_TRUE(posting.view().starts_with(posting_prefix(fund).view()));
  EXPECT_TRUE(posting.view().starts_with(posting_prefix(fund, provider()).view()));
  EXPECT_TRUE(balance_key(fund, 1).view().starts_with(balance_prefix(fund).view()));
}

TEST(Keys, OfABalanceNameItsAccount) {
  const auto fund = code<FundCode>("CNAS");
  EXPECT_EQ(balance_account(balance_key(fund, 3)), std::uint8_t{3});
  EXPECT_FALSE(balance_account(balance_prefix(fund)));
  EXPECT_FALSE(balance_account(posting_key(fund, provider(), 7)));
}

TEST(Keys, OfAnIndexNameTheirRecord) {
  EXPECT_EQ(indexed_sequence(claim_index_key(provider(), kDayMin, 77)), Sequence{77});
  EXPECT_EQ(indexed_sequence(agreement_index_key(code<FundCode>("CNAS"), 78)), Sequence{78});
  const RowKey posting = posting_key(code<FundCode>("CNAS"), provider(), 79);
  EXPECT_EQ(posting_place(posting),
            (PostingPlace{code<FundCode>("CNAS"), provider(), Sequence{79}}));
  EXPECT_FALSE(indexed_sequence(posting));
  EXPECT_FALSE(posting_place(claim_index_key(provider(), kDayMin, 77)));
  EXPECT_FALSE(posting_place(RowKey(posting.view().substr(0, posting.view().size() - 1))));
  EXPECT_FALSE(indexed_sequence(registration_key(provider())));
  EXPECT_FALSE(indexed_sequence(RowKey("I")));
  EXPECT_FALSE(indexed_sequence(RowKey()));
}

TEST(Keys, OfOneParticipantNeverFallUnderAnothersPrefix) {
  const Participant shorter{Role::kProvider, code<ParticipantId>("16-0045")};
  const Participant other{Role::kCentre, provider().id};
  const RowKey key = claim_index_key(provider(), kDayMin, 1);
  EXPECT_FALSE(key.view().starts_with(claim_index_prefix(shorter).view()));
  EXPECT_FALSE(key.view().starts_with(claim_index_prefix(other).view()));
}

}  // namespace
}  // namespace wasl::test
