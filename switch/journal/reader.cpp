#include "journal/reader.hpp"

namespace wasl::journal {

using core::Errc;
using core::Result;

Result<Reader> Reader::open(core::Directory& directory, const Anchor& from) {
  const Result<std::uint64_t> segments = last_segment(directory);
  if (!segments) return std::unexpected(segments.error());
  if (from.group.segment < 1 || from.group.segment > *segments) {
    return core::fail(Errc::kCorrupt, directory.path() + "/" + segment_name(from.group.segment) +
                                          ": the segment is missing, but record " +
                                          std::to_string(from.sequence) + " was durable there" +
                                          kWayOut);
  }
  Result<Segment> segment = open_segment(directory, from.group.segment, from.data_id);
  if (!segment) return std::unexpected(segment.error());
  Reader reader(directory, from, *segments, std::move(*segment));
  const Result<void> held = reader.check_start();
  if (!held) return std::unexpected(held.error());
  return reader;
}

Reader::Reader(core::Directory& directory, const Anchor& from, std::uint64_t segments,
               Segment segment)
    : directory_(&directory),
      last_(from),
      end_(from.group),
      segments_(segments),
      segment_(std::move(segment)) {}

// The group at the anchor takes its place in the chain from its own first header; that its last
// record has the anchor's hash proves it all the same, because that hash covers them.
Result<void> Reader::check_start() {
  if (last_.sequence == 0) {
    if (last_ == genesis(last_.data_id)) return {};
    return refuse(segment_.path, end_.offset, "the anchor with sequence 0 is not the genesis");
  }
  const Anchor wanted = last_;
  std::array<std::uint8_t, kRecordHeaderBytes> bytes{};
  const Result<std::size_t> read = segment_.file->read_at(end_.offset, bytes);
  if (!read) return std::unexpected(read.error());
  const Decoded<RecordHeader> first = decode_record_header(core::ByteView(bytes).first(*read));
  if (first) {
    last_.sequence = first->sequence - 1;
    last_.hash = first->previous;
    const Result<bool> loaded = load_group(segment_, end_.offset);
    if (!loaded) return std::unexpected(loaded.error());
    if (*loaded) (void)take(end_);
  }
  if (last_ == wanted && end_ != wanted.group) return {};
  return refuse(segment_.path, wanted.group.offset,
                "the journal does not hold record " + std::to_string(wanted.sequence) +
                    " that was durable here with the hash of the head or the store");
}

// True if a verified group that continues last_ stands at the offset; it is in buffer_ and
// records_.
Result<bool> Reader::load_group(const Segment& segment, std::uint64_t offset) {
  if (segment.bytes - offset < kRecordHeaderBytes) return false;
  buffer_.resize(kRecordHeaderBytes);
  const Result<void> header_read = read_exactly(segment, offset, buffer_);
  if (!header_read) return std::unexpected(header_read.error());
  const Decoded<RecordHeader> header = decode_record_header(buffer_);
  if (!header && header.error() == FormatFault::kNewer) {
    return core::fail(Errc::kUnsupported, segment.path + " at byte " + std::to_string(offset) +
                                              ": a record of a newer version; use that version");
  }
  if (!header || header->group_bytes > segment.bytes - offset) return false;
  buffer_.resize(header->group_bytes);
  const Result<void> read = read_exactly(segment, offset, buffer_);
  if (!read) return std::unexpected(read.error());
  const ChainPoint after{.sequence = last_.sequence, .hash = last_.hash, .now_ms = last_now_ms_};
  return verify_group(buffer_, after, digest_, records_);
}

Group Reader::take(Position group) {
  const std::uint64_t first_sequence = last_.sequence + 1;
  last_.sequence = records_.back().sequence;
  last_.hash = records_.back().hash;
  last_.group = group;
  last_now_ms_ = decode_record_header(buffer_)->now_ms;
  end_ = {.segment = group.segment, .offset = group.offset + buffer_.size()};
  return {.anchor = last_,
          .first_sequence = first_sequence,
          .now_ms = last_now_ms_,
          .records = records_,
          .stored = buffer_};
}

Result<std::optional<Group>> Reader::next() {
  const Result<bool> loaded = load_group(segment_, end_.offset);
  if (!loaded) return std::unexpected(loaded.error());
  if (*loaded) return take(end_);
  if (segment_.number == segments_) return std::nullopt;
  return next_in_following_segment();
}

// A group that did not fit stands first in the next segment; then the rest of this one is zero.
Result<std::optional<Group>> Reader::next_in_following_segment() {
  Result<Segment> following = open_segment(*directory_, segment_.number + 1, last_.data_id);
  if (!following) return std::unexpected(following.error());
  const Result<bool> loaded = load_group(*following, kSegmentHeaderBytes);
  if (!loaded) return std::unexpected(loaded.error());
  if (!*loaded) return std::nullopt;
  const Result<std::uint64_t> used = end_of_content(segment_, end_.offset);
  if (!used) return std::unexpected(used.error());
  if (*used != end_.offset) {
    return refuse(segment_.path, end_.offset,
                  "damaged bytes, although the next segment continues behind them");
  }
  segment_ = std::move(*following);
  return take({.segment = segment_.number, .offset = kSegmentHeaderBytes});
}

Result<std::optional<CutWrite>> Reader::judge_rest() {
  const ChainPoint after{.sequence = last_.sequence, .hash = last_.hash, .now_ms = last_now_ms_};
  return judge_tail(*directory_, last_.data_id,
                    {.end = end_, .after = after, .segments = segments_});
}

}  // namespace wasl::journal
