// How an export and a status file are sent, step by step, to a switch that answers as told.

#include "cli/settle_steps.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <utility>

#include "core/status_file.hpp"

namespace wasl::cli {
namespace {

using Lines = std::vector<std::string>;

v1::AnswerBody run_answer(v1::RunState state, std::uint32_t payouts) {
  v1::AnswerBody body;
  body.mutable_run()->set_run(7);
  body.mutable_run()->set_state(state);
  body.mutable_run()->set_payouts(payouts);
  return body;
}

v1::AnswerBody file_answer(v1::StatusFileState state, std::uint32_t parts = 0) {
  v1::AnswerBody body;
  body.mutable_status_file()->set_file(51);
  body.mutable_status_file()->set_state(state);
  body.mutable_status_file()->set_parts(parts);
  return body;
}

v1::AnswerBody refused(v1::Reason reason) {
  v1::AnswerBody body;
  body.mutable_status_file()->set_reason(reason);
  return body;
}

v1::AnswerBody wrong_part(v1::StatusFileState state, std::uint32_t number) {
  v1::AnswerBody body = file_answer(state);
  v1::WrongStatus& wrong = *body.mutable_status_file()->add_wrong();
  wrong.set_run(7);
  wrong.set_number(number);
  wrong.set_why(v1::WrongStatus::UNKNOWN);
  return body;
}

// Gives the answers in their order and notes what was asked.
struct Switch {
  std::deque<v1::AnswerBody> answers;
  Lines asked{};

  StepSender sender() {
    return {.me = {core::Role::kFundOperator, *core::ParticipantId::make("CNAS:007")},
            .submit = [this](const v1::Envelope& request) -> core::Result<v1::AnswerBody> {
              asked.push_back(line_of(request));
              if (answers.empty()) return core::fail(core::Errc::kClosed, "asked too much");
              v1::AnswerBody next = std::move(answers.front());
              answers.pop_front();
              return next;
            }};
  }

  static std::string line_of(const v1::Envelope& request) {
    if (request.has_export_run()) {
      return "export " + std::to_string(request.export_run().payouts_per_file());
    }
    if (request.has_open_status_file()) {
      return "open " + std::to_string(request.open_status_file().entries());
    }
    if (request.has_receive_statuses()) {
      const v1::ReceiveStatuses& part = request.receive_statuses();
      return "part " + std::to_string(part.part()) + " from " +
             std::to_string(part.entries(0).number()) + ", " + std::to_string(part.entries_size());
    }
    return request.has_apply_statuses() ? "apply" : "other";
  }
};

StatusEntries statuses_of(std::uint32_t count) {
  StatusEntries statuses;
  statuses.message_id = "BNA-2";
  for (std::uint32_t number = 1; number <= count; ++number) {
    v1::StatusEntry& entry = statuses.entries.emplace_back();
    entry.set_run(7);
    entry.set_number(number);
    entry.set_word(v1::BANK_BOOKED);
    entry.set_amount_cents(10'000 + number);
  }
  return statuses;
}

core::Result<SentStatusFile> sent(Switch& to, std::uint32_t entries) {
  return send_status_file(to.sender(), statuses_of(entries), core::Sha256{});
}

TEST(ExportSteps, GoOnUntilTheRunIsExported) {
  Switch to{.answers = {run_answer(v1::RUN_EXPORTING, 60), run_answer(v1::RUN_EXPORTING, 60),
                        run_answer(v1::RUN_EXPORTED, 5)}};
  EXPECT_EQ(export_run(to.sender(), 7, 500), 125U);
  EXPECT_EQ(to.asked, Lines(3, "export 500"));
}

TEST(ExportSteps, EndWithAReasonOrALostConnection) {
  v1::AnswerBody body;
  body.mutable_run()->set_reason(v1::FUND_ACCOUNT_MISSING);
  Switch to{.answers = {body}};
  const auto declined = export_run(to.sender(), 7, 500);
  ASSERT_FALSE(declined);
  EXPECT_EQ(declined.error().context, "the switch answered FUND_ACCOUNT_MISSING");
  Switch lost{.answers = {run_answer(v1::RUN_EXPORTING, 60)}};
  EXPECT_FALSE(export_run(lost.sender(), 7, 500));
}

TEST(StatusSteps, SendPartsOfSixtyAndCarryThemOut) {
  Switch to{
      .answers = {file_answer(v1::STATUS_FILE_RECEIVING), file_answer(v1::STATUS_FILE_RECEIVING),
                  file_answer(v1::STATUS_FILE_RECEIVING), file_answer(v1::STATUS_FILE_APPLYING),
                  file_answer(v1::STATUS_FILE_APPLYING), file_answer(v1::STATUS_FILE_APPLIED)}};
  const auto done = sent(to, 121);
  ASSERT_TRUE(done) << core::describe(done.error());
  EXPECT_EQ(done->file, 51U);
  EXPECT_EQ(done->state, v1::STATUS_FILE_APPLIED);
  EXPECT_FALSE(done->was_done);
  EXPECT_EQ(to.asked, (Lines{"open 121", "part 1 from 1, 60", "part 2 from 61, 60",
                             "part 3 from 121, 1", "apply", "apply"}));
}

TEST(StatusSteps, GoOnWhereAnotherClientStopped) {
  Switch receiving{.answers = {file_answer(v1::STATUS_FILE_RECEIVING, 1),
                               file_answer(v1::STATUS_FILE_APPLYING),
                               file_answer(v1::STATUS_FILE_APPLIED)}};
  EXPECT_TRUE(sent(receiving, 61));
  EXPECT_EQ(receiving.asked, (Lines{"open 61", "part 2 from 61, 1", "apply"}));
  Switch applying{
      .answers = {file_answer(v1::STATUS_FILE_APPLYING, 2), file_answer(v1::STATUS_FILE_APPLIED)}};
  const auto done = sent(applying, 61);
  ASSERT_TRUE(done);
  EXPECT_FALSE(done->was_done);
  EXPECT_EQ(applying.asked, (Lines{"open 61", "apply"}));
}

TEST(StatusSteps, DoNothingForAFileThatWasCarriedOut) {
  Switch to{.answers = {file_answer(v1::STATUS_FILE_APPLIED, 2)}};
  const auto done = sent(to, 61);
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->was_done);
  EXPECT_EQ(to.asked, Lines{"open 61"});
}

TEST(StatusSteps, TellAllThatIsWrong) {
  Switch to{.answers = {file_answer(v1::STATUS_FILE_RECEIVING),
                        wrong_part(v1::STATUS_FILE_RECEIVING, 3),
                        wrong_part(v1::STATUS_FILE_REFUSED, 61)}};
  const auto done = sent(to, 61);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->state, v1::STATUS_FILE_REFUSED);
  ASSERT_EQ(done->wrong.size(), 2U);
  EXPECT_EQ(done->wrong[0].number(), 3U);
  EXPECT_EQ(done->wrong[1].number(), 61U);
}

// What was wrong in the parts before was told to somebody else.
TEST(StatusSteps, SendAFileAnewThatIsRefusedAndWasBegunBefore) {
  Switch to{
      .answers = {file_answer(v1::STATUS_FILE_RECEIVING, 1), file_answer(v1::STATUS_FILE_REFUSED),
                  file_answer(v1::STATUS_FILE_RECEIVING), wrong_part(v1::STATUS_FILE_RECEIVING, 3),
                  file_answer(v1::STATUS_FILE_REFUSED)}};
  const auto done = sent(to, 61);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->wrong.size(), 1U);
  EXPECT_EQ(to.asked, (Lines{"open 61", "part 2 from 61, 1", "open 61", "part 1 from 1, 60",
                             "part 2 from 61, 1"}));
}

TEST(StatusSteps, GoOnBehindAStepThatAnotherClientOvertook) {
  Switch to{.answers = {
                file_answer(v1::STATUS_FILE_RECEIVING), refused(v1::STATUS_FILE_NOT_IN_THIS_STATE),
                file_answer(v1::STATUS_FILE_RECEIVING, 1), file_answer(v1::STATUS_FILE_APPLYING),
                refused(v1::STATUS_FILE_NOT_IN_THIS_STATE),
                file_answer(v1::STATUS_FILE_APPLIED, 2)}};
  const auto done = sent(to, 61);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->state, v1::STATUS_FILE_APPLIED);
  EXPECT_FALSE(done->was_done);
  EXPECT_EQ(to.asked, (Lines{"open 61", "part 1 from 1, 60", "open 61", "part 2 from 61, 1",
                             "apply", "open 61"}));
}

TEST(StatusSteps, EndWithAReason) {
  for (const v1::Reason reason : {v1::STATUS_FILE_OPEN, v1::STATUS_FILE_DIFFERS}) {
    Switch to{.answers = {refused(reason)}};
    const auto done = sent(to, 1);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->declined, reason);
    EXPECT_EQ(done->file, 0U);
    EXPECT_EQ(to.asked, Lines{"open 1"});
  }
}

TEST(StatusSteps, EndWithAReasonBehindTheStepsThatWereDone) {
  Switch to{.answers = {file_answer(v1::STATUS_FILE_RECEIVING),
                        file_answer(v1::STATUS_FILE_APPLYING), refused(v1::PARTICIPANT_SUSPENDED)}};
  const auto done = sent(to, 1);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->declined, v1::PARTICIPANT_SUSPENDED);
  EXPECT_EQ(done->state, v1::STATUS_FILE_APPLYING);
  EXPECT_EQ(to.asked, (Lines{"open 1", "part 1 from 1, 1", "apply"}));
}

TEST(StatusSteps, EndWhereTheSwitchWaitsForMoreThanTheFileHas) {
  Switch to{
      .answers = {file_answer(v1::STATUS_FILE_RECEIVING), file_answer(v1::STATUS_FILE_RECEIVING)}};
  EXPECT_FALSE(sent(to, 1));
  Switch ahead{.answers = {file_answer(v1::STATUS_FILE_RECEIVING, 2)}};
  EXPECT_FALSE(sent(ahead, 61));
}

TEST(StatusSteps, SendNoFileThatNamesTooManyPayouts) {
  Switch to{.answers = {}};
  const auto done = sent(to, core::kFileEntriesMax + 1);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, core::Errc::kLimit);
  EXPECT_TRUE(to.asked.empty());
}

}  // namespace
}  // namespace wasl::cli
