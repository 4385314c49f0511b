// The rule of the cut write: a last group torn at sectors is dropped, whatever sectors were lost; a
// last group damaged in any other way is refused.

#include <gtest/gtest.h>

#include "journal_setup.hpp"

namespace wasl::test {
namespace {

using core::Errc;

constexpr const char* kFirst = "0000000001.seg";

struct Shape {
  const char* name;
  std::vector<std::size_t> payloads;
  std::size_t before;  // Payload of the durable group before, which moves the start in its sector.
};

const Shape kShapes[] = {
    {"one large record", {3000}, 10},
    {"one small record", {20}, 10},
    {"many small records", {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120}, 100},
    {"records of a sector", {416, 416, 416, 416}, 416},
    {"a header over a sector's edge", {300, 300, 300, 700}, 366},
    {"small between large", {900, 1, 900, 1}, 200},
};

class TornGroup {
 public:
  explicit TornGroup(const Shape& shape) {
    setup.start();
    EXPECT_TRUE(setup.append({payload_of(shape.before, 'd')}));
    EXPECT_TRUE(setup.journal->advance_head());
    start = 512 + journal::kRecordHeaderBytes + shape.before;
    std::vector<std::string> payloads;
    for (const std::size_t length : shape.payloads) payloads.push_back(payload_of(length));
    const auto appended = setup.append(payloads);
    EXPECT_TRUE(appended);
    bytes = appended->stored_bytes;
    records = payloads.size();
    whole = setup.disk.contents("journal", kFirst);
    head = setup.disk.image("head");
    setup.journal.reset();
  }

  [[nodiscard]] std::size_t sectors() const { return (start + bytes - 1) / 512 - start / 512 + 1; }

  // Opens with these sectors of the group lost.
  core::Result<void> open_without(std::uint64_t lost_sectors) {
    auto content = whole;
    for (std::size_t i = 0; i < sectors(); ++i) {
      if ((lost_sectors >> i & 1) == 0) continue;
      const std::size_t from = std::max<std::size_t>(start, (start / 512 + i) * 512);
      const std::size_t to = (start / 512 + i + 1) * 512;
      std::fill(content.begin() + static_cast<std::ptrdiff_t>(from),
                content.begin() + static_cast<std::ptrdiff_t>(to), std::uint8_t{0});
    }
    return open_with(std::move(content));
  }

  core::Result<void> open_with(std::vector<std::uint8_t> content) {
    setup.disk.restore("head", head);
    setup.disk.replace("journal", kFirst, std::move(content));
    return setup.open(store);
  }

  JournalSetup setup;
  std::uint64_t start = 0;
  std::uint64_t bytes = 0;
  std::size_t records = 0;
  std::vector<std::uint8_t> whole;
  SimulatedDisk::Image head;
  journal::Anchor store = journal::genesis(JournalSetup::data_id());
};

TEST(TornGroup, IsDroppedWhateverSectorsWereLost) {
  for (const Shape& shape : kShapes) {
    TornGroup group(shape);
    for (std::uint64_t lost = 0; lost < (std::uint64_t{1} << group.sectors()); ++lost) {
      const auto opened = group.open_without(lost);
      ASSERT_TRUE(opened) << shape.name << ", lost " << lost << ": " << describe(opened.error());
      const bool nothing_there = lost + 1 == (std::uint64_t{1} << group.sectors());
      EXPECT_EQ(group.setup.journal->last().sequence, lost == 0 ? 1 + group.records : 1);
      EXPECT_EQ(group.setup.report.dropped.size(), lost == 0 || nothing_there ? 0 : 1)
          << shape.name << ", lost " << lost;
      if (lost == 0) continue;
      const auto content = group.setup.disk.contents("journal", kFirst);
      EXPECT_TRUE(journal::all_zero(core::ByteView(content).subspan(group.start)));
    }
  }
}

TEST(TornGroup, ThatTheHeadHasSeenIsRefused) {
  for (const Shape& shape : kShapes) {
    TornGroup group(shape);
    ASSERT_TRUE(group.open_without(0));
    group.head = group.setup.disk.image("head");
    for (std::uint64_t lost = 1; lost < (std::uint64_t{1} << group.sectors()); ++lost) {
      expect_refused(group.open_without(lost), Errc::kCorrupt, "but the head holds record");
    }
  }
}

TEST(TornGroup, ThatTheStoreHasSeenIsRefused) {
  TornGroup group(kShapes[0]);
  ASSERT_TRUE(group.open_without(0));
  const journal::Anchor applied = group.setup.journal->last();
  ASSERT_TRUE(group.open_without(1));
  expect_refused(group.setup.open(applied), Errc::kCorrupt, "but the store holds record");
}

TEST(TornGroup, AFlippedBitIsNoCutWrite) {
  for (const Shape& shape : kShapes) {
    TornGroup group(shape);
    for (std::uint64_t at = 0; at < group.bytes; ++at) {
      auto content = group.whole;
      content[group.start + at] ^= 0x04;
      const auto opened = group.open_with(std::move(content));
      ASSERT_FALSE(opened) << shape.name << ", byte " << at;
    }
  }
}

TEST(TornGroup, BytesLostWithinASectorAreNoCutWrite) {
  TornGroup group(kShapes[0]);
  for (std::uint64_t at = 0; at + 100 < group.bytes; at += 50) {
    const std::uint64_t from = group.start + at;
    if (from / 512 != (from + 99) / 512) continue;
    auto content = group.whole;
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(from), 100, std::uint8_t{0});
    // The first part of a sector that the group shares with the one before is a sector of its own.
    const bool whole_part = from == group.start && (group.start + 100) % 512 == 0;
    const auto opened = group.open_with(std::move(content));
    EXPECT_EQ(opened.has_value(), whole_part) << "byte " << at;
  }
}

TEST(TornGroup, ADamagedRecordBesideALostSectorIsRefused) {
  TornGroup group(kShapes[3]);
  auto content = group.whole;
  const std::uint64_t first_sector = (group.start / 512 + 1) * 512;
  std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(first_sector + 1024), 512,
              std::uint8_t{0});
  const auto opened_torn = group.open_with(content);
  ASSERT_TRUE(opened_torn) << describe(opened_torn.error());
  content[group.start + 200] ^= 1;
  expect_refused(group.open_with(content), Errc::kCorrupt,
                 "a damaged record that no cut write leaves");
}

TEST(TornGroup, AWholeGroupBehindATornOneIsRefused) {
  TornGroup group(kShapes[0]);
  ASSERT_TRUE(group.open_without(0));
  const auto next = group.setup.append({payload_of(300)});
  ASSERT_TRUE(next);
  auto content = group.setup.disk.contents("journal", kFirst);
  std::fill_n(content.begin() + 1024, 512, std::uint8_t{0});
  expect_refused(group.open_with(content), Errc::kCorrupt, "behind the last group's end");
  std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(group.start), 1024, std::uint8_t{0});
  expect_refused(group.open_with(content), Errc::kCorrupt, "a record of another group");
}

TEST(TornGroup, OfAnotherHistoryIsRefused) {
  const Shape& shape = kShapes[3];
  TornGroup group(shape);
  JournalSetup other;
  other.start();
  ASSERT_TRUE(other.append({payload_of(shape.before, 'o')}));
  const auto durable = other.disk.contents("journal", kFirst);
  auto content = group.whole;
  std::copy_n(durable.begin(), group.start, content.begin());
  // The first record stays whole, the last is lost.
  std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(group.start + 1536), 1024,
              std::uint8_t{0});
  group.head = other.disk.image("head");
  expect_refused(group.open_with(content), Errc::kCorrupt, "does not continue the chain");
}

TEST(TornGroup, AtTheStartOfASegmentIsDropped) {
  JournalSetup setup;
  setup.start();
  const std::uint64_t most = setup.journal->group_bytes_max() - journal::kRecordHeaderBytes;
  ASSERT_TRUE(setup.append({payload_of(most)}));
  ASSERT_TRUE(setup.journal->advance_head());
  ASSERT_TRUE(setup.append({payload_of(2000)}));
  const auto head = setup.disk.image("head");
  auto content = setup.disk.contents("journal", "0000000002.seg");
  std::fill_n(content.begin() + 512, 512, std::uint8_t{0});
  setup.disk.replace("journal", "0000000002.seg", content);
  ASSERT_TRUE(setup.open());
  ASSERT_EQ(setup.report.dropped.size(), 1);
  EXPECT_EQ(setup.report.dropped[0].path, "journal/0000000002.seg");
  EXPECT_EQ(setup.journal->last().sequence, 1);
  ASSERT_TRUE(setup.append({"again"}));
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.journal->last().sequence, 2);
}

}  // namespace
}  // namespace wasl::test
