// Journal and mirror: one is a prefix of the other and is completed from it, or recovery refuses.

#include <gtest/gtest.h>

#include "journal_setup.hpp"

namespace wasl::test {
namespace {

using core::Errc;
using journal::Anchor;

class Mirror : public ::testing::Test {
 protected:
  void SetUp() override {
    setup_.start();
    append(10);
    ASSERT_TRUE(setup_.journal->advance_head());
  }

  void append(std::size_t groups) {
    for (std::size_t i = 0; i < groups; ++i) {
      const auto appended = setup_.append({payload_of(1500 + i), payload_of(200)});
      ASSERT_TRUE(appended);
      anchors_.push_back(appended->anchor);
    }
  }

  void expect_same_bytes_after(std::uint64_t records) {
    EXPECT_EQ(setup_.journal->last().sequence, records);
    ASSERT_TRUE(setup_.append({"goes on"}));
    setup_.disk.restart();
    EXPECT_EQ(setup_.read_all("journal")->size(), records + 1);
    EXPECT_EQ(*setup_.read_all("journal"), *setup_.read_all("mirror"));
  }

  JournalSetup setup_{true};
  std::vector<Anchor> anchors_;
};

TEST_F(Mirror, HasTheSameBytes) {
  EXPECT_EQ(setup_.disk.image("journal"), setup_.disk.image("mirror"));
}

TEST_F(Mirror, ThatIsShorterIsCompleted) {
  const auto old = setup_.disk.image("mirror");
  append(15);
  setup_.disk.restore("mirror", old);
  const auto opened = setup_.open(journal::genesis(JournalSetup::data_id()));
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(setup_.report.mirror_completed, 15);
  EXPECT_EQ(setup_.report.journal_completed, 0);
  expect_same_bytes_after(50);
}

TEST_F(Mirror, ThatIsLongerCompletesTheJournal) {
  const auto old = setup_.disk.image("journal");
  append(15);
  ASSERT_TRUE(setup_.journal->advance_head());
  setup_.disk.restore("journal", old);
  const auto opened = setup_.open(journal::genesis(JournalSetup::data_id()));
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(setup_.report.journal_completed, 15);
  EXPECT_EQ(setup_.report.mirror_completed, 0);
  expect_same_bytes_after(50);
}

TEST_F(Mirror, ThatEndsBeforeRecoveryBeginsIsRefused) {
  const auto old = setup_.disk.image("mirror");
  append(15);
  ASSERT_TRUE(setup_.journal->advance_head());
  setup_.disk.restore("mirror", old);
  expect_refused(setup_.open(anchors_.back()), Errc::kCorrupt, "mirror/");
}

TEST_F(Mirror, ThatIsAbsentIsRefused) {
  setup_.disk.restore("mirror", {});
  expect_refused(setup_.open(), Errc::kCorrupt, "the configured mirror holds no journal");
  EXPECT_TRUE(setup_.disk.names("mirror").empty());
}

TEST_F(Mirror, OfAnotherDataDirectoryIsRefused) {
  JournalSetup other;
  ASSERT_TRUE(journal::Journal::create(other.places(), JournalSetup::data_id(9), other.options));
  setup_.disk.restore("mirror", other.disk.image("journal"));
  expect_refused(setup_.open(journal::genesis(JournalSetup::data_id())), Errc::kCorrupt,
                 "mirror/0000000001.seg at byte 0: the segment belongs to another data directory");
}

TEST_F(Mirror, ThatDivergesIsRefusedAndTheFirstDifferingGroupNamed) {
  const auto journal = setup_.disk.image("journal");
  const auto mirror = setup_.disk.image("mirror");
  const auto head = setup_.disk.image("head");
  ASSERT_TRUE(setup_.append({"one history"}));
  const auto forked = setup_.disk.image("mirror");
  setup_.disk.restore("journal", journal);
  setup_.disk.restore("mirror", mirror);
  setup_.disk.restore("head", head);
  ASSERT_TRUE(setup_.open());
  ASSERT_TRUE(setup_.append({"other history"}));
  setup_.disk.restore("mirror", forked);
  setup_.disk.restore("head", head);
  expect_refused(setup_.open(), Errc::kCorrupt,
                 "journal and mirror differ, first in the group of record 21");
}

TEST_F(Mirror, DamagedInTheMiddleIsRefused) {
  setup_.damage("mirror", journal::segment_name(anchors_[3].group.segment),
                anchors_[3].group.offset + 300);
  expect_refused(setup_.open(journal::genesis(JournalSetup::data_id())), Errc::kCorrupt, "mirror/");
}

TEST_F(Mirror, DamagedBehindItsLastGroupIsRefusedAlthoughTheJournalIsWhole) {
  const Anchor& last = anchors_.back();
  setup_.damage("mirror", journal::segment_name(last.group.segment), last.group.offset + 300);
  expect_refused(setup_.open(journal::genesis(JournalSetup::data_id())), Errc::kCorrupt,
                 "no cut write leaves");
}

TEST_F(Mirror, ATornGroupInOneCopyIsCompletedFromTheOther) {
  append(1);
  const Anchor last = anchors_.back();
  const std::string name = journal::segment_name(last.group.segment);
  const auto head = setup_.disk.image("head");
  for (const std::string path : {"journal", "mirror"}) {
    setup_.disk.restore("head", head);
    auto content = setup_.disk.contents(path, name);
    const std::uint64_t sector = (last.group.offset / 512 + 1) * 512;
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(sector), 512, std::uint8_t{0});
    setup_.disk.replace(path, name, content);
    const auto opened = setup_.open();
    ASSERT_TRUE(opened) << describe(opened.error());
    EXPECT_TRUE(setup_.report.dropped.empty());
    EXPECT_EQ(setup_.report.journal_completed + setup_.report.mirror_completed, 1);
    EXPECT_EQ(setup_.journal->last(), last);
    EXPECT_EQ(*setup_.read_all("journal"), *setup_.read_all("mirror"));
  }
}

TEST_F(Mirror, AGroupTornInBothIsDroppedInBoth) {
  append(1);
  const Anchor last = anchors_.back();
  const std::string name = journal::segment_name(last.group.segment);
  std::uint64_t sector = (last.group.offset / 512 + 1) * 512;
  for (const std::string path : {"journal", "mirror"}) {
    auto content = setup_.disk.contents(path, name);
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(sector), 512, std::uint8_t{0});
    setup_.disk.replace(path, name, content);
    sector += 512;
  }
  const auto opened = setup_.open();
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(setup_.report.dropped.size(), 2);
  expect_same_bytes_after(20);
}

// A completion of many groups over segments, cut at each of its steps, leaves what the next can
// complete.
TEST_F(Mirror, CompletionMayBeCutAnywhere) {
  const auto mirror = setup_.disk.image("mirror");
  append(15);
  const auto journal = setup_.disk.image("journal");
  const auto head = setup_.disk.image("head");
  setup_.disk.restore("mirror", mirror);
  const std::uint64_t before = setup_.disk.steps();
  const auto store = journal::genesis(JournalSetup::data_id());
  ASSERT_TRUE(setup_.open(store));
  const std::uint64_t steps = setup_.disk.steps() - before;
  ASSERT_GT(steps, 30);
  for (std::uint64_t step = 1; step <= steps; ++step) {
    setup_.disk.restore("journal", journal);
    setup_.disk.restore("head", head);
    setup_.disk.restore("mirror", mirror);
    setup_.disk.cut_at(step, Moment::kDuring);
    (void)setup_.open(store);
    setup_.disk.restart();
    const auto opened = setup_.open(store);
    ASSERT_TRUE(opened) << "step " << step << ": " << describe(opened.error());
    EXPECT_EQ(setup_.journal->last(), anchors_.back());
    EXPECT_EQ(setup_.read_all("mirror")->size(), 50);
  }
}

// Cut between the two writes, in the syncs and between them: whatever each copy kept of the group,
// one recovery decides, and both copies say the same from then on.
TEST(MirrorInDoubt, IsDecidedOnceForBothCopies) {
  int kept = 0;
  int dropped = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    JournalSetup setup(true, seed);
    setup.start();
    ASSERT_TRUE(setup.append({"durable"}));
    setup.disk.cut_at(1 + seed % 4, seed % 3 == 0 ? Moment::kAfter : Moment::kDuring);
    (void)setup.append({payload_of(1700)});
    setup.disk.restart();
    const auto opened = setup.open();
    ASSERT_TRUE(opened) << "seed " << seed << ": " << describe(opened.error());
    const std::uint64_t decided = setup.journal->last().sequence;
    ++(decided == 2 ? kept : dropped);
    setup.disk.restart();
    EXPECT_EQ(setup.read_all("journal")->size(), decided) << "seed " << seed;
    EXPECT_EQ(setup.read_all("mirror")->size(), decided) << "seed " << seed;
  }
  EXPECT_GT(kept, 20);
  EXPECT_GT(dropped, 20);
}

}  // namespace
}  // namespace wasl::test
