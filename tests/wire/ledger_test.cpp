// Requests about the ledger: whose it is, and the pages.

#include <gtest/gtest.h>

#include "core/ledger.hpp"
#include "wire/frame.hpp"
#include "wire/ledger_requests.hpp"
#include "wire/pages.hpp"

namespace wasl::wire {
namespace {

core::ListPostings taken(const v1::Envelope& envelope, const core::Participant& from) {
  const auto answer = test::decode(envelope, from);
  EXPECT_TRUE(answer) << answer.error().sentence;
  return answer ? std::get<core::ListPostings>(answer->commands.front().request)
                : core::ListPostings{};
}

void set_name(v1::ParticipantName& name, v1::Role role, const char* id) {
  name.set_role(role);
  name.set_id(id);
}

TEST(ListPostings, OfAPharmacyAreItsOwn) {
  const core::ListPostings list = taken(test::list_postings(), test::pharmacy());
  EXPECT_EQ(list.fund.view(), "CNAS");
  EXPECT_EQ(list.of, test::pharmacy());
  EXPECT_EQ(list.page, core::kPageMax);
  v1::Envelope others = test::list_postings();
  set_name(*others.mutable_list_postings()->mutable_participant(), v1::PROVIDER, "16-000002");
  EXPECT_EQ(test::verdict(others, test::pharmacy()),
            "participant: to be left out: only your own are given");
  EXPECT_EQ(test::faulty_field(test::list_postings(""), test::pharmacy()), "fund");
}

TEST(ListPostings, OfAFundAreOfItsOwnLedger) {
  const core::ListPostings list = taken(test::list_postings(""), test::fund());
  EXPECT_EQ(list.fund.view(), test::fund().id.view());
  EXPECT_FALSE(list.of);
  const auto other = test::decode(test::list_postings("OTHER"), test::fund());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().refused.code, core::Refusal::kNotPermitted);
  EXPECT_EQ(other.error().sentence, "fund: a fund names itself, or leaves it empty");
}

TEST(ListPostings, OfOneParticipantGoOnBehindItsRecord) {
  v1::Envelope envelope = test::list_postings("");
  v1::ListPostings& given = *envelope.mutable_list_postings();
  set_name(*given.mutable_participant(), v1::CENTRE, "16-C001");
  given.set_after(77);
  const core::ListPostings list = taken(envelope, test::fund());
  EXPECT_EQ(list.of->role, core::Role::kCentre);
  EXPECT_EQ(list.after_of, list.of);
  EXPECT_EQ(list.after, 77U);
  set_name(*given.mutable_after_participant(), v1::CENTRE, "16-C001");
  EXPECT_EQ(taken(envelope, test::fund()).after_of, list.of);
  set_name(*given.mutable_after_participant(), v1::CENTRE, "16-C002");
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "after_participant");
}

TEST(ListPostings, OfAllGoOnBehindAParticipantAndItsRecord) {
  v1::Envelope envelope = test::list_postings("");
  v1::ListPostings& given = *envelope.mutable_list_postings();
  given.set_after_item(2);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "after_item");
  given.clear_after_item();
  given.set_after(77);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "after_participant");
  set_name(*given.mutable_after_participant(), v1::PROVIDER, "16-000002");
  EXPECT_EQ(taken(envelope, test::fund()).after_of->id.view(), "16-000002");
  given.mutable_after_participant()->set_role(v1::ROLE_UNSPECIFIED);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "after_participant.role");
  set_name(*given.mutable_after_participant(), v1::PROVIDER, "");
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "after_participant.id");
  given.set_after(0);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "after_participant");
}

TEST(ListPostings, HaveAtMostAHundredSetsOnAPage) {
  v1::Envelope envelope = test::list_postings();
  envelope.mutable_list_postings()->set_page_size(100);
  EXPECT_EQ(test::verdict(envelope, test::pharmacy()), "taken");
  envelope.mutable_list_postings()->set_page_size(101);
  EXPECT_EQ(test::faulty_field(envelope, test::pharmacy()), "page_size");
}

TEST(BalancesPage, NamesTheAccounts) {
  const auto fund = *core::FundCode::make("CNAS");
  core::Listed listed;
  listed.deed = core::Deed::kListBalances;
  listed.rows = {{core::balance_key(fund, 1), core::encode_balance({.debit = 9, .credit = 4})},
                 {core::balance_key(fund, 2), core::encode_balance({.debit = 4, .credit = 9})}};
  const v1::Envelope envelope = test::page_of(listed);
  ASSERT_EQ(envelope.balances_page().balances_size(), 2);
  EXPECT_EQ(envelope.balances_page().balances(0).account(), v1::BENEFITS_EXPENSE);
  EXPECT_EQ(envelope.balances_page().balances(0).debit_cents(), 9U);
  EXPECT_EQ(envelope.balances_page().balances(1).account(), v1::APPROVED_NOT_ACCEPTED);
  EXPECT_EQ(envelope.balances_page().balances(1).credit_cents(), 9U);
}

TEST(PostingsPage, NamesWhoseTheyAre) {
  const core::Instant at{std::chrono::milliseconds{1'773'129'600'000}};
  const core::PostedClaim claim{
      .claim = 17, .kind = core::ClaimKind::kThirdParty, .insurer = core::Cents{96'000}};
  core::Listed listed;
  listed.deed = core::Deed::kListPostings;
  listed.more = true;
  listed.rows = {{core::posting_key(*core::FundCode::make("CNAS"), test::pharmacy(), 18),
                  core::encode_postings(core::reversal_postings(claim, at))}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::PostingSet& set = envelope.postings_page().sets(0);
  EXPECT_EQ(set.sequence(), 18U);
  EXPECT_EQ(set.claim_id(), 17U);
  EXPECT_EQ(set.cause(), v1::REVERSAL);
  EXPECT_EQ(set.posted_at_ms(), 1'773'129'600'000);
  EXPECT_EQ(set.participant().role(), v1::PROVIDER);
  EXPECT_EQ(set.participant().id(), test::pharmacy().id.view());
  EXPECT_EQ(set.postings(0).credit_cents(), 96'000);
  EXPECT_EQ(set.postings(1).debit_cents(), 96'000);
  EXPECT_EQ(envelope.postings_page().next_after(), 18U);
  EXPECT_EQ(envelope.postings_page().next_participant().id(), test::pharmacy().id.view());
  v1::Envelope next = test::list_postings();
  next.mutable_list_postings()->set_after(envelope.postings_page().next_after());
  *next.mutable_list_postings()->mutable_after_participant() =
      envelope.postings_page().next_participant();
  EXPECT_EQ(test::verdict(next, test::pharmacy()), "taken") << "what a page gives is sent back";
}

TEST(PostingsPage, NamesWhatAProviderOwesBack) {
  const core::PostedClaim claim{
      .claim = 17, .kind = core::ClaimKind::kThirdParty, .insurer = core::Cents{6'000}};
  core::Listed listed;
  listed.deed = core::Deed::kListPostings;
  listed.rows = {{core::posting_key(*core::FundCode::make("CNAS"), test::pharmacy(), 18),
                  core::encode_postings(core::reduction_postings(claim, 3, true, {}))}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::PostingSet& set = envelope.postings_page().sets(0);
  EXPECT_EQ(set.cause(), v1::REDUCTION);
  EXPECT_EQ(set.bordereau(), 3U);
  EXPECT_EQ(set.postings(0).account(), v1::BENEFITS_EXPENSE);
  EXPECT_EQ(set.postings(1).account(), v1::RECEIVABLE);
  EXPECT_EQ(set.postings(1).debit_cents(), 6'000);
}

TEST(PostingsPage, NamesThePayoutThatMovedMoney) {
  core::Payout payout;
  payout.fund = *core::FundCode::make("CNAS");
  payout.id = {.run = 95, .number = 2};
  payout.payee = test::pharmacy();
  core::Listed listed;
  listed.deed = core::Deed::kListPostings;
  listed.rows = {
      {core::posting_key(payout.fund, test::pharmacy(), 99),
       core::encode_postings(core::export_postings(payout, core::Cents{500}, core::Instant{}))}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::PostingSet& set = envelope.postings_page().sets(0);
  EXPECT_EQ(set.cause(), v1::EXPORT);
  EXPECT_EQ(set.payout_run(), 95U);
  EXPECT_EQ(set.payout_number(), 2U);
  EXPECT_EQ(set.claim_id(), 0U);
  EXPECT_EQ(set.postings(1).account(), v1::BANK_CLEARING);
  EXPECT_EQ(set.postings(1).credit_cents(), 500);
}

}  // namespace
}  // namespace wasl::wire
