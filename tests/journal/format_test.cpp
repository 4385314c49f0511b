#include "journal/format.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <sstream>

#include "journal/crc32c.hpp"
#include "journal/group.hpp"
#include "support/source_directory.hpp"

namespace wasl::journal {
namespace {

using core::ByteView;

DataId golden_data_id() {
  DataId id{};
  std::iota(id.begin(), id.end(), std::uint8_t{0xA0});
  return id;
}

std::vector<std::uint8_t> golden_group() {
  const std::vector<ByteView> payloads = {core::as_bytes("first payload"),
                                          core::as_bytes("second")};
  const Anchor start = genesis(golden_data_id());
  Digest digest;
  EncodedGroup group;
  encode_group({.sequence = 0, .hash = start.hash, .now_ms = 0}, 1'773'100'800'000, payloads,
               digest, group);
  return group.bytes;
}

Anchor golden_anchor() {
  Anchor anchor = genesis(golden_data_id());
  anchor.sequence = 0x0102030405060708;
  anchor.group = {.segment = 3, .offset = 0x123456};
  return anchor;
}

// Rows of 32 hexadecimal digits: 16 bytes each.
std::string hexadecimal(ByteView bytes) {
  std::string out;
  constexpr char kDigits[] = "0123456789abcdef";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
    if (i % 16 == 15 || i + 1 == bytes.size()) out += '\n';
  }
  return out;
}

std::string golden(const std::string& name) {
  std::ifstream file(test::source_directory() + "/tests/golden/journal/" + name);
  EXPECT_TRUE(file) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(JournalFormat, StoresTheSameBytesForEver) {
  EXPECT_EQ(hexadecimal(genesis(golden_data_id()).hash), golden("genesis_v1.hex"));
  EXPECT_EQ(hexadecimal(golden_group()), golden("group_v1.hex"));
  EXPECT_EQ(hexadecimal(encode_head_slot(golden_anchor())), golden("head_slot_v1.hex"));
  EXPECT_EQ(hexadecimal(encode_segment_header(
                {.data_id = golden_data_id(), .number = 7, .segment_bytes = kSegmentBytesDefault})),
            golden("segment_header_v1.hex"));
}

TEST(JournalFormat, GivesBackWhatWasStored) {
  const HeadSlotBytes slot = encode_head_slot(golden_anchor());
  const Decoded<Anchor> anchor = decode_head_slot(slot);
  ASSERT_TRUE(anchor);
  EXPECT_EQ(*anchor, golden_anchor());

  const auto header = decode_segment_header(encode_segment_header(
      {.data_id = golden_data_id(), .number = 7, .segment_bytes = kSegmentBytesMin}));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->data_id, golden_data_id());
  EXPECT_EQ(header->number, 7);
  EXPECT_EQ(header->segment_bytes, kSegmentBytesMin);

  const std::vector<std::uint8_t> group = golden_group();
  Digest digest;
  std::vector<Record> records;
  const ChainPoint start{.sequence = 0, .hash = genesis(golden_data_id()).hash, .now_ms = 0};
  ASSERT_TRUE(verify_group(group, start, digest, records));
  ASSERT_EQ(records.size(), 2);
  EXPECT_EQ(core::as_text(records[0].payload), "first payload");
  EXPECT_EQ(core::as_text(records[1].payload), "second");
  EXPECT_EQ(records[1].sequence, 2);
}

TEST(JournalFormat, RefusesEveryTruncation) {
  const std::vector<std::uint8_t> group = golden_group();
  const HeadSlotBytes slot = encode_head_slot(golden_anchor());
  const SegmentHeaderBytes segment = encode_segment_header(
      {.data_id = golden_data_id(), .number = 7, .segment_bytes = kSegmentBytesMin});
  Digest digest;
  std::vector<Record> records;
  const ChainPoint start{.sequence = 0, .hash = genesis(golden_data_id()).hash, .now_ms = 0};
  for (std::size_t size = 0; size < group.size(); ++size) {
    EXPECT_FALSE(verify_group(ByteView(group).first(size), start, digest, records)) << size;
  }
  for (std::size_t size = 0; size < slot.size(); ++size) {
    EXPECT_FALSE(decode_head_slot(ByteView(slot).first(size))) << size;
  }
  for (std::size_t size = 0; size < segment.size(); ++size) {
    EXPECT_FALSE(decode_segment_header(ByteView(segment).first(size))) << size;
  }
}

TEST(JournalFormat, FindsEveryFlippedBit) {
  std::vector<std::uint8_t> group = golden_group();
  Digest digest;
  std::vector<Record> records;
  const ChainPoint start{.sequence = 0, .hash = genesis(golden_data_id()).hash, .now_ms = 0};
  for (std::size_t bit = 0; bit < group.size() * 8; ++bit) {
    const auto mask = static_cast<std::uint8_t>(1 << (bit % 8));
    group[bit / 8] ^= mask;
    EXPECT_FALSE(verify_group(group, start, digest, records)) << "bit " << bit;
    group[bit / 8] ^= mask;
  }
  HeadSlotBytes slot = encode_head_slot(golden_anchor());
  for (std::size_t bit = 0; bit < slot.size() * 8; ++bit) {
    const auto mask = static_cast<std::uint8_t>(1 << (bit % 8));
    slot[bit / 8] ^= mask;
    EXPECT_FALSE(decode_head_slot(slot)) << "bit " << bit;
    slot[bit / 8] ^= mask;
  }
  SegmentHeaderBytes segment = encode_segment_header(
      {.data_id = golden_data_id(), .number = 7, .segment_bytes = kSegmentBytesMin});
  for (std::size_t bit = 0; bit < segment.size() * 8; ++bit) {
    const auto mask = static_cast<std::uint8_t>(1 << (bit % 8));
    segment[bit / 8] ^= mask;
    EXPECT_FALSE(decode_segment_header(segment)) << "bit " << bit;
    segment[bit / 8] ^= mask;
  }
}

TEST(JournalFormat, RefusesBytesBehindAGroup) {
  std::vector<std::uint8_t> group = golden_group();
  group.push_back(0);
  Digest digest;
  std::vector<Record> records;
  const ChainPoint start{.sequence = 0, .hash = genesis(golden_data_id()).hash, .now_ms = 0};
  EXPECT_FALSE(verify_group(group, start, digest, records));
}

TEST(JournalFormat, RefusesAGroupThatDoesNotContinueTheChain) {
  const std::vector<std::uint8_t> group = golden_group();
  const core::Sha256 hash = genesis(golden_data_id()).hash;
  Digest digest;
  std::vector<Record> records;
  EXPECT_FALSE(verify_group(group, {.sequence = 1, .hash = hash, .now_ms = 0}, digest, records));
  EXPECT_FALSE(verify_group(group, {.sequence = 0, .hash = {}, .now_ms = 0}, digest, records));
  const ChainPoint later{.sequence = 0, .hash = hash, .now_ms = 1'773'100'800'001};
  EXPECT_FALSE(verify_group(group, later, digest, records));
}

TEST(JournalFormat, TellsANewerVersionFromDamage) {
  std::vector<std::uint8_t> group = golden_group();
  core::put_big_endian(&group[4], std::uint16_t{kFormatVersion + 1});
  EXPECT_EQ(decode_record_header(group).error(), FormatFault::kNewer);
  core::put_big_endian(&group[4], std::uint16_t{0});
  EXPECT_EQ(decode_record_header(group).error(), FormatFault::kInvalid);

  HeadSlotBytes slot = encode_head_slot(golden_anchor());
  core::put_big_endian(&slot[8], std::uint16_t{kFormatVersion + 1});
  EXPECT_EQ(decode_head_slot(slot).error(), FormatFault::kNewer);
}

TEST(JournalFormat, TellsAnUnknownKeyFromDamage) {
  std::vector<std::uint8_t> group = golden_group();
  core::put_big_endian(&group[12], std::uint32_t{1});
  core::put_big_endian(&group[92], crc32c(ByteView(group).first(92)));
  EXPECT_EQ(decode_record_header(group).error(), FormatFault::kNewer);
}

struct HeaderBound {
  const char* field;
  std::size_t offset;
  std::uint32_t value;
  bool accepted;
};

TEST(JournalFormat, KeepsEveryBoundOfARecordHeader) {
  const HeaderBound bounds[] = {
      {"payload_bytes", 8, 0, false},
      {"payload_bytes", 8, 1, true},
      {"group_bytes", 52, static_cast<std::uint32_t>(kGroupBytesMax), true},
      {"group_bytes", 52, static_cast<std::uint32_t>(kGroupBytesMax) + 1, false},
      {"group_bytes", 52, 96 + 12, false},
      {"group_bytes", 52, 96 + 13, true},
      {"group_records", 48, 0, false},
      {"group_records", 48, 1, true},
      {"group_records", 48, kGroupRecordsMax, true},
      {"group_records", 48, kGroupRecordsMax + 1, false},
      {"group_index", 44, 1, false},
      {"reserved", 4, (1U << 16) | 1U, false},
      {"nonce", 32, 1, false},
      {"nonce", 40, 1, false},
  };
  for (const HeaderBound& bound : bounds) {
    std::vector<std::uint8_t> group = golden_group();
    core::put_big_endian(&group[bound.offset], bound.value);
    core::put_big_endian(&group[92], crc32c(ByteView(group).first(92)));
    EXPECT_EQ(decode_record_header(group).has_value(), bound.accepted)
        << bound.field << " = " << bound.value;
  }
}

}  // namespace
}  // namespace wasl::journal
