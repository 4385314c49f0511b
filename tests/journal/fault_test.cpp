// Errors of the operating system: nothing that failed is ever acknowledged, and nothing goes on
// after.

#include <gtest/gtest.h>

#include "journal_setup.hpp"

namespace wasl::test {
namespace {

using core::Errc;

TEST(JournalFault, EveryStepOfAnAppendPoisons) {
  for (const Fault fault : {Fault::kIo, Fault::kNoSpace}) {
    for (std::uint64_t step = 1; step <= 4; ++step) {
      JournalSetup setup(true, step);
      setup.start();
      ASSERT_TRUE(setup.append({"durable"}));
      setup.disk.fail_at(step, fault);
      const auto failed = setup.append({"in doubt"});
      ASSERT_FALSE(failed) << "step " << step;
      EXPECT_EQ(failed.error().code, Errc::kUnknownOutcome);
      EXPECT_TRUE(setup.journal->poisoned());
      EXPECT_EQ(setup.journal->last().sequence, 1);
      const std::uint64_t steps = setup.disk.steps();
      EXPECT_EQ(setup.append({"later"}).error().code, Errc::kUnknownOutcome);
      EXPECT_EQ(setup.journal->advance_head().error().code, Errc::kUnknownOutcome);
      EXPECT_EQ(setup.journal->prepare_slice().error().code, Errc::kUnknownOutcome);
      EXPECT_EQ(setup.disk.steps(), steps) << "a poisoned journal touches nothing";
    }
  }
}

TEST(JournalFault, AfterAFailedAppendRecoveryDecidesOnceAndForAll) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    JournalSetup setup(seed % 2 == 1, seed);
    setup.start();
    ASSERT_TRUE(setup.append({"durable"}));
    setup.disk.fail_at(1 + seed % 4, Fault::kIo);
    if (setup.append({payload_of(1400)})) continue;
    const auto opened = setup.open();
    if (!opened) {
      // Half of a sector was written: no disk does that at a cut, so recovery does not guess.
      EXPECT_EQ(opened.error().code, Errc::kCorrupt);
      continue;
    }
    const std::uint64_t decided = setup.journal->last().sequence;
    setup.disk.restart();
    ASSERT_TRUE(setup.open());
    EXPECT_EQ(setup.journal->last().sequence, decided) << "seed " << seed;
  }
}

// The kernel reports a failed sync once and then shows bytes that never reach the disk.
TEST(JournalFault, WhatWasOnlyInMemoryIsOnTheDiskBeforeRecoveryEnds) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({"durable"}));
  setup.disk.fail_at(2, Fault::kIo);
  ASSERT_FALSE(setup.append({payload_of(1400)}));
  ASSERT_TRUE(setup.open());
  ASSERT_EQ(setup.journal->last().sequence, 2);
  EXPECT_EQ(setup.report.rewritten, 2);
  setup.disk.restart();
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.journal->last().sequence, 2);
}

// The same for zeros: what an earlier recovery wiped in memory only must not come back.
TEST(JournalFault, AWipedTailStaysWipedAfterAFailedSync) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    JournalSetup setup(false, seed);
    setup.start();
    ASSERT_TRUE(setup.append({"durable"}));
    setup.disk.cut_at(1, Moment::kDuring);
    ASSERT_FALSE(setup.append({payload_of(5000)}));
    setup.disk.restart();
    setup.disk.fail_at(2, Fault::kIo);
    ASSERT_FALSE(setup.open());
    ASSERT_TRUE(setup.open());
    const std::uint64_t decided = setup.journal->last().sequence;
    ASSERT_TRUE(setup.append({"short"}));
    setup.disk.restart();
    const auto opened = setup.open();
    ASSERT_TRUE(opened) << "seed " << seed << ": " << describe(opened.error());
    EXPECT_EQ(setup.journal->last().sequence, decided + 1);
    EXPECT_TRUE(setup.report.dropped.empty());
  }
}

TEST(JournalFault, AFailedHeadPoisonsToo) {
  for (std::uint64_t step = 1; step <= 2; ++step) {
    JournalSetup setup(false, step);
    setup.start();
    ASSERT_TRUE(setup.append({"durable"}));
    setup.disk.fail_at(step, Fault::kIo);
    EXPECT_EQ(setup.journal->advance_head().error().code, Errc::kUnknownOutcome);
    EXPECT_TRUE(setup.journal->poisoned());
    ASSERT_TRUE(setup.open());
    EXPECT_EQ(setup.journal->last().sequence, 1);
  }
}

TEST(JournalFault, NoSpaceForTheNextSegmentSpoilsNothing) {
  for (std::uint64_t step = 1; step <= 12; ++step) {
    JournalSetup setup(true, step);
    setup.start();
    setup.disk.fail_at(step, Fault::kNoSpace);
    bool failed = false;
    for (int call = 0; call < 2 && !failed; ++call) failed = !setup.journal->prepare_slice();
    EXPECT_TRUE(failed) << "step " << step;
    EXPECT_FALSE(setup.journal->poisoned());
    ASSERT_TRUE(setup.append({"goes on"}));
    for (bool done = false; !done;) {
      const auto prepared = setup.journal->prepare_slice();
      ASSERT_TRUE(prepared) << "step " << step << ": " << describe(prepared.error());
      done = *prepared;
    }
    const std::uint64_t most = setup.journal->group_bytes_max() - journal::kRecordHeaderBytes;
    ASSERT_TRUE(setup.append({payload_of(most)}));
    EXPECT_EQ(setup.journal->last().group.segment, 2);
    ASSERT_TRUE(setup.open());
    EXPECT_EQ(setup.journal->last().sequence, 2);
  }
}

TEST(JournalFault, NoSpaceWhenASegmentIsFullPoisons) {
  JournalSetup setup;
  setup.start();
  const std::uint64_t most = setup.journal->group_bytes_max() - journal::kRecordHeaderBytes;
  ASSERT_TRUE(setup.append({payload_of(most)}));
  setup.disk.fail_at(3, Fault::kNoSpace);
  EXPECT_EQ(setup.append({"next"}).error().code, Errc::kUnknownOutcome);
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.journal->last().sequence, 1);
}

}  // namespace
}  // namespace wasl::test
