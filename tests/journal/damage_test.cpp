// Every damage to journal and head: recovery refuses and names the place, or nothing is lost.

#include <gtest/gtest.h>

#include "journal_setup.hpp"

namespace wasl::test {
namespace {

using core::Errc;
using journal::Anchor;

constexpr const char* kFirst = "0000000001.seg";
constexpr const char* kSecond = "0000000002.seg";

class Damage : public ::testing::Test {
 protected:
  // Thirty groups over several segments, head at the last; then the process is gone.
  void SetUp() override {
    setup_.start();
    for (std::size_t i = 0; i < 30; ++i) {
      const auto appended = setup_.append({payload_of(700 + i), payload_of(900)});
      ASSERT_TRUE(appended);
      anchors_.push_back(appended->anchor);
    }
    ASSERT_TRUE(setup_.journal->advance_head());
    setup_.journal.reset();
    ASSERT_EQ(anchors_.back().group.segment, 4);
  }

  // Recovery as it is with a store that has applied nothing: it sees the whole journal.
  void expect_corrupt(const std::string& words) {
    const auto before = setup_.disk.image("journal");
    expect_refused(setup_.open(journal::genesis(JournalSetup::data_id())), Errc::kCorrupt, words);
    EXPECT_EQ(setup_.disk.image("journal"), before) << "a refusal writes nothing";
  }

  static std::string name_of(const Anchor& anchor) {
    return journal::segment_name(anchor.group.segment);
  }

  void damage(const Anchor& anchor, std::uint64_t behind_start) {
    setup_.damage("journal", name_of(anchor), anchor.group.offset + behind_start);
  }

  void truncate(const std::string& name, std::size_t bytes) {
    auto content = setup_.disk.contents("journal", name);
    content.resize(bytes);
    setup_.disk.replace("journal", name, std::move(content));
  }

  void zero(const std::string& name, std::size_t from, std::size_t count) {
    auto content = setup_.disk.contents("journal", name);
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(from), count, std::uint8_t{0});
    setup_.disk.replace("journal", name, std::move(content));
  }

  void put(const std::string& name, std::size_t at, const std::string& text) {
    auto content = setup_.disk.contents("journal", name);
    std::ranges::copy(core::as_bytes(text), content.begin() + static_cast<std::ptrdiff_t>(at));
    setup_.disk.replace("journal", name, std::move(content));
  }

  JournalSetup setup_;
  std::vector<Anchor> anchors_;
};

TEST_F(Damage, NoneOpens) {
  const auto opened = setup_.open(journal::genesis(JournalSetup::data_id()));
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(setup_.report.verified, 30);
  EXPECT_EQ(setup_.journal->last(), anchors_.back());
}

TEST_F(Damage, AFlippedBitInTheFirstGroupIsRefused) {
  damage(anchors_.front(), 200);
  expect_corrupt("journal/0000000001.seg at byte 512");
}

TEST_F(Damage, AFlippedBitInTheMiddleIsRefusedAtItsGroup) {
  damage(anchors_[15], 300);
  expect_corrupt(name_of(anchors_[15]) + " at byte " + std::to_string(anchors_[15].group.offset));
}

TEST_F(Damage, AFlippedBitInTheLastGroupIsRefused) {
  damage(anchors_.back(), 1000);
  expect_corrupt(name_of(anchors_.back()));
}

TEST_F(Damage, AFlippedBitAnywhereInAGroupIsRefused) {
  const auto image = setup_.disk.image("journal");
  const Anchor& group = anchors_[12];
  const std::uint64_t bytes = anchors_[13].group.offset - group.group.offset;
  for (std::uint64_t at = 0; at < bytes; at += 13) {
    setup_.disk.restore("journal", image);
    damage(group, at);
    const auto opened = setup_.open(journal::genesis(JournalSetup::data_id()));
    EXPECT_FALSE(opened) << "byte " << at;
  }
}

TEST_F(Damage, AZeroedSectorInTheMiddleIsRefused) {
  const auto image = setup_.disk.image("journal");
  for (std::size_t i = 0; i + 1 < anchors_.size(); ++i) {
    setup_.disk.restore("journal", image);
    const std::uint64_t sector = (anchors_[i].group.offset / 512 + 1) * 512;
    zero(name_of(anchors_[i]), sector, 512);
    expect_corrupt(name_of(anchors_[i]));
  }
}

TEST_F(Damage, AZeroedLastGroupThatTheHeadHasSeenIsRefused) {
  const std::uint64_t from = anchors_.back().group.offset;
  zero(name_of(anchors_.back()), from, kSmallSegment - from);
  expect_corrupt("ends at record 58, but the head holds record 60");
}

TEST_F(Damage, AZeroedLastGroupOfASegmentIsRefused) {
  std::size_t last_of_first = 0;
  while (anchors_[last_of_first + 1].group.segment == 1) ++last_of_first;
  const std::uint64_t from = anchors_[last_of_first].group.offset;
  zero(kFirst, from, kSmallSegment - from);
  expect_corrupt("a record of another group");
}

TEST_F(Damage, ATruncatedSegmentIsRefused) {
  truncate(kSecond, 5000);
  expect_corrupt("journal/0000000002.seg at byte 5000");
}

TEST_F(Damage, ATruncatedLastSegmentIsRefused) {
  truncate(name_of(anchors_.back()), 3000);
  expect_corrupt(name_of(anchors_.back()));
}

TEST_F(Damage, AnEmptySegmentIsRefused) {
  truncate(kSecond, 0);
  expect_corrupt("the segment header is damaged");
}

TEST_F(Damage, ALongerSegmentIsRefused) {
  truncate(kSecond, kSmallSegment + 512);
  expect_corrupt("instead of");
}

TEST_F(Damage, ADeletedSegmentIsRefusedAndNamed) {
  setup_.disk.erase("journal", kSecond);
  expect_corrupt("journal/0000000002.seg: the segment is missing");
}

TEST_F(Damage, ADeletedFirstSegmentIsRefusedAndNamed) {
  setup_.disk.erase("journal", kFirst);
  expect_corrupt("journal/0000000001.seg: the segment is missing");
}

TEST_F(Damage, ADeletedNewestSegmentIsRefused) {
  setup_.disk.erase("journal", name_of(anchors_.back()));
  expect_corrupt("but the head holds record 60");
}

TEST_F(Damage, ADeletedNewestSegmentIsRefusedWhenTheStoreHasAppliedAll) {
  setup_.disk.erase("journal", name_of(anchors_.back()));
  expect_refused(setup_.open(anchors_.back()), Errc::kCorrupt,
                 name_of(anchors_.back()) + ": the segment is missing");
}

TEST_F(Damage, NoSegmentAtAllIsRefused) {
  setup_.disk.restore("journal", {});
  expect_corrupt("all segments of the journal are missing");
}

TEST_F(Damage, ADamagedSegmentHeaderIsRefused) {
  setup_.damage("journal", kSecond, 40);
  expect_corrupt("journal/0000000002.seg at byte 0: the segment header is damaged");
}

TEST_F(Damage, ASegmentUnderAnotherNumberIsRefused) {
  const auto third = setup_.disk.contents("journal", "0000000003.seg");
  setup_.disk.replace("journal", kSecond, third);
  expect_corrupt("the segment was number 3");
}

TEST_F(Damage, SwappedGroupsAreRefused) {
  auto content = setup_.disk.contents("journal", kFirst);
  const auto at = [&](std::size_t i) {
    return content.begin() + static_cast<std::ptrdiff_t>(anchors_[i].group.offset);
  };
  std::rotate(at(1), at(2), at(3));
  setup_.disk.replace("journal", kFirst, content);
  expect_corrupt("journal/0000000001.seg");
}

TEST_F(Damage, GarbageRightBehindTheEndIsRefused) {
  put(name_of(anchors_.back()), anchors_.back().group.offset + 1821, payload_of(700, 'g'));
  expect_corrupt("damaged bytes that no cut write leaves");
}

TEST_F(Damage, GarbageFarBehindTheEndIsTakenForACutWriteAndReported) {
  const std::string name = name_of(anchors_.back());
  put(name, kSmallSegment - 1000, payload_of(700, 'g'));
  const auto opened = setup_.open();
  ASSERT_TRUE(opened) << describe(opened.error());
  ASSERT_EQ(setup_.report.dropped.size(), 1);
  EXPECT_EQ(setup_.report.dropped[0].path, "journal/" + name);
  EXPECT_EQ(setup_.journal->last(), anchors_.back());
  EXPECT_EQ(setup_.disk.contents("journal", name)[kSmallSegment - 900], 0);
}

TEST_F(Damage, AnOldGroupCopiedBehindTheEndIsRefused) {
  const auto content = setup_.disk.contents("journal", kFirst);
  const std::string old(content.begin() + 512,
                        content.begin() + static_cast<std::ptrdiff_t>(anchors_[1].group.offset));
  const std::string name = name_of(anchors_.back());
  put(name, kSmallSegment - 4000, old);
  expect_corrupt("cannot follow a torn one");
  zero(name, kSmallSegment - 4000, 4000);
  put(name, anchors_.back().group.offset + 1821, old);
  expect_corrupt(name);
}

TEST_F(Damage, BytesInASegmentFarAheadAreRefused) {
  ASSERT_TRUE(setup_.open());
  ASSERT_TRUE(*setup_.journal->prepare_slice());
  const auto next = setup_.disk.contents("journal", "0000000005.seg");
  put("0000000005.seg", 2000, payload_of(900, 'g'));
  put(name_of(anchors_.back()), kSmallSegment - 1000, payload_of(10, 'g'));
  expect_corrupt("although journal/0000000005.seg holds bytes behind it");
  setup_.disk.replace("journal", "0000000005.seg", next);
  zero(name_of(anchors_.back()), kSmallSegment - 1000, 10);
  auto header = journal::encode_segment_header(
      {.data_id = JournalSetup::data_id(), .number = 6, .segment_bytes = kSmallSegment});
  setup_.disk.replace("journal", "0000000006.seg", std::vector<std::uint8_t>(kSmallSegment));
  put("0000000006.seg", 0, std::string(core::as_text(header)));
  put("0000000006.seg", 2000, "x");
  expect_corrupt("although the segment before is empty");
}

TEST_F(Damage, ARolledBackJournalIsRefused) {
  const auto today = setup_.disk.image("journal");
  ASSERT_TRUE(setup_.open());
  ASSERT_TRUE(setup_.append({"tomorrow"}));
  ASSERT_TRUE(setup_.journal->advance_head());
  setup_.disk.restore("journal", today);
  expect_refused(setup_.open(), Errc::kCorrupt, "record 61");
}

TEST_F(Damage, ARolledBackHeadLosesNothing) {
  const auto today = setup_.disk.image("head");
  ASSERT_TRUE(setup_.open());
  ASSERT_TRUE(setup_.append({"tomorrow"}));
  ASSERT_TRUE(setup_.journal->advance_head());
  setup_.disk.restore("head", today);
  ASSERT_TRUE(setup_.open());
  EXPECT_EQ(setup_.journal->last().sequence, 61);
  EXPECT_EQ(setup_.report.rewritten, 1);
}

TEST_F(Damage, JournalAndHeadRolledBackTogetherAreRefusedByTheStore) {
  const auto journal = setup_.disk.image("journal");
  const auto head = setup_.disk.image("head");
  ASSERT_TRUE(setup_.open());
  const auto appended = setup_.append({"tomorrow"});
  ASSERT_TRUE(appended);
  const Anchor applied = appended->anchor;
  setup_.disk.restore("journal", journal);
  setup_.disk.restore("head", head);
  expect_refused(setup_.open(applied), Errc::kCorrupt, "but the store holds record 61");
}

// The documented limit: with everything rolled back there is no witness left on this machine.
TEST_F(Damage, EverythingRolledBackTogetherIsInvisible) {
  const auto journal = setup_.disk.image("journal");
  const auto head = setup_.disk.image("head");
  ASSERT_TRUE(setup_.open());
  ASSERT_TRUE(setup_.append({"tomorrow"}));
  setup_.disk.restore("journal", journal);
  setup_.disk.restore("head", head);
  ASSERT_TRUE(setup_.open(anchors_.back()));
  EXPECT_EQ(setup_.journal->last(), anchors_.back());
}

TEST_F(Damage, AStoreOfAnotherHistoryIsRefused) {
  Anchor other = anchors_[20];
  other.hash[5] ^= 1;
  expect_refused(setup_.open(other), Errc::kCorrupt, "does not hold record 42");
  Anchor moved = anchors_[20];
  moved.group.offset += 8;
  expect_refused(setup_.open(moved), Errc::kCorrupt, "does not hold record 42");
  Anchor ahead = anchors_.back();
  ahead.hash[5] ^= 1;
  expect_refused(setup_.open(ahead), Errc::kCorrupt, "the store holds");
}

TEST_F(Damage, AStoreOfAnotherDataDirectoryIsRefused) {
  Anchor other = anchors_[20];
  other.data_id = JournalSetup::data_id(9);
  expect_refused(setup_.open(other), Errc::kCorrupt, "data id differs");
}

TEST_F(Damage, AJournalOfAnotherDataDirectoryIsRefused) {
  JournalSetup other;
  ASSERT_TRUE(journal::Journal::create(other.places(), JournalSetup::data_id(9), other.options));
  setup_.disk.restore("journal", other.disk.image("journal"));
  expect_corrupt("belongs to another data directory");
}

TEST_F(Damage, TheStoreMayBeAheadOfTheHead) {
  ASSERT_TRUE(setup_.open());
  const auto appended = setup_.append({"not in the head yet"});
  ASSERT_TRUE(appended);
  const Anchor applied = appended->anchor;
  ASSERT_TRUE(setup_.open(applied));
  EXPECT_EQ(setup_.report.rewritten, 1);
  EXPECT_EQ(setup_.journal->last(), applied);
}

TEST_F(Damage, OlderGroupsThanTheAnchorAreNotReadAtStartButByVerification) {
  damage(anchors_[2], 200);
  ASSERT_TRUE(setup_.open(anchors_[20]));
  const auto all = setup_.read_all();
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 4) << "two records in each of the two groups before the damaged one";
}

TEST_F(Damage, AMissingHeadIsRefused) {
  setup_.disk.erase("head", "head");
  expect_refused(setup_.open(), Errc::kNotFound, "there is no head");
}

TEST_F(Damage, OneDamagedHeadSlotIsSurvivedAndReported) {
  for (const std::uint64_t slot : {std::uint64_t{0}, journal::kHeadSlotDistance}) {
    ASSERT_TRUE(setup_.open());
    ASSERT_TRUE(setup_.append({"one more"}));
    ASSERT_TRUE(setup_.journal->advance_head());
    setup_.damage("head", "head", slot + 40);
    ASSERT_TRUE(setup_.open());
    EXPECT_TRUE(setup_.report.head_slot_damaged);
    ASSERT_TRUE(setup_.open());
    EXPECT_FALSE(setup_.report.head_slot_damaged) << "recovery wrote the damaged slot anew";
  }
}

TEST_F(Damage, TwoDamagedHeadSlotsAreRefused) {
  setup_.damage("head", "head", 40);
  setup_.damage("head", "head", journal::kHeadSlotDistance + 40);
  expect_corrupt("no slot of the head is whole");
}

TEST_F(Damage, HeadSlotsOfTwoDataDirectoriesAreRefused) {
  auto bytes = setup_.disk.contents("head", "head");
  std::ranges::copy(encode_head_slot(journal::genesis(JournalSetup::data_id(9))), bytes.begin());
  std::ranges::copy(encode_head_slot(anchors_.back()), bytes.begin() + journal::kHeadSlotDistance);
  setup_.disk.replace("head", "head", bytes);
  expect_corrupt("contradict each other");
}

TEST_F(Damage, ANewerFormatIsRefusedAsSuch) {
  const auto journal = setup_.disk.image("journal");
  setup_.damage("journal", kSecond, 9, 0x02);
  expect_refused(setup_.open(journal::genesis(JournalSetup::data_id())), Errc::kUnsupported,
                 "newer version");
  setup_.disk.restore("journal", journal);
  setup_.damage("journal", name_of(anchors_[15]), anchors_[15].group.offset + 5, 0x02);
  expect_refused(setup_.open(journal::genesis(JournalSetup::data_id())), Errc::kUnsupported,
                 "newer version");
  setup_.disk.restore("journal", journal);
  setup_.damage("head", "head", 9, 0x02);
  expect_refused(setup_.open(), Errc::kUnsupported, "newer version");
}

}  // namespace
}  // namespace wasl::test
