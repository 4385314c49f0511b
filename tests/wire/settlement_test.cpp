// Settlement runs as they travel.

#include <gtest/gtest.h>

#include "core/codec.hpp"
#include "wire/answer_body.hpp"
#include "wire/client.hpp"
#include "wire/pages.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

core::FundCode fund() { return *core::FundCode::make("CNAS"); }

core::Owed owed_to(core::Payee payee, std::int64_t cents) {
  core::Owed owed{.fund = fund(), .payee = payee, .item = {}};
  owed.item.record = 70;
  owed.item.amount = core::Cents{cents};
  if (std::holds_alternative<core::Participant>(payee)) {
    owed.item.of = core::AcceptedItem{.bordereau = 12};
  } else {
    owed.item.of = core::RefundItem{.centre = test::centre(), .request_id = {}};
  }
  return owed;
}

core::InsuredNumber person() { return *core::InsuredNumber::make("1600123456"); }

template <typename RowType>
core::Listed page_with(core::Deed deed, const core::RowKey& key, const RowType& row) {
  core::Listed listed;
  listed.deed = deed;
  listed.more = true;
  std::string bytes;
  core::encode_row(row, bytes);
  listed.rows = {{key, bytes}};
  return listed;
}

TEST(RunRequests, SayWhatTheyAskOfWhichRun) {
  const auto propose = test::decode(test::propose_run(), test::fund_clerk());
  ASSERT_TRUE(propose) << propose.error().sentence;
  EXPECT_EQ(propose->commands.front().from, test::fund());
  const auto& asked = std::get<core::ProposeRun>(propose->commands.front().request);
  EXPECT_EQ(core::to_text(asked.value_date), "2026-03-25");
  EXPECT_EQ(asked.minimum, core::Cents{10'000});
  const auto approve = test::decode(test::approve_run(), test::fund_clerk());
  ASSERT_TRUE(approve) << approve.error().sentence;
  EXPECT_EQ(std::get<core::ApproveRun>(approve->commands.front().request),
            (core::ApproveRun{77, 2, core::Cents{123'456}}));
}

TEST(RunRequests, AreMalformedOutsideTheirBounds) {
  const auto faulty = [](v1::Envelope envelope) {
    return test::faulty_field(envelope, test::fund_clerk());
  };
  v1::Envelope propose = test::propose_run();
  propose.mutable_propose_run()->set_minimum_cents(-1);
  EXPECT_EQ(faulty(propose), "minimum_cents");
  propose = test::propose_run();
  propose.mutable_propose_run()->set_value_date("2026-02-30");
  EXPECT_EQ(faulty(propose), "value_date");
  v1::Envelope collect = test::collect_run();
  collect.mutable_collect_run()->set_run(0);
  EXPECT_EQ(faulty(collect), "run");
  v1::Envelope approve = test::approve_run();
  approve.mutable_approve_run()->set_payouts(0);
  EXPECT_EQ(faulty(approve), "payouts");
  v1::Envelope owed = test::list_owed();
  owed.mutable_list_owed()->mutable_after()->set_insured_number("1600123456");
  EXPECT_EQ(faulty(owed), "after_record");
}

TEST(RunAnswer, OfAStepSaysWhatItTookAndWhomItLeftOut) {
  core::Command command;
  command.request = core::CollectRun{77};
  command.owed = core::OwedPage{.after = "",
                                .owed = {owed_to(person(), 500), owed_to(test::pharmacy(), 700),
                                         owed_to(test::pharmacy(), 800)},
                                .more = false};
  const core::CollectDecision decision{
      .reason = core::Reason::kNone,
      .state = core::RunState::kProposed,
      .verdicts = {core::OwedVerdict::kNoAccount, core::OwedVerdict::kTaken,
                   core::OwedVerdict::kGone},
      .accounts = {"00799999002345678941"}};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  const auto body = read_body(bytes);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->run().run(), 77U);
  EXPECT_EQ(body->run().state(), v1::RUN_PROPOSED);
  EXPECT_EQ(body->run().payouts(), 1U);
  EXPECT_EQ(body->run().amount_cents(), 700);
  ASSERT_EQ(body->run().left_out_size(), 1);
  EXPECT_EQ(body->run().left_out(0).why(), v1::LeftOut::NO_ACCOUNT);
  EXPECT_EQ(body->run().left_out(0).payee().insured_number(), "1600123456");
}

TEST(RunAnswer, OfAProposalNamesTheRunByItsRecord) {
  core::Command command;
  command.request = core::ProposeRun{};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, core::RunDecision{}, 99, bytes);
  EXPECT_EQ(read_body(bytes)->run().run(), 99U);
}

TEST(OwedPage, NamesPayeeRecordAndAmount) {
  const core::Owed owed = owed_to(test::pharmacy(), 700);
  const v1::Envelope envelope = test::page_of(
      page_with(core::Deed::kListOwed, core::owed_key(fund(), owed.payee, owed.item.record), owed));
  const v1::OwedPage& page = envelope.owed_page();
  EXPECT_EQ(page.owed(0).amount_cents(), 700);
  EXPECT_EQ(page.owed(0).bordereau(), 12U);
  EXPECT_EQ(page.next_after().provider().id(), test::pharmacy().id.view());
  EXPECT_EQ(page.next_after_record(), 70U);
}

TEST(RunsPage, SaysWhoDidWhat) {
  core::SettlementRun run;
  run.fund = fund();
  run.id = 77;
  run.state = core::RunState::kApproved;
  run.proposed_by = *core::OperatorId::make("001");
  run.approved_by = *core::OperatorId::make("002");
  run.payouts = 2;
  run.total = core::Cents{123'456};
  const v1::Envelope envelope =
      test::page_of(page_with(core::Deed::kListRuns, core::run_key(fund(), 77), run));
  const v1::SettlementRun& shown = envelope.runs_page().runs(0);
  EXPECT_EQ(shown.state(), v1::RUN_APPROVED);
  EXPECT_EQ(shown.proposed_by(), "001");
  EXPECT_EQ(shown.approved_by(), "002");
  EXPECT_EQ(shown.total_cents(), 123'456);
  EXPECT_EQ(envelope.runs_page().next_after(), 77U);
}

TEST(PayoutsPage, HidesTheAccount) {
  const core::Payout payout{.fund = fund(),
                            .id = {.run = 77, .number = 3},
                            .payee = person(),
                            .account = "00799999002345678941",
                            .amount = core::Cents{500},
                            .items = {owed_to(person(), 500).item}};
  const v1::Envelope envelope = test::page_of(
      page_with(core::Deed::kListPayouts, core::payout_key(fund(), payout.id), payout));
  const v1::Payout& shown = envelope.payouts_page().payouts(0);
  EXPECT_EQ(shown.number(), 3U);
  EXPECT_EQ(shown.payout_account(), "****************8941");
  EXPECT_EQ(shown.items(), 1U);
  EXPECT_EQ(envelope.payouts_page().next_after(), 3U);
}

}  // namespace
}  // namespace wasl::wire
