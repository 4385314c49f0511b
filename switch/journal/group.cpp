#include "journal/group.hpp"

#include <cstring>

#include "core/assert.hpp"
#include "journal/crc32c.hpp"

namespace wasl::journal {

using core::ByteView;

std::uint64_t group_bytes(std::span<const ByteView> payloads) {
  std::uint64_t bytes = 0;
  for (const ByteView payload : payloads) bytes += kRecordHeaderBytes + payload.size();
  return bytes;
}

void encode_group(const ChainPoint& after, std::int64_t now_ms, std::span<const ByteView> payloads,
                  Digest& digest, EncodedGroup& out) {
  WASL_ASSERT(now_ms >= after.now_ms);
  const std::uint64_t total = group_bytes(payloads);
  WASL_ASSERT(total <= kGroupBytesMax);
  out.bytes.resize(total);
  out.receipts.clear();
  RecordHeader header;
  header.now_ms = now_ms;
  header.group_records = static_cast<std::uint32_t>(payloads.size());
  header.group_bytes = static_cast<std::uint32_t>(total);
  header.previous = after.hash;
  std::span<std::uint8_t> rest = out.bytes;
  for (const ByteView payload : payloads) {
    header.sequence = after.sequence + 1 + header.group_index;
    header.payload_bytes = static_cast<std::uint32_t>(payload.size());
    header.payload_crc = crc32c(payload);
    encode_record_header(header, rest.first<kRecordHeaderBytes>());
    std::memcpy(&rest[kRecordHeaderBytes], payload.data(), payload.size());
    header.previous = digest.of(rest.first(header.stored_bytes()));
    out.receipts.push_back({.sequence = header.sequence, .hash = header.previous});
    rest = rest.subspan(header.stored_bytes());
    ++header.group_index;
  }
  WASL_ASSERT(rest.empty());
}

bool verify_group(ByteView stored, const ChainPoint& after, Digest& digest,
                  std::vector<Record>& records) {
  records.clear();
  core::Sha256 previous = after.hash;
  std::optional<RecordHeader> first;
  for (ByteView rest = stored; !rest.empty();) {
    const Decoded<RecordHeader> header = decode_record_header(rest);
    if (!header || header->stored_bytes() > rest.size()) return false;
    if (!first) first = *header;
    const bool in_place = header->sequence == after.sequence + 1 + records.size() &&
                          header->group_index == records.size() &&
                          header->group_records == first->group_records &&
                          header->group_bytes == stored.size() && header->now_ms == first->now_ms &&
                          header->now_ms >= after.now_ms && header->previous == previous;
    if (!in_place) return false;
    const ByteView payload = rest.subspan(kRecordHeaderBytes, header->payload_bytes);
    if (crc32c(payload) != header->payload_crc) return false;
    previous = digest.of(rest.first(header->stored_bytes()));
    records.push_back({.sequence = header->sequence, .payload = payload, .hash = previous});
    rest = rest.subspan(header->stored_bytes());
  }
  return first && records.size() == first->group_records;
}

}  // namespace wasl::journal
