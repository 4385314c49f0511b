#pragma once
// The bytes of the journal: segment header, record header, head slot. Stored for ever: the layouts
// are in docs/data_format.md and pinned by tests/golden/journal. Integers are big-endian. Pure
// functions.

#include <array>
#include <compare>
#include <cstdint>
#include <expected>
#include <string>

#include "core/bytes.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"

namespace wasl::journal {

// Disks promise to write 512 bytes wholly or not at all; recovery judges a cut write by it.
inline constexpr std::uint64_t kSectorBytes = 512;
// One sector, so that a header is never half there.
inline constexpr std::uint64_t kSegmentHeaderBytes = kSectorBytes;
inline constexpr std::uint64_t kRecordHeaderBytes = 96;
// A claim of 40 lines with its decision is about 6 KiB; a rulebook, the largest payload, under 64
// KiB.
inline constexpr std::uint64_t kPayloadBytesMax = 256 * 1024;
// The engine's queue drains at most this many commands at once.
inline constexpr std::uint32_t kGroupRecordsMax = 4096;
// 4,096 records of 2 KiB; also what recovery may hold in memory, and zeroes behind the last group.
inline constexpr std::uint64_t kGroupBytesMax = 8 * 1024 * 1024;
// A few seconds of work at full rate; small enough to copy, large enough that changing is rare.
inline constexpr std::uint64_t kSegmentBytesDefault = 64 * 1024 * 1024;
inline constexpr std::uint64_t kSegmentBytesMin = 4096;
inline constexpr std::uint64_t kSegmentBytesMax = 1024 * 1024 * 1024;
inline constexpr std::uint16_t kFormatVersion = 1;

// Random, made once by init or import.
using core::DataId;

// Where a group starts. Segments are numbered from 1.
struct Position {
  std::uint64_t segment = 1;
  std::uint64_t offset = kSegmentHeaderBytes;
  friend auto operator<=>(const Position&, const Position&) = default;
};

// A point on the chain: the last record of a group, its hash, and where its group starts. Sequence
// 0 is the point before the first record (see genesis).
struct Anchor {
  DataId data_id{};
  std::uint64_t sequence = 0;
  core::Sha256 hash{};
  Position group;
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

inline constexpr std::size_t kAnchorBytes = 72;
inline constexpr std::size_t kHeadSlotBytes = 92;
using AnchorBytes = std::array<std::uint8_t, kAnchorBytes>;
using HeadSlotBytes = std::array<std::uint8_t, kHeadSlotBytes>;
using SegmentHeaderBytes = std::array<std::uint8_t, kSegmentHeaderBytes>;

struct SegmentHeader {
  DataId data_id{};
  std::uint64_t number = 0;
  std::uint64_t segment_bytes = 0;
};

struct RecordHeader {
  std::uint32_t payload_bytes = 0;
  std::uint64_t sequence = 0;
  std::int64_t now_ms = 0;
  std::uint32_t group_index = 0;    // Of this record in its group, from 0.
  std::uint32_t group_records = 0;  // Records of the group.
  std::uint32_t group_bytes = 0;    // Stored bytes of the whole group.
  std::uint32_t payload_crc = 0;
  core::Sha256 previous{};  // Hash of the record before; it makes the chain.

  [[nodiscard]] std::uint64_t stored_bytes() const { return kRecordHeaderBytes + payload_bytes; }
  [[nodiscard]] std::uint64_t group_first_sequence() const { return sequence - group_index; }
};

// Why bytes are not what was looked for. kNewer: ours, but of a version or key this build lacks.
enum class FormatFault : std::uint8_t { kInvalid, kNewer };
template <typename T>
using Decoded = std::expected<T, FormatFault>;

// The point before the first record: sequence 0, hash = SHA-256("wasl journal genesis 1" || data
// id).
[[nodiscard]] Anchor genesis(const DataId& data_id);

[[nodiscard]] AnchorBytes encode_anchor(const Anchor& anchor);
// The caller has checked a checksum: any 72 bytes are an anchor.
[[nodiscard]] Anchor decode_anchor(std::span<const std::uint8_t, kAnchorBytes> bytes);

[[nodiscard]] HeadSlotBytes encode_head_slot(const Anchor& anchor);
[[nodiscard]] Decoded<Anchor> decode_head_slot(core::ByteView bytes);

[[nodiscard]] SegmentHeaderBytes encode_segment_header(const SegmentHeader& header);
// The zeros behind the checksum, to the end of the sector, are checked too.
[[nodiscard]] Decoded<SegmentHeader> decode_segment_header(core::ByteView bytes);

void encode_record_header(const RecordHeader& header,
                          std::span<std::uint8_t, kRecordHeaderBytes> out);
// Checks version, checksum and every documented bound of the header; says nothing of the payload.
[[nodiscard]] Decoded<RecordHeader> decode_record_header(core::ByteView bytes);
// The four bytes every record starts with; recovery searches for them.
[[nodiscard]] const std::array<std::uint8_t, 4>& record_magic();

// "0000000001.seg"
[[nodiscard]] std::string segment_name(std::uint64_t number);

}  // namespace wasl::journal
