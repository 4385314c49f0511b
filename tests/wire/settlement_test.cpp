// Settlement runs as they travel.

#include <gtest/gtest.h>

#include "core/codec.hpp"
#include "wire/answer_body.hpp"
#include "wire/bank_requests.hpp"
#include "wire/client.hpp"
#include "wire/pages.hpp"

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
  const auto to_bank = test::decode(test::export_run(), test::fund_clerk());
  ASSERT_TRUE(to_bank) << to_bank.error().sentence;
  EXPECT_EQ(std::get<core::ExportRun>(to_bank->commands.front().request),
            (core::ExportRun{77, 500}));
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
  v1::Envelope to_bank = test::export_run();
  to_bank.mutable_export_run()->set_run(0);
  EXPECT_EQ(faulty(to_bank), "run");
  to_bank = test::export_run();
  to_bank.mutable_export_run()->set_payouts_per_file(0);
  EXPECT_EQ(faulty(to_bank), "payouts_per_file");
  to_bank.mutable_export_run()->set_payouts_per_file(10'001);
  EXPECT_EQ(faulty(to_bank), "payouts_per_file");
  to_bank.mutable_export_run()->set_payouts_per_file(10'000);
  EXPECT_EQ(faulty(to_bank), "taken");
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
      .to = {{.account = "00799999002345678941", .name = {}}},
      .withheld = {core::Cents{}}};
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

TEST(RunAnswer, OfAStepCountsWhatTheBankIsToPay) {
  const auto other = test::participant(core::Role::kProvider, "16-000002");
  core::Command command;
  command.request = core::CollectRun{77};
  command.owed = core::OwedPage{
      .after = "",
      .owed = {owed_to(other, 500), owed_to(test::pharmacy(), 700), owed_to(test::pharmacy(), 800)},
      .more = false};
  const core::CollectDecision decision{
      .reason = core::Reason::kNone,
      .state = core::RunState::kProposed,
      .verdicts = {core::OwedVerdict::kOwesMore, core::OwedVerdict::kTaken,
                   core::OwedVerdict::kTaken},
      .to = {{.account = "00799999002345678941", .name = {}}},
      .withheld = {core::Cents{600}}};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  const auto body = read_body(bytes);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->run().payouts(), 1U);
  EXPECT_EQ(body->run().amount_cents(), 700 + 800 - 600);
  ASSERT_EQ(body->run().left_out_size(), 1);
  EXPECT_EQ(body->run().left_out(0).why(), v1::LeftOut::OWES_MORE);
  EXPECT_EQ(body->run().left_out(0).payee().provider().id(), other.id.view());
  EXPECT_EQ(body->run().left_out(0).amount_cents(), 500);
}

TEST(RunAnswer, OfAProposalNamesTheRunByItsRecord) {
  core::Command command;
  command.request = core::ProposeRun{};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, core::RunDecision{}, 99, bytes);
  EXPECT_EQ(read_body(bytes)->run().run(), 99U);
}

TEST(RunAnswer, SaysWhoseAccountSentAPayoutBack) {
  core::Command command;
  command.request = core::CollectRun{77};
  command.owed = core::OwedPage{.after = "", .owed = {owed_to(person(), 500)}, .more = false};
  core::CollectDecision decision;
  decision.verdicts = {core::OwedVerdict::kCameBack};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  EXPECT_EQ(read_body(bytes)->run().left_out(0).why(), v1::LeftOut::CAME_BACK);
}

TEST(RunAnswer, OfAnExportSaysHowManyPayoutsWentToTheBank) {
  core::Command command;
  command.request = core::ExportRun{77, 500};
  core::ExportDecision decision{.reason = core::Reason::kNone,
                                .state = core::RunState::kExported,
                                .payouts = 3,
                                .from = std::nullopt};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  const auto exported = read_body(bytes);
  EXPECT_EQ(exported->run().run(), 77U);
  EXPECT_EQ(exported->run().state(), v1::RUN_EXPORTED);
  EXPECT_EQ(exported->run().payouts(), 3U);
  decision.reason = core::Reason::kFundAccountMissing;
  bytes.clear();
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  const auto refused = read_body(bytes);
  EXPECT_EQ(refused->run().reason(), v1::FUND_ACCOUNT_MISSING);
  EXPECT_EQ(refused->run().remedy(), v1::CORRECT_AND_RESUBMIT);
  EXPECT_EQ(refused->run().run(), 0U);
}

// Whoever asked for a language gets the words of a reason, also of a run's and a status file's.
TEST(RunAnswer, ThatRefusesIsPutInWords) {
  for (const v1::Reason reason : {v1::RUN_NOT_IN_THIS_STATE, v1::STATUS_FILE_OPEN}) {
    v1::AnswerBody body;
    if (reason == v1::STATUS_FILE_OPEN) {
      body.mutable_status_file()->set_reason(reason);
    } else {
      body.mutable_run()->set_reason(reason);
    }
    core::Answered answered;
    answered.body = body.SerializeAsString();
    std::string frame;
    encode_reply({.correlation_id = 42,
                  .journal = {},
                  .languages = 1U << static_cast<unsigned>(core::Language::kFrench)},
                 answered, frame);
    v1::Envelope envelope;
    ASSERT_TRUE(envelope.ParseFromString(frame.substr(kFrameHeaderBytes)));
    ASSERT_EQ(envelope.answer().texts_size(), 1);
    EXPECT_EQ(envelope.answer().texts(0).reason(), reason);
    EXPECT_FALSE(envelope.answer().texts(0).meaning().empty());
  }
}

TEST(OwedPage, SaysWhatCameBackAndWhetherTheAccountIsAtFault) {
  for (const bool at_fault : {false, true}) {
    core::Owed owed = owed_to(person(), 500);
    owed.item.came_back = core::CameBack{.payout = {.run = 77, .number = 3},
                                         .account = at_fault ? "00799999002345678941" : ""};
    const v1::Envelope envelope = test::page_of(test::page_with(
        core::Deed::kListOwed, core::owed_key(fund(), owed.payee, owed.item.record), owed));
    const v1::Owed& shown = envelope.owed_page().owed(0);
    EXPECT_EQ(shown.came_back(), "CNAS-77-3");
    EXPECT_EQ(shown.account_must_change(), at_fault);
  }
}

TEST(OwedPage, NamesPayeeRecordAndAmount) {
  const core::Owed owed = owed_to(test::pharmacy(), 700);
  const v1::Envelope envelope = test::page_of(test::page_with(
      core::Deed::kListOwed, core::owed_key(fund(), owed.payee, owed.item.record), owed));
  const v1::OwedPage& page = envelope.owed_page();
  EXPECT_EQ(page.owed(0).amount_cents(), 700);
  EXPECT_EQ(page.owed(0).bordereau(), 12U);
  EXPECT_EQ(page.owed(0).came_back(), "");
  EXPECT_FALSE(page.owed(0).account_must_change());
  EXPECT_EQ(page.next_after().provider().id(), test::pharmacy().id.view());
  EXPECT_EQ(page.next_after_record(), 70U);
}

TEST(OwedPage, SaysSinceWhenAndByWhichDay) {
  core::Owed owed = owed_to(test::pharmacy(), 700);
  const auto shown = [&] {
    const v1::Envelope envelope = test::page_of(test::page_with(
        core::Deed::kListOwed, core::owed_key(fund(), owed.payee, owed.item.record), owed));
    return envelope.owed_page().owed(0);
  };
  EXPECT_EQ(shown().since_ms(), 0);
  EXPECT_EQ(shown().due(), "");
  owed.item.since = core::Instant{std::chrono::milliseconds{1'773'129'600'000}};
  owed.item.due = *core::parse_day("2026-03-25");
  EXPECT_EQ(shown().since_ms(), 1'773'129'600'000);
  EXPECT_EQ(shown().due(), "2026-03-25");
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
      test::page_of(test::page_with(core::Deed::kListRuns, core::run_key(fund(), 77), run));
  const v1::SettlementRun& shown = envelope.runs_page().runs(0);
  EXPECT_EQ(shown.state(), v1::RUN_APPROVED);
  EXPECT_EQ(shown.proposed_by(), "001");
  EXPECT_EQ(shown.approved_by(), "002");
  EXPECT_EQ(shown.total_cents(), 123'456);
  EXPECT_EQ(shown.exported_by(), "");
  EXPECT_EQ(shown.payouts_per_file(), 0U);
  EXPECT_EQ(envelope.runs_page().next_after(), 77U);
}

TEST(RunsPage, SaysWhatItsBankFilesAreMadeOf) {
  core::SettlementRun run;
  run.fund = fund();
  run.id = 77;
  run.state = core::RunState::kExporting;
  run.proposed_by = *core::OperatorId::make("001");
  run.approved_by = *core::OperatorId::make("002");
  run.payouts = 70;
  run.exported = core::RunExport{.by = *core::OperatorId::make("003"),
                                 .at = core::Instant{std::chrono::milliseconds{1'773'129'600'000}},
                                 .account = "00799999002345678941",
                                 .name = "Caisse",
                                 .payouts_per_file = 500,
                                 .payouts = 60};
  const v1::Envelope envelope =
      test::page_of(test::page_with(core::Deed::kListRuns, core::run_key(fund(), 77), run));
  const v1::SettlementRun& shown = envelope.runs_page().runs(0);
  EXPECT_EQ(shown.state(), v1::RUN_EXPORTING);
  EXPECT_EQ(shown.exported_by(), "003");
  EXPECT_EQ(shown.exported_at_ms(), 1'773'129'600'000);
  EXPECT_EQ(shown.debtor_account(), "00799999002345678941");
  EXPECT_EQ(shown.debtor_name(), "Caisse");
  EXPECT_EQ(shown.payouts_per_file(), 500U);
  EXPECT_EQ(shown.exported(), 60U);
}

core::Payout payout(std::uint32_t number) {
  return {.fund = fund(),
          .id = {.run = 77, .number = number},
          .payee = test::pharmacy(),
          .to = {.account = "00799999002345678941", .name = "Pharmacie"},
          .amount = core::Cents{500},
          .withheld = {},
          .items = {owed_to(test::pharmacy(), 500).item},
          .state = core::PayoutState::kTaken,
          .bank = std::nullopt};
}

TEST(PayoutsPage, HidesTheAccount) {
  const core::Payout payout = wire::payout(3);
  const v1::Envelope envelope = test::page_of(
      test::page_with(core::Deed::kListPayouts, core::payout_key(fund(), payout.id), payout));
  const v1::Payout& shown = envelope.payouts_page().payouts(0);
  EXPECT_EQ(shown.number(), 3U);
  EXPECT_EQ(shown.payout_account(), "****************8941");
  EXPECT_EQ(shown.items(), 1U);
  EXPECT_EQ(shown.state(), v1::PAYOUT_TAKEN);
  EXPECT_EQ(shown.end_to_end_id(), "CNAS-77-3");
  EXPECT_EQ(shown.bank_word(), v1::BANK_WORD_UNSPECIFIED);
  EXPECT_EQ(envelope.payouts_page().next_after(), 3U);
}

TEST(PayoutsPage, TellsWhatIsWithheld) {
  core::Payout payout = wire::payout(3);
  payout.amount = core::Cents{300};
  payout.withheld = core::Cents{200};
  const v1::Envelope envelope = test::page_of(
      test::page_with(core::Deed::kListPayouts, core::payout_key(fund(), payout.id), payout));
  EXPECT_EQ(envelope.payouts_page().payouts(0).amount_cents(), 300);
  EXPECT_EQ(envelope.payouts_page().payouts(0).withheld_cents(), 200);
}

TEST(PayoutsPage, TellsWhatTheBankSaidLast) {
  core::Payout payout = wire::payout(3);
  payout.state = core::PayoutState::kReturned;
  payout.bank = core::BankStatus{.word = core::BankWord::kRejected, .reason = "AC04", .file = 90};
  const v1::Envelope envelope = test::page_of(
      test::page_with(core::Deed::kListPayouts, core::payout_key(fund(), payout.id), payout));
  const v1::Payout& shown = envelope.payouts_page().payouts(0);
  EXPECT_EQ(shown.state(), v1::PAYOUT_RETURNED);
  EXPECT_EQ(shown.bank_word(), v1::BANK_REJECTED);
  EXPECT_EQ(shown.bank_reason(), "AC04");
  EXPECT_EQ(shown.status_file(), 90U);
}

}  // namespace
}  // namespace wasl::wire
