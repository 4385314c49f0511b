// A fund's business day as it travels.

#include "core/reconciliation.hpp"

#include <gtest/gtest.h>

#include "wire/answer_body.hpp"
#include "wire/frame.hpp"
#include "wire/ledger_requests.hpp"
#include "wire/pages.hpp"

namespace wasl::wire {
namespace {

core::FundCode fund() { return *core::FundCode::make("CNAS"); }
core::Day date() { return *core::parse_day("2026-03-10"); }

core::Reconcile taken(const v1::Envelope& envelope, const core::Participant& from) {
  const auto answer = test::decode(envelope, from);
  EXPECT_TRUE(answer) << answer.error().sentence;
  return answer ? std::get<core::Reconcile>(answer->commands.front().request) : core::Reconcile{};
}

void name_pharmacy(v1::ParticipantName& name) {
  name.set_role(v1::PROVIDER);
  name.set_id("16-004512");
}

TEST(Reconcile, OfAPharmacyOrCentreIsOfItself) {
  for (const core::Participant& sender : {test::pharmacy(), test::centre(), test::clerk()}) {
    const core::Reconcile asked = taken(test::reconcile(), sender);
    EXPECT_EQ(asked.fund, fund());
    EXPECT_EQ(asked.date, date());
    EXPECT_EQ(asked.of, sender == test::pharmacy() ? test::pharmacy() : test::centre());
    EXPECT_FALSE(asked.own);
    EXPECT_EQ(asked.page, core::kPageMax);
    v1::Envelope others = test::reconcile();
    name_pharmacy(*others.mutable_reconcile()->mutable_participant());
    EXPECT_EQ(test::faulty_field(others, sender), "participant");
    others = test::reconcile();
    name_pharmacy(*others.mutable_reconcile()->mutable_after());
    EXPECT_EQ(test::faulty_field(others, sender), "after");
    others = test::reconcile();
    others.mutable_reconcile()->clear_fund();
    EXPECT_EQ(test::faulty_field(others, sender), "fund");
  }
}

TEST(Reconcile, BringsWhatThePharmacyCounted) {
  const core::Reconcile asked = taken(test::reconcile_own(), test::pharmacy());
  EXPECT_EQ(asked.own,
            (core::OwnTotals{.authorised = {.count = 3, .amount = core::Cents{300'000}},
                             .reversed = {.count = 1, .amount = core::Cents{96'000}},
                             .presented = {.count = 2, .amount = core::Cents{204'000}}}));
  v1::Envelope nothing = test::reconcile();
  nothing.mutable_reconcile()->mutable_own();
  EXPECT_EQ(taken(nothing, test::pharmacy()).own, core::OwnTotals{});
}

TEST(Reconcile, OfAFundIsOfAllOrOfOne) {
  for (const core::Participant& sender : {test::fund(), test::fund_clerk()}) {
    v1::Envelope envelope = test::reconcile();
    v1::Reconcile& given = *envelope.mutable_reconcile();
    given.clear_fund();
    core::Reconcile asked = taken(envelope, sender);
    EXPECT_EQ(asked.fund, fund());
    EXPECT_FALSE(asked.of);
    EXPECT_FALSE(asked.after);
    name_pharmacy(*given.mutable_after());
    asked = taken(envelope, sender);
    EXPECT_EQ(asked.after, test::pharmacy());
    name_pharmacy(*given.mutable_participant());
    EXPECT_EQ(test::faulty_field(envelope, sender), "after");
    given.clear_after();
    EXPECT_EQ(taken(envelope, sender).of, test::pharmacy());
    given.mutable_own();
    EXPECT_EQ(test::faulty_field(envelope, sender), "own");
  }
}

TEST(Reconcile, OfAnotherFundIsNotPermittedToAFund) {
  v1::Envelope envelope = test::reconcile();
  envelope.mutable_reconcile()->set_fund("CASNOS");
  const auto answer = test::decode(envelope, test::fund());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().refused.code, core::Refusal::kNotPermitted);
}

TEST(Reconcile, IsMalformedOutsideItsBounds) {
  const auto broken = [](auto change) {
    v1::Envelope envelope = test::reconcile_own();
    change(*envelope.mutable_reconcile());
    return test::faulty_field(envelope, test::pharmacy());
  };
  EXPECT_EQ(broken([](auto& it) { it.clear_date(); }), "date");
  EXPECT_EQ(broken([](auto& it) { it.set_date("2026-02-30"); }), "date");
  EXPECT_EQ(broken([](auto& it) { it.set_page_size(101); }), "page_size");
  EXPECT_EQ(broken([](auto& it) { it.mutable_own()->mutable_authorised()->set_amount_cents(-1); }),
            "own.authorised.amount_cents");
  const auto presented = [&](std::int64_t amount_cents) {
    return broken(
        [&](auto& it) { it.mutable_own()->mutable_presented()->set_amount_cents(amount_cents); });
  };
  EXPECT_EQ(presented(core::kRunAmountMax.value), "taken");
  EXPECT_EQ(presented(core::kRunAmountMax.value + 1), "own.presented.amount_cents");
}

core::Tally tally(std::uint64_t count, std::int64_t cents) {
  return {.count = count, .amount = core::Cents{cents}};
}

// Each movement is of another amount.
core::DayAccount account() {
  return {.opening = core::Cents{-40},
          .day = {.authorised = tally(3, 300'000),
                  .reversed = tally(1, 96'000),
                  .presented = tally(2, 204'000),
                  .accepted = tally(1, 200'000),
                  .rejected = tally(1, 4'000),
                  .reduced = tally(1, 6'000),
                  .exported = tally(2, 90'000),
                  .paid = tally(1, 80'000),
                  .returned = tally(1, 10'000),
                  .returned_paid = tally(1, 5'000)},
          .closing = core::Cents{118'960}};
}

core::Listed day_page() {
  core::Listed listed;
  listed.deed = core::Deed::kReconcile;
  listed.rows = {{core::business_day_index_key(fund(), date()),
                  core::encode_day_range({.since = 70, .until = 99})}};
  return listed;
}

void add_account(core::Listed& listed, const core::Participant& of,
                 const core::DayAccount& account) {
  listed.rows.emplace_back(core::posting_prefix(fund(), of), core::encode_day_account(account));
}

TEST(ReconciliationPage, ShowsTheDayOfEachParticipant) {
  core::Listed listed = day_page();
  add_account(listed, test::pharmacy(), account());
  core::DayAccount wrong = account();
  wrong.closing = core::Cents{118'961};
  add_account(listed, test::centre(), wrong);
  const v1::Envelope envelope = test::page_of(listed);
  const v1::ReconciliationPage& page = envelope.reconciliation_page();
  EXPECT_TRUE(page.known());
  EXPECT_EQ(page.since(), 70U);
  EXPECT_EQ(page.until(), 99U);
  EXPECT_FALSE(page.has_next_after());
  EXPECT_EQ(page.differences_size(), 0);
  ASSERT_EQ(page.accounts_size(), 2);
  const v1::DayAccount& shown = page.accounts(0);
  EXPECT_EQ(shown.participant().role(), v1::PROVIDER);
  EXPECT_EQ(shown.participant().id(), test::pharmacy().id.view());
  EXPECT_EQ(shown.opening_cents(), -40);
  EXPECT_EQ(shown.authorised().count(), 3U);
  EXPECT_EQ(shown.authorised().amount_cents(), 300'000);
  EXPECT_EQ(shown.reversed().amount_cents(), 96'000);
  EXPECT_EQ(shown.presented().amount_cents(), 204'000);
  EXPECT_EQ(shown.accepted().amount_cents(), 200'000);
  EXPECT_EQ(shown.rejected().amount_cents(), 4'000);
  EXPECT_EQ(shown.reduced().amount_cents(), 6'000);
  EXPECT_EQ(shown.exported().amount_cents(), 90'000);
  EXPECT_EQ(shown.paid().amount_cents(), 80'000);
  EXPECT_EQ(shown.returned().amount_cents(), 10'000);
  EXPECT_EQ(shown.returned_paid().amount_cents(), 5'000);
  EXPECT_EQ(shown.closing_cents(), 118'960);
  EXPECT_TRUE(shown.in_balance());
  EXPECT_EQ(page.accounts(1).participant().role(), v1::CENTRE);
  EXPECT_FALSE(page.accounts(1).in_balance());
}

TEST(ReconciliationPage, OfADayThatGoesOnHasNoEnd) {
  core::Listed listed = day_page();
  listed.rows[0].second = core::encode_day_range({.since = 70, .until = std::nullopt});
  const v1::Envelope envelope = test::page_of(listed);
  EXPECT_TRUE(envelope.reconciliation_page().known());
  EXPECT_EQ(envelope.reconciliation_page().until(), 0U);
}

TEST(ReconciliationPage, GoesOnBehindItsLastParticipant) {
  core::Listed listed = day_page();
  add_account(listed, test::pharmacy(), account());
  listed.more = true;
  const v1::Envelope envelope = test::page_of(listed);
  EXPECT_EQ(envelope.reconciliation_page().next_after().id(), test::pharmacy().id.view());
}

TEST(ReconciliationPage, SaysWhereThePharmacyCountedOtherwise) {
  core::Listed listed = day_page();
  add_account(listed, test::pharmacy(), account());
  listed.own = core::OwnTotals{.authorised = tally(3, 300'000),
                               .reversed = tally(1, 96'000),
                               .presented = tally(2, 204'000)};
  v1::Envelope envelope = test::page_of(listed);
  EXPECT_EQ(envelope.reconciliation_page().differences_size(), 0);
  listed.own->reversed.count = 2;
  listed.own->presented.amount = core::Cents{204'001};
  envelope = test::page_of(listed);
  const v1::ReconciliationPage& page = envelope.reconciliation_page();
  ASSERT_EQ(page.differences_size(), 2);
  EXPECT_EQ(page.differences(0).which(), v1::TotalDiffers::REVERSED);
  EXPECT_EQ(page.differences(0).own().count(), 2U);
  EXPECT_EQ(page.differences(0).held().count(), 1U);
  EXPECT_EQ(page.differences(1).which(), v1::TotalDiffers::PRESENTED);
  EXPECT_EQ(page.differences(1).own().amount_cents(), 204'001);
  EXPECT_EQ(page.differences(1).held().amount_cents(), 204'000);
}

TEST(ReconciliationPage, HoldsNothingOfWhomNothingWasPosted) {
  core::Listed listed = day_page();
  listed.own = core::OwnTotals{};
  v1::Envelope envelope = test::page_of(listed);
  EXPECT_EQ(envelope.reconciliation_page().differences_size(), 0);
  listed.own->authorised = tally(1, 96'000);
  envelope = test::page_of(listed);
  const v1::ReconciliationPage& page = envelope.reconciliation_page();
  EXPECT_EQ(page.accounts_size(), 0);
  ASSERT_EQ(page.differences_size(), 1);
  EXPECT_EQ(page.differences(0).which(), v1::TotalDiffers::AUTHORISED);
  EXPECT_EQ(page.differences(0).held().count(), 0U);
}

TEST(ReconciliationPage, OfAnUnknownDayComparesNothing) {
  core::Listed listed;
  listed.deed = core::Deed::kReconcile;
  listed.own = core::OwnTotals{.authorised = tally(1, 1), .reversed = {}, .presented = {}};
  const v1::Envelope envelope = test::page_of(listed);
  EXPECT_FALSE(envelope.reconciliation_page().known());
  EXPECT_EQ(envelope.reconciliation_page().differences_size(), 0);
}

TEST(ReconciliationPage, TheLongestFitsAFrame) {
  const core::Tally most = tally(UINT64_MAX, core::kRunAmountMax.value);
  const core::DayAccount longest{.opening = core::Cents{-1},
                                 .day = {.authorised = most,
                                         .reversed = most,
                                         .presented = most,
                                         .accepted = most,
                                         .rejected = most,
                                         .reduced = most,
                                         .exported = most,
                                         .paid = most,
                                         .returned = most,
                                         .returned_paid = most},
                                 .closing = core::Cents{-1}};
  core::Listed listed = day_page();
  for (std::size_t i = 0; i < core::kPageMax; ++i) {
    const std::string id = "123456789012345678901" + std::to_string(i + 100);
    add_account(listed, test::participant(core::Role::kProvider, id), longest);
  }
  listed.more = true;
  listed.own = core::OwnTotals{};
  EXPECT_LE(test::page_of(listed).ByteSizeLong(), kFrameBytesMax);
}

TEST(AdvanceBusinessDay, StoresNoAnswer) {
  core::Command command;
  command.request = core::AdvanceBusinessDay{.fund = fund(), .date = date()};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, core::PlainDecision{}, 99, bytes);
  EXPECT_TRUE(bytes.empty());
}

}  // namespace
}  // namespace wasl::wire
