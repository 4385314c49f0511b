// Which file a bank's answer is about.

#include "cli/file_of_run.hpp"

#include <gtest/gtest.h>

#include "cli/exported_run.hpp"

namespace wasl::cli {
namespace {

using test::exported_run;
using test::kCnas;

TEST(FileOfRun, IsFoundByItsMessageId) {
  const std::vector<v1::SettlementRun> runs{exported_run(7, 5, 2), exported_run(9, 4, 2)};
  const auto last = file_named(kCnas, runs, "CNAS-7-F3");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->run, 7U);
  EXPECT_EQ(last->number, 3U);
  EXPECT_EQ(last->first, 5U);
  EXPECT_EQ(last->last, 5U);
  const auto full = file_named(kCnas, runs, "CNAS-9-F2");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->first, 3U);
  EXPECT_EQ(full->last, 4U);
  for (const char* id :
       {"", "CNAS", "CNAS-", "CNAS-7", "CNAS-7-F", "CNAS-7-F0", "CNAS-7-F4", "CNAS-9-F3",
        "CNAS-07-F1", "CNAS-7-F01", "CNAS-7-G1", "CNAS-7-F1 ", "CNAS-8-F1", "CASN-7-F1",
        "CASNOS-7-F1", "CNAS-7-F99999999999", "CNAS-99999999999999999999999-F1"}) {
    EXPECT_FALSE(file_named(kCnas, runs, id)) << id;
  }
}

TEST(FileOfRun, IsNotFoundBeforeItsRunIsExported) {
  auto run = exported_run(7, 5, 2);
  run.set_state(v1::RUN_EXPORTING);
  EXPECT_FALSE(file_named(kCnas, {&run, 1}, "CNAS-7-F1"));
}

}  // namespace
}  // namespace wasl::cli
