#include "store/background_error.hpp"

#include <gtest/gtest.h>

#include "store/failure.hpp"

namespace wasl::store {
namespace {

TEST(Failure, TellsTheFirstErrorOnce) {
  Failure failure;
  std::vector<core::Error> told;
  failure.listen([&](core::Error error) { told.push_back(std::move(error)); });
  EXPECT_FALSE(failure.happened());
  failure.report({core::Errc::kIo, "first"});
  failure.report({core::Errc::kCorrupt, "second"});
  EXPECT_TRUE(failure.happened());
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].context, "first");
}

TEST(Failure, KeepsWhatHappenedBeforeAnyoneListened) {
  Failure failure;
  failure.report({core::Errc::kIo, "early"});
  std::vector<core::Error> told;
  failure.listen([&](core::Error error) { told.push_back(std::move(error)); });
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].context, "early");
}

TEST(BackgroundError, IsReportedAndNeverRetried) {
  auto failure = std::make_shared<Failure>();
  BackgroundErrorListener listener(failure);
  rocksdb::Status status = rocksdb::Status::IOError("no space");
  bool auto_recovery = true;
  listener.OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason::kFlushNoWAL, status,
                                &auto_recovery);
  listener.OnBackgroundError(rocksdb::BackgroundErrorReason::kFlushNoWAL, &status);
  EXPECT_FALSE(auto_recovery);
  ASSERT_TRUE(failure->error().has_value());
  EXPECT_EQ(failure->error()->code, core::Errc::kIo);
  EXPECT_NE(failure->error()->context.find("flushing"), std::string::npos);
}

TEST(BackgroundError, TellsDamageFromTheRest) {
  EXPECT_EQ(error_of(rocksdb::Status::Corruption("x"), "y").code, core::Errc::kCorrupt);
  EXPECT_EQ(error_of(rocksdb::Status::NotSupported("x"), "y").code, core::Errc::kUnsupported);
  EXPECT_EQ(error_of(rocksdb::Status::Incomplete("x"), "y").code, core::Errc::kIo);
}

TEST(BackgroundErrorDeathTest, LeavingRunsNoDestructors) {
  EXPECT_EXIT(leave_process(), testing::ExitedWithCode(kFailedExitCode), "");
}

}  // namespace
}  // namespace wasl::store
