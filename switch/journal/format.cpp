#include "journal/format.hpp"

#include <algorithm>
#include <cstdio>

#include "core/assert.hpp"
#include "journal/crc32c.hpp"
#include "journal/digest.hpp"

namespace wasl::journal {
namespace {

using core::ByteView;
using core::get_big_endian;
using core::put_big_endian;

using Magic8 = std::array<std::uint8_t, 8>;
constexpr Magic8 kSegmentMagic = {'W', 'A', 'S', 'L', 'S', 'E', 'G', 'M'};
constexpr Magic8 kHeadMagic = {'W', 'A', 'S', 'L', 'H', 'E', 'A', 'D'};
constexpr std::array<std::uint8_t, 4> kRecordMagic = {'W', 'R', 'E', 'C'};

// Segment header and head slot: magic, version u16, six zero bytes, fields, CRC-32C of all before
// it.
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kReservedAt = 10;
constexpr std::size_t kFieldsAt = 16;
constexpr std::size_t kSegmentNumberAt = 32;
constexpr std::size_t kSegmentSizeAt = 40;
constexpr std::size_t kSegmentCrcAt = 48;
constexpr std::size_t kSegmentRestAt = kSegmentCrcAt + 4;
constexpr std::size_t kHeadCrcAt = kFieldsAt + kAnchorBytes;
static_assert(kHeadCrcAt + 4 == kHeadSlotBytes && kHeadSlotBytes <= kSectorBytes);

constexpr std::size_t kRecordVersionAt = 4;
constexpr std::size_t kRecordReservedAt = 6;
constexpr std::size_t kPayloadBytesAt = 8;
constexpr std::size_t kKeyIdAt = 12;
constexpr std::size_t kSequenceAt = 16;
constexpr std::size_t kNowAt = 24;
constexpr std::size_t kNonceAt = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kGroupIndexAt = 44;
constexpr std::size_t kGroupRecordsAt = 48;
constexpr std::size_t kGroupBytesAt = 52;
constexpr std::size_t kPayloadCrcAt = 56;
constexpr std::size_t kPreviousAt = 60;
constexpr std::size_t kHeaderCrcAt = 92;
static_assert(kNonceAt + kNonceBytes == kGroupIndexAt);
static_assert(kPreviousAt + sizeof(core::Sha256) == kHeaderCrcAt);
static_assert(kHeaderCrcAt + 4 == kRecordHeaderBytes);

bool zero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

// Magic, version, reserved bytes and checksum of a segment header or head slot.
std::expected<void, FormatFault> check_frame(ByteView bytes, const Magic8& magic,
                                             std::size_t crc_at) {
  if (bytes.size() < crc_at + 4) return std::unexpected(FormatFault::kInvalid);
  if (!std::ranges::equal(bytes.first(magic.size()), magic)) {
    return std::unexpected(FormatFault::kInvalid);
  }
  const auto version = get_big_endian<std::uint16_t>(&bytes[kVersionAt]);
  if (version > kFormatVersion) return std::unexpected(FormatFault::kNewer);
  const bool whole = version == kFormatVersion && zero(bytes.subspan(kReservedAt, 6)) &&
                     get_big_endian<std::uint32_t>(&bytes[crc_at]) == crc32c(bytes.first(crc_at));
  if (!whole) return std::unexpected(FormatFault::kInvalid);
  return {};
}

void start_frame(std::span<std::uint8_t> out, const Magic8& magic) {
  std::ranges::copy(magic, out.begin());
  put_big_endian(&out[kVersionAt], kFormatVersion);
}

bool bounds_hold(const RecordHeader& header) {
  return header.payload_bytes >= 1 && header.payload_bytes <= kPayloadBytesMax &&
         header.group_records >= 1 && header.group_records <= kGroupRecordsMax &&
         header.group_index < header.group_records && header.sequence > header.group_index &&
         header.group_bytes <= kGroupBytesMax && header.group_bytes >= header.stored_bytes();
}

}  // namespace

Anchor genesis(const DataId& data_id) {
  std::string text = "wasl journal genesis 1";
  core::Writer(text).raw(data_id);
  return {
      .data_id = data_id, .sequence = 0, .hash = Digest().of(core::as_bytes(text)), .group = {}};
}

AnchorBytes encode_anchor(const Anchor& anchor) {
  AnchorBytes out{};
  std::ranges::copy(anchor.data_id, out.begin());
  put_big_endian(&out[16], anchor.sequence);
  std::ranges::copy(anchor.hash, out.begin() + 24);
  put_big_endian(&out[56], anchor.group.segment);
  put_big_endian(&out[64], anchor.group.offset);
  return out;
}

Anchor decode_anchor(std::span<const std::uint8_t, kAnchorBytes> bytes) {
  Anchor anchor;
  std::ranges::copy(bytes.first<16>(), anchor.data_id.begin());
  anchor.sequence = get_big_endian<std::uint64_t>(&bytes[16]);
  std::ranges::copy(bytes.subspan<24, 32>(), anchor.hash.begin());
  anchor.group.segment = get_big_endian<std::uint64_t>(&bytes[56]);
  anchor.group.offset = get_big_endian<std::uint64_t>(&bytes[64]);
  return anchor;
}

HeadSlotBytes encode_head_slot(const Anchor& anchor) {
  HeadSlotBytes out{};
  start_frame(out, kHeadMagic);
  std::ranges::copy(encode_anchor(anchor), out.begin() + kFieldsAt);
  put_big_endian(&out[kHeadCrcAt], crc32c(ByteView(out).first(kHeadCrcAt)));
  return out;
}

Decoded<Anchor> decode_head_slot(ByteView bytes) {
  const auto framed = check_frame(bytes, kHeadMagic, kHeadCrcAt);
  if (!framed) return std::unexpected(framed.error());
  return decode_anchor(bytes.subspan<kFieldsAt, kAnchorBytes>());
}

SegmentHeaderBytes encode_segment_header(const SegmentHeader& header) {
  WASL_ASSERT(header.number >= 1);
  SegmentHeaderBytes out{};
  start_frame(out, kSegmentMagic);
  std::ranges::copy(header.data_id, out.begin() + kFieldsAt);
  put_big_endian(&out[kSegmentNumberAt], header.number);
  put_big_endian(&out[kSegmentSizeAt], header.segment_bytes);
  put_big_endian(&out[kSegmentCrcAt], crc32c(ByteView(out).first(kSegmentCrcAt)));
  return out;
}

Decoded<SegmentHeader> decode_segment_header(ByteView bytes) {
  const auto framed = check_frame(bytes, kSegmentMagic, kSegmentCrcAt);
  if (!framed) return std::unexpected(framed.error());
  const bool plain = bytes.size() >= kSegmentHeaderBytes &&
                     zero(bytes.subspan(kSegmentRestAt, kSegmentHeaderBytes - kSegmentRestAt));
  if (!plain) return std::unexpected(FormatFault::kInvalid);
  SegmentHeader header;
  std::ranges::copy(bytes.subspan(kFieldsAt, 16), header.data_id.begin());
  header.number = get_big_endian<std::uint64_t>(&bytes[kSegmentNumberAt]);
  header.segment_bytes = get_big_endian<std::uint64_t>(&bytes[kSegmentSizeAt]);
  const bool bounded = header.number >= 1 && header.segment_bytes >= kSegmentBytesMin &&
                       header.segment_bytes <= kSegmentBytesMax &&
                       header.segment_bytes % kSectorBytes == 0;
  if (!bounded) return std::unexpected(FormatFault::kInvalid);
  return header;
}

void encode_record_header(const RecordHeader& header,
                          std::span<std::uint8_t, kRecordHeaderBytes> out) {
  WASL_ASSERT(bounds_hold(header));
  std::ranges::fill(out, std::uint8_t{0});
  std::ranges::copy(kRecordMagic, out.begin());
  put_big_endian(&out[kRecordVersionAt], kFormatVersion);
  put_big_endian(&out[kPayloadBytesAt], header.payload_bytes);
  put_big_endian(&out[kSequenceAt], header.sequence);
  put_big_endian(&out[kNowAt], static_cast<std::uint64_t>(header.now_ms));
  put_big_endian(&out[kGroupIndexAt], header.group_index);
  put_big_endian(&out[kGroupRecordsAt], header.group_records);
  put_big_endian(&out[kGroupBytesAt], header.group_bytes);
  put_big_endian(&out[kPayloadCrcAt], header.payload_crc);
  std::ranges::copy(header.previous, out.begin() + kPreviousAt);
  put_big_endian(&out[kHeaderCrcAt], crc32c(out.first<kHeaderCrcAt>()));
}

Decoded<RecordHeader> decode_record_header(ByteView bytes) {
  const auto invalid = std::unexpected(FormatFault::kInvalid);
  if (bytes.size() < kRecordHeaderBytes) return invalid;
  if (!std::ranges::equal(bytes.first(kRecordMagic.size()), kRecordMagic)) return invalid;
  const auto version = get_big_endian<std::uint16_t>(&bytes[kRecordVersionAt]);
  if (version > kFormatVersion) return std::unexpected(FormatFault::kNewer);
  if (version != kFormatVersion) return invalid;
  const auto crc = get_big_endian<std::uint32_t>(&bytes[kHeaderCrcAt]);
  if (crc != crc32c(bytes.first(kHeaderCrcAt))) return invalid;
  if (get_big_endian<std::uint32_t>(&bytes[kKeyIdAt]) != 0) {
    return std::unexpected(FormatFault::kNewer);
  }
  RecordHeader header;
  header.payload_bytes = get_big_endian<std::uint32_t>(&bytes[kPayloadBytesAt]);
  header.sequence = get_big_endian<std::uint64_t>(&bytes[kSequenceAt]);
  header.now_ms = static_cast<std::int64_t>(get_big_endian<std::uint64_t>(&bytes[kNowAt]));
  header.group_index = get_big_endian<std::uint32_t>(&bytes[kGroupIndexAt]);
  header.group_records = get_big_endian<std::uint32_t>(&bytes[kGroupRecordsAt]);
  header.group_bytes = get_big_endian<std::uint32_t>(&bytes[kGroupBytesAt]);
  header.payload_crc = get_big_endian<std::uint32_t>(&bytes[kPayloadCrcAt]);
  std::ranges::copy(bytes.subspan(kPreviousAt, 32), header.previous.begin());
  const bool plain =
      zero(bytes.subspan(kRecordReservedAt, 2)) && zero(bytes.subspan(kNonceAt, kNonceBytes));
  if (!plain || !bounds_hold(header)) return invalid;
  return header;
}

const std::array<std::uint8_t, 4>& record_magic() { return kRecordMagic; }

std::string segment_name(std::uint64_t number) {
  char name[32];
  std::snprintf(name, sizeof(name), "%010llu.seg", static_cast<unsigned long long>(number));
  return name;
}

}  // namespace wasl::journal
