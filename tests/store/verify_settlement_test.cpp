// What verify asks of settlement runs: every item owed once, in one payout at most, and rows that
// say the same.

#include "store/verify_settlement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "store/store_world.hpp"

namespace wasl::store {
namespace {

using core::OwedVerdict;
using core::RunState;

constexpr core::Sequence kReview = 10;
constexpr core::Sequence kRun = 20;
constexpr core::Sequence kStep = 21;

class SettlementChecked : public testing::Test {
 protected:
  void SetUp() override {
    auto map = ScratchMap::make(world_.path() + "/scratch");
    ASSERT_TRUE(map);
    map_ = std::make_unique<ScratchMap>(std::move(*map));
    check_ = std::make_unique<SettlementCheck>(*map_, differences_);
    auto rocks = Rocks::create({.path = world_.path() + "/rows"}, journal::genesis({}));
    ASSERT_TRUE(rocks);
    rocks_ = std::move(*rocks);
    owed_ = {.fund = *core::FundCode::make("CNAS"),
             .payee = test::provider("16-000001"),
             .item = {.record = kReview,
                      .amount = core::Cents{96'000},
                      .of = core::AcceptedItem{.bordereau = 1}}};
    run_.fund = owed_.fund;
    run_.id = kRun;
    run_.proposed_by = *core::OperatorId::make("001");
    payout_ = {.fund = owed_.fund,
               .id = {.run = kRun, .number = 1},
               .payee = owed_.payee,
               .account = "00799999002345678941",
               .amount = owed_.item.amount,
               .items = {owed_.item}};
  }

  void take(core::Sequence sequence, core::Request request, core::Decision decision) {
    core::RecordView record;
    record.command.request = std::move(request);
    if (std::holds_alternative<core::CollectRun>(record.command.request)) {
      record.command.owed = core::OwedPage{.after = "", .owed = {owed_}, .more = false};
    }
    record.decision = std::move(decision);
    ASSERT_TRUE(check_->take(record, sequence));
  }
  void accept() {
    core::ReviewDecision review;
    review.accepted.add(owed_.item.amount);
    take(kReview, core::ReviewBordereau{}, review);
  }
  void propose() { take(kRun, core::ProposeRun{}, core::RunDecision{}); }
  void collect(core::Sequence sequence = kStep) {
    take(sequence, core::CollectRun{kRun},
         core::CollectDecision{.reason = core::Reason::kNone,
                               .state = RunState::kProposed,
                               .verdicts = {OwedVerdict::kTaken},
                               .accounts = {payout_.account}});
  }
  void cancel() {
    take(kStep + 1, core::CancelRun{kRun},
         core::RunDecision{
             .reason = core::Reason::kNone, .state = RunState::kCancelled, .released = 1});
  }

  void put(const core::RowKey& key, const core::Row& row) {
    std::string bytes;
    core::encode_row(row, bytes);
    RocksBatch batch;
    batch.change(key.view(), bytes);
    ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  }
  void put_owed() { put(core::owed_key(owed_.fund, owed_.payee, kReview), owed_); }
  void put_payout() { put(core::payout_key(owed_.fund, payout_.id), payout_); }
  void put_run(RunState state, std::uint32_t released = 0) {
    run_.state = state;
    run_.payouts = 1;
    run_.total = owed_.item.amount;
    run_.released = released;
    put(core::run_key(run_.fund, run_.id), run_);
  }
  std::vector<std::string> found() {
    EXPECT_TRUE(check_->compare_rows(*rocks_));
    std::vector<std::string> whats;
    for (const Difference& difference : differences_.named()) whats.push_back(difference.what);
    return whats;
  }

  test::StoreWorld world_;
  Differences differences_;
  std::unique_ptr<ScratchMap> map_;
  std::unique_ptr<SettlementCheck> check_;
  std::unique_ptr<Rocks> rocks_;
  core::Owed owed_;
  core::SettlementRun run_;
  core::Payout payout_;
};

TEST_F(SettlementChecked, AcceptsWhatIsOwedAndInNoRun) {
  accept();
  put_owed();
  EXPECT_TRUE(found().empty());
}

TEST_F(SettlementChecked, AcceptsAPayoutOfWhatWasOwed) {
  accept();
  propose();
  collect();
  put_payout();
  put_run(RunState::kProposed);
  EXPECT_TRUE(found().empty());
}

TEST_F(SettlementChecked, AcceptsThatACancelledRunGivesBack) {
  accept();
  propose();
  collect();
  cancel();
  put_owed();
  put_run(RunState::kCancelled, 1);
  EXPECT_TRUE(found().empty());
}

// The first payout is given back first.
TEST_F(SettlementChecked, FollowsACancelledRunStepByStep) {
  accept();
  propose();
  collect();
  owed_.item.record = kReview + 1;
  core::ReviewDecision review;
  review.accepted.add(owed_.item.amount);
  take(kReview + 1, core::ReviewBordereau{}, review);
  collect(kStep + 2);
  take(kStep + 3, core::CancelRun{kRun},
       core::RunDecision{
           .reason = core::Reason::kNone, .state = RunState::kCancelling, .released = 1});
  payout_.id.number = 2;
  payout_.items = {owed_.item};
  put_payout();
  owed_.item.record = kReview;
  put_owed();
  run_.state = RunState::kCancelling;
  run_.payouts = 2;
  run_.total = owed_.item.amount + owed_.item.amount;
  run_.released = 1;
  put(core::run_key(run_.fund, run_.id), run_);
  EXPECT_TRUE(found().empty());
}

TEST_F(SettlementChecked, NamesARunWithoutARow) {
  propose();
  EXPECT_EQ(found(), std::vector<std::string>{"runs without a row: 1"});
}

TEST_F(SettlementChecked, NamesWhatIsOwedAndInNoRow) {
  accept();
  EXPECT_EQ(found(), std::vector<std::string>{"owed, and in no row of it: 1 items"});
}

TEST_F(SettlementChecked, NamesWhatIsOwedByNoRecord) {
  put_owed();
  ASSERT_EQ(found().size(), 1U);
  EXPECT_TRUE(found().front().starts_with("what is owed by record 10 is not"));
}

TEST_F(SettlementChecked, NamesAnItemThatIsTakenTwice) {
  accept();
  propose();
  collect();
  collect(kStep + 1);
  EXPECT_TRUE(found().front().starts_with("record 22: takes what is owed by record 10"));
}

TEST_F(SettlementChecked, NamesWhatIsOwedStillThoughARunTookIt) {
  accept();
  propose();
  collect();
  put_owed();
  put_payout();
  put_run(RunState::kProposed);
  EXPECT_TRUE(found().front().starts_with("what is owed by record 10 is not where"));
}

TEST_F(SettlementChecked, NamesAPayoutThatIsNotTheSumOfItsItems) {
  accept();
  propose();
  collect();
  payout_.amount += core::Cents{1};
  put_payout();
  put_run(RunState::kProposed);
  EXPECT_EQ(found(),
            std::vector<std::string>{"a payout of the run 20 is not the sum of its items"});
}

TEST_F(SettlementChecked, NamesARunInAnotherState) {
  accept();
  propose();
  collect();
  put_payout();
  put_run(RunState::kApproved);
  EXPECT_EQ(found(), std::vector<std::string>{"the run 20 is not as its records left it"});
}

TEST_F(SettlementChecked, NamesAReversalOfWhatARunTook) {
  core::SubmitClaim refund;
  refund.claim.kind = core::ClaimKind::kRefund;
  core::ClaimDecision approved;
  approved.insurer = owed_.item.amount;
  take(kReview, refund, approved);
  propose();
  collect();
  core::ReversalDecision reversal;
  reversal.effect = core::ReversalDecision::Effect::kReleased;
  reversal.claim = kReview;
  take(kStep + 1, core::ReverseClaim{}, reversal);
  EXPECT_TRUE(found().front().starts_with("record 22: reverses record 10, which a run has taken"));
}

}  // namespace
}  // namespace wasl::store
