#include "cli/recovery_log.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/system_clock.hpp"

namespace wasl::cli {
namespace {

std::string logged(const journal::RecoveryReport& report) {
  const SystemClock clock;
  std::ostringstream out;
  log_findings(*ops::Log::to_stream(out, clock, ops::Level::kInfo, ops::LogFormat::kJson), report);
  return std::move(out).str();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(RecoveryLog, IsSilentAfterAnOrderlyStop) {
  journal::RecoveryReport report;
  report.verified = 7;
  EXPECT_EQ(logged(report), "");
}

TEST(RecoveryLog, NamesTheFileAndPlaceOfADroppedGroup) {
  journal::RecoveryReport report;
  report.dropped.push_back({.path = "/j/0001.wal", .start = {}, .bytes = 512});
  report.dropped.back().start.offset = 4096;
  const std::string text = logged(report);
  EXPECT_TRUE(has(text, R"("event":"recovery.group_dropped","file":"/j/0001.wal","offset":4096)"))
      << text;
  EXPECT_TRUE(has(text, R"("bytes":512)")) << text;
}

TEST(RecoveryLog, SaysWhatWasHealedAndCompleted) {
  journal::RecoveryReport report;
  report.journal_completed = 2;
  report.mirror_completed = 3;
  report.head_slot_damaged = true;
  const std::string text = logged(report);
  EXPECT_TRUE(has(text, R"("event":"recovery.head_slot_damaged")")) << text;
  EXPECT_TRUE(has(text, R"("event":"recovery.journal_completed","groups":2)")) << text;
  EXPECT_TRUE(has(text, R"("event":"recovery.mirror_completed","groups":3)")) << text;
}

}  // namespace
}  // namespace wasl::cli
