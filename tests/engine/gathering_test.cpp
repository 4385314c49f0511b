// What a closing's provider holds, gathered page by page from its postings.

#include "engine/gathering.hpp"

#include <gtest/gtest.h>

#include "core/codec.hpp"
#include "core/ledger.hpp"
#include "core/run.hpp"

namespace wasl::engine {
namespace {

using core::Cents;
using core::ClaimKind;

class GatheringTest : public testing::Test {
 protected:
  Submission closing(core::Sequence up_to) {
    core::CloseBordereau request;
    request.fund = fund_;
    request.up_to = up_to;
    Submission submission;
    submission.command.from = pharmacy_;
    submission.command.request = std::move(request);
    return submission;
  }
  static core::PostedClaim posted(core::ClaimId claim) {
    return {.claim = claim,
            .request_id = {static_cast<std::uint8_t>(claim)},
            .kind = ClaimKind::kThirdParty,
            .insurer = Cents{static_cast<std::int64_t>(claim) * 10}};
  }
  [[nodiscard]] std::pair<core::RowKey, std::string> row(core::Sequence sequence,
                                                         const core::PostingSet& set) const {
    return {core::posting_key(fund_, pharmacy_, sequence), core::encode_postings(set)};
  }
  [[nodiscard]] std::pair<core::RowKey, std::string> approval(core::ClaimId claim) const {
    return row(claim, core::approval_postings(posted(claim), {}));
  }
  [[nodiscard]] std::pair<core::RowKey, std::string> reversal(core::Sequence sequence,
                                                              core::ClaimId claim) const {
    return row(sequence, core::reversal_postings(posted(claim), {}));
  }
  core::RowSet presented(core::Sequence up_to) {
    presentation_ = core::Presentation{.up_to = up_to, .bordereaux = 1, .version = 1};
    core::RowSet rows;
    rows[core::Slot::kPresentation] = &presentation_;
    return rows;
  }
  static std::vector<core::ClaimId> ids(const core::Holdings& holdings) {
    std::vector<core::ClaimId> found;
    for (const core::HeldClaim& each : holdings.claims) found.push_back(each.claim);
    return found;
  }

  core::FundCode fund_ = *core::FundCode::make("CNAS");
  core::Participant pharmacy_{core::Role::kProvider, *core::ParticipantId::make("16-004512")};
  core::Row presentation_;
  Gathering gathering_;
  std::vector<core::Scan> scans_;
};

TEST_F(GatheringTest, ScansThePharmacysPostingsBehindItsLastClosing) {
  const core::Scan scan = gathering_.start(7, closing(50), presented(20), 60);
  EXPECT_EQ(scan.id, 7U);
  EXPECT_EQ(scan.prefix, core::posting_prefix(fund_, pharmacy_));
  EXPECT_EQ(scan.after, core::posting_key(fund_, pharmacy_, 20, UINT16_MAX))
      << "behind every set of that record";
  EXPECT_EQ(scan.not_before, 60U);
  EXPECT_TRUE(gathering_.holds(7));
  const auto complete = gathering_.take({7, {approval(30)}, false}, scans_);
  ASSERT_TRUE(complete);
  EXPECT_TRUE(gathering_.empty());
  const core::Holdings expected{
      .after = 20, .as_of = 60, .whole = true, .claims = {{30, posted(30).request_id, Cents{300}}}};
  EXPECT_EQ(complete->command.closing.holdings, expected);
}

TEST_F(GatheringTest, LeavesOutWhatWasReversedAtAnyTimeAndWhatIsLater) {
  (void)gathering_.start(1, closing(50), presented(0), 90);
  const auto complete = gathering_.take(
      {1,
       {approval(30), approval(40), reversal(45, 30), approval(51), reversal(80, 40), approval(50)},
       false},
      scans_);
  EXPECT_EQ(ids(*complete->command.closing.holdings), std::vector<core::ClaimId>{50});
}

TEST_F(GatheringTest, GoesOnBehindTheLastRowOfEachPage) {
  (void)gathering_.start(1, closing(50), presented(0), 90);
  EXPECT_FALSE(gathering_.take({1, {approval(30), approval(40)}, true}, scans_));
  ASSERT_EQ(scans_.size(), 1U);
  EXPECT_EQ(scans_[0].id, 1U);
  EXPECT_EQ(scans_[0].after, core::posting_key(fund_, pharmacy_, 40));
  const auto complete = gathering_.take({1, {reversal(60, 30)}, false}, scans_);
  ASSERT_TRUE(complete);
  EXPECT_EQ(ids(*complete->command.closing.holdings), std::vector<core::ClaimId>{40});
}

TEST_F(GatheringTest, SaysWhenThereAreMoreThanItKeeps) {
  (void)gathering_.start(1, closing(100'000), presented(0), 100'000);
  core::Scanned page{1, {}, false};
  for (core::ClaimId claim = 1; claim <= core::kHoldingsMax + 1; ++claim) {
    page.rows.push_back(approval(claim));
  }
  const auto complete = gathering_.take(std::move(page), scans_);
  EXPECT_FALSE(complete->command.closing.holdings->whole);
  EXPECT_EQ(complete->command.closing.holdings->claims.size(), core::kHoldingsMax);
}

TEST_F(GatheringTest, IsNeededUntilTheHoldingsAreThoseOfThePresentation) {
  Submission submission = closing(50);
  core::RowSet rows = presented(20);
  EXPECT_TRUE(Gathering::needed(submission.command, rows));
  submission.command.closing.holdings = core::Holdings{.after = 20, .as_of = 60, .claims = {}};
  EXPECT_FALSE(Gathering::needed(submission.command, rows));
  rows = presented(21);
  EXPECT_TRUE(Gathering::needed(submission.command, rows));
  submission.command.request = core::ListClaims{};
  EXPECT_FALSE(Gathering::needed(submission.command, rows));
}

class StepOfARun : public testing::Test {
 protected:
  void SetUp() override {
    core::SettlementRun run;
    run.fund = fund_;
    run.id = 77;
    run.cursor = core::cursor_at(owed("1", 10));
    run_ = run;
    rows_[core::Slot::kRun] = &run_;
    submission_.command.from = {core::Role::kFund, *core::ParticipantId::make("CNAS")};
    submission_.command.request = core::CollectRun{77};
  }
  [[nodiscard]] core::Owed owed(std::string_view insured, core::Sequence record) const {
    return {.fund = fund_,
            .payee = *core::InsuredNumber::make(insured),
            .item = {.record = record,
                     .amount = Cents{100},
                     .of = core::RefundItem{centre_, {}},
                     .came_back = std::nullopt}};
  }
  static std::pair<core::RowKey, std::string> row(const core::Owed& owed) {
    std::string bytes;
    core::encode_row(owed, bytes);
    return {core::owed_key(owed.fund, owed.payee, owed.item.record), bytes};
  }

  core::FundCode fund_ = *core::FundCode::make("CNAS");
  core::Participant centre_{core::Role::kCentre, *core::ParticipantId::make("16-01")};
  core::Row run_;
  core::RowSet rows_;
  Submission submission_;
  std::vector<core::Scan> scans_;
};

TEST_F(StepOfARun, ScansWhatIsOwedBehindTheCursorOnePage) {
  Gathering gathering(2);
  const core::Scan scan = gathering.start(5, submission_, rows_, 90);
  EXPECT_EQ(scan.prefix, core::owed_prefix(fund_));
  EXPECT_EQ(scan.after.view(), std::get<core::SettlementRun>(run_).cursor);
  EXPECT_EQ(scan.rows_max, 2U);
  EXPECT_EQ(scan.not_before, 90U);
  const auto complete = gathering.take({5, {row(owed("2", 11)), row(owed("3", 12))}, true}, scans_);
  ASSERT_TRUE(complete);
  EXPECT_TRUE(scans_.empty()) << "what is behind the page is the next step's";
  const core::OwedPage expected{.after = std::get<core::SettlementRun>(run_).cursor,
                                .owed = {owed("2", 11), owed("3", 12)},
                                .more = true};
  EXPECT_EQ(complete->command.owed, expected);
}

TEST_F(StepOfARun, NeedsAPageOfTheRunsCursorWhileItCollects) {
  core::Command& command = submission_.command;
  EXPECT_TRUE(Gathering::needed(command, rows_));
  command.owed = core::OwedPage{.after = "", .owed = {}, .more = false};
  EXPECT_TRUE(Gathering::needed(command, rows_)) << "another step was decided meanwhile";
  command.owed->after = std::get<core::SettlementRun>(run_).cursor;
  EXPECT_FALSE(Gathering::needed(command, rows_));
  command.owed.reset();
  std::get<core::SettlementRun>(run_).state = core::RunState::kApproved;
  EXPECT_FALSE(Gathering::needed(command, rows_));
}

}  // namespace
}  // namespace wasl::engine
