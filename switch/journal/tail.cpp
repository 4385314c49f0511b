#include "journal/tail.hpp"

#include <algorithm>
#include <vector>

#include "journal/crc32c.hpp"
#include "journal/segment.hpp"

namespace wasl::journal {
namespace {

using core::ByteView;
using core::Errc;
using core::Result;

// Walks the records of the one group that may stand torn behind the last verified one.
class TornGroup {
 public:
  TornGroup(const Segment& segment, std::uint64_t start, std::vector<std::uint8_t> bytes,
            const ChainPoint& after)
      : segment_(segment), start_(start), bytes_(std::move(bytes)), after_(after) {
    used_ = bytes_.size();
    // A record that ends in zeros reaches behind the last byte that is not zero.
    bytes_.resize(bytes_.size() + kRecordHeaderBytes + kPayloadBytesMax);
    expected_ = after.sequence + 1;
    hash_ = after.hash;
  }

  Result<void> judge() {
    while (!complete()) {
      const Result<bool> more = step();
      if (!more) return std::unexpected(more.error());
      if (!*more) break;
    }
    if (group_ && used_ > group_->group_bytes) {
      return refused(group_->group_bytes, "bytes stand behind the last group's end");
    }
    if (!failing_ && complete()) {
      return refused(0, "a group stands here that is whole but does not continue the chain");
    }
    return {};
  }

 private:
  [[nodiscard]] bool complete() const {
    return group_ && expected_ == after_.sequence + 1 + group_->group_records;
  }

  [[nodiscard]] std::unexpected<core::Error> refused(std::uint64_t at,
                                                     const std::string& what) const {
    return refuse(segment_.path, start_ + at, what);
  }

  // False when no record can be made out any more.
  Result<bool> step() {
    const Decoded<RecordHeader> header = decode_record_header(rest(offset_));
    if (header) {
      const Result<void> judged = judge_record(*header);
      if (!judged) return std::unexpected(judged.error());
      return true;
    }
    if (header.error() == FormatFault::kNewer) {
      return core::fail(Errc::kUnsupported, segment_.path + " at byte " +
                                                std::to_string(start_ + offset_) +
                                                ": a record of a newer version; use that version");
    }
    if (!touches_unwritten_sector(offset_, kRecordHeaderBytes)) {
      return refused(offset_, "damaged bytes that no cut write leaves");
    }
    failing_ = true;
    return find_next_header();
  }

  // A torn header hides where its record ends; the next one that can be read goes on.
  Result<bool> find_next_header() {
    const auto& magic = record_magic();
    const std::uint64_t behind = std::min<std::uint64_t>(offset_ + 1, bytes_.size());
    for (auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(behind);;) {
      from = std::search(from, bytes_.end(), magic.begin(), magic.end());
      if (from == bytes_.end()) return false;
      const auto at = static_cast<std::uint64_t>(from - bytes_.begin());
      const Decoded<RecordHeader> header = decode_record_header(rest(at));
      ++from;
      if (!header) continue;
      if (header->sequence <= expected_) {
        return refused(at, "a record stands here that cannot follow a torn one");
      }
      offset_ = at;
      expected_ = header->sequence;
      return true;
    }
  }

  Result<void> judge_record(const RecordHeader& header) {
    if (!belongs(header)) {
      return refused(offset_, "a record of another group stands behind the last verified one");
    }
    group_ = header;
    const std::uint64_t end = offset_ + header.stored_bytes();
    if (end > header.group_bytes || header.group_bytes > segment_.bytes - start_) {
      return refused(offset_, "a record goes past the bounds of its group");
    }
    const ByteView payload = rest(offset_ + kRecordHeaderBytes).first(header.payload_bytes);
    const bool whole = crc32c(payload) == header.payload_crc;
    if (!whole && !touches_unwritten_sector(offset_, header.stored_bytes())) {
      return refused(offset_, "a damaged record that no cut write leaves");
    }
    if (!failing_ && header.previous != hash_) {
      return refused(offset_, "the record does not continue the chain");
    }
    failing_ = failing_ || !whole;
    if (!failing_) hash_ = digest_.of(rest(offset_).first(header.stored_bytes()));
    offset_ = end;
    ++expected_;
    return {};
  }

  [[nodiscard]] bool belongs(const RecordHeader& header) const {
    if (header.group_first_sequence() != after_.sequence + 1) return false;
    if (header.sequence != expected_ || header.now_ms < after_.now_ms) return false;
    return !group_ ||
           (header.group_records == group_->group_records &&
            header.group_bytes == group_->group_bytes && header.now_ms == group_->now_ms);
  }

  [[nodiscard]] ByteView rest(std::uint64_t at) const {
    return ByteView(bytes_).subspan(std::min<std::uint64_t>(at, bytes_.size()));
  }

  // True if [at, at + length) touches a sector whose part behind the last verified group is all
  // zero.
  [[nodiscard]] bool touches_unwritten_sector(std::uint64_t at, std::uint64_t length) const {
    const std::uint64_t first = (start_ + at) / kSectorBytes;
    const std::uint64_t last = (start_ + at + length - 1) / kSectorBytes;
    for (std::uint64_t sector = first; sector <= last; ++sector) {
      const std::uint64_t from = std::max(sector * kSectorBytes, start_) - start_;
      const std::uint64_t to = (sector + 1) * kSectorBytes - start_;
      const ByteView behind = rest(from);
      if (all_zero(behind.first(std::min<std::uint64_t>(to - from, behind.size())))) return true;
    }
    return false;
  }

  const Segment& segment_;
  std::uint64_t start_;
  std::vector<std::uint8_t> bytes_;
  ChainPoint after_;
  std::uint64_t used_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t expected_ = 0;
  core::Sha256 hash_{};
  std::optional<RecordHeader> group_;
  bool failing_ = false;
  Digest digest_;
};

Result<CutWrite> judge_content(const Segment& segment, std::uint64_t start, std::uint64_t end,
                               const ChainPoint& after) {
  if (end - start > kGroupBytesMax) {
    return refuse(segment.path, start, "more bytes stand here than one group can have");
  }
  std::vector<std::uint8_t> bytes(end - start);
  const Result<void> read = read_exactly(segment, start, bytes);
  if (!read) return std::unexpected(read.error());
  const Result<void> judged = TornGroup(segment, start, std::move(bytes), after).judge();
  if (!judged) return std::unexpected(judged.error());
  return CutWrite{.path = segment.path,
                  .start = {.segment = segment.number, .offset = start},
                  .bytes = end - start};
}

}  // namespace

Result<std::optional<CutWrite>> judge_tail(core::Directory& directory, const DataId& data_id,
                                           const VerifiedEnd& verified) {
  std::optional<CutWrite> found;
  for (std::uint64_t number = verified.end.segment; number <= verified.segments; ++number) {
    const Result<Segment> segment = open_segment(directory, number, data_id);
    if (!segment) return std::unexpected(segment.error());
    const std::uint64_t start =
        number == verified.end.segment ? verified.end.offset : kSegmentHeaderBytes;
    const Result<std::uint64_t> end = end_of_content(*segment, start);
    if (!end) return std::unexpected(end.error());
    if (*end == start) continue;
    if (found) {
      return refuse(found->path, found->start.offset,
                    "a damaged group, although " + segment->path + " holds bytes behind it");
    }
    if (number > verified.end.segment + 1) {
      return refuse(segment->path, start, "bytes stand here, although the segment before is empty");
    }
    const Result<CutWrite> judged = judge_content(*segment, start, *end, verified.after);
    if (!judged) return std::unexpected(judged.error());
    found = *judged;
  }
  return found;
}

}  // namespace wasl::journal
