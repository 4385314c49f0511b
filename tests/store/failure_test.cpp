// What a failing disk does to a living store: nothing is acknowledged that is not durable, the
// engine is told once, the process is asked to leave.

#include <gtest/gtest.h>

#include "store/recorded_completions.hpp"
#include "store/rows_for_tests.hpp"
#include "store/scribe.hpp"
#include "store/simulated_world.hpp"

namespace wasl::store {
namespace {

using test::Scribe;

class FailingDisk : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(create_store(world_.places(), test::data_id(1)));
    open();
  }
  void open() {
    auto up = bring_up(world_.places());
    ASSERT_TRUE(up) << core::describe(up.error());
    last_ = up->last().sequence;
    completions_ = std::make_unique<test::RecordedCompletions>();
    DurableOptions options;
    options.flush.records = flush_records_;
    options.on_failure = [this](const core::Error& error) {
      EXPECT_EQ(left_, 0) << "a process that has left says nothing more";
      EXPECT_EQ(completions_->failures().size(), 1U) << "the engine stops answering first";
      reasons_.push_back(error);
    };
    options.leave = [this] { ++left_; };
    store_ = std::make_unique<DurableStore>(std::move(up->parts), *completions_, options);
  }

  std::atomic<int> left_ = 0;
  std::vector<core::Error> reasons_;
  std::uint64_t flush_records_ = 1'000;
  test::SimulatedWorld world_{1};
  Scribe scribe_;
  core::Sequence last_ = 0;
  std::unique_ptr<test::RecordedCompletions> completions_;
  std::unique_ptr<DurableStore> store_;
};

TEST_F(FailingDisk, AFailedSyncIsAnUnknownOutcomeAndNoAcknowledgement) {
  store_->commit(scribe_.group({scribe_.put_account(1)}));
  scribe_.durable(completions_->wait_committed(1));
  world_.journal_fails = true;
  store_->commit(scribe_.group({scribe_.put_account(2)}));
  EXPECT_EQ(completions_->wait_failed().code, core::Errc::kUnknownOutcome);
  store_.reset();
  EXPECT_EQ(completions_->commits().size(), 1U);
  EXPECT_EQ(completions_->failures().size(), 1U);
  EXPECT_EQ(left_, 1);
  ASSERT_EQ(reasons_.size(), 1U);
  EXPECT_EQ(reasons_.front().code, core::Errc::kUnknownOutcome);
}

TEST_F(FailingDisk, NothingIsCommittedAfterAFailure) {
  world_.journal_fails = true;
  store_->commit(scribe_.group({scribe_.put_account(1)}));
  (void)completions_->wait_failed();
  world_.journal_fails = false;
  store_->commit(scribe_.group({scribe_.put_account(2)}));
  store_.reset();
  EXPECT_TRUE(completions_->commits().empty());
}

TEST_F(FailingDisk, AFailedFlushFailsTheStoreAndLosesNothing) {
  store_.reset();
  flush_records_ = 3;
  open();
  for (std::uint64_t i = 1; i <= 2; ++i) {
    store_->commit(scribe_.group({scribe_.put_account(i)}));
    scribe_.durable(completions_->wait_committed(i));
  }
  world_.rocks_fails = true;
  store_->commit(scribe_.group({scribe_.put_account(3)}));
  scribe_.durable(completions_->wait_committed(3));
  EXPECT_EQ(completions_->wait_failed().code, core::Errc::kIo);
  EXPECT_FALSE(store_->close());
  store_.reset();
  EXPECT_EQ(left_, 1);

  world_.rocks_fails = false;
  open();
  EXPECT_EQ(last_, 3U);
}

}  // namespace
}  // namespace wasl::store
