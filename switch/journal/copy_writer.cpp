#include "journal/copy_writer.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "journal/zeros.hpp"

namespace wasl::journal {
namespace {

using core::OpenMode;
using core::Result;

constexpr std::string_view kUnfinishedSuffix = ".new";

std::string unfinished_name(std::uint64_t number) {
  return segment_name(number) + std::string(kUnfinishedSuffix);
}

}  // namespace

CopyWriter::CopyWriter(core::Directory& directory, const DataId& data_id)
    : directory_(&directory), data_id_(data_id) {}

Result<void> CopyWriter::start(Position end) {
  Result<Segment> segment = open_segment(*directory_, end.segment, data_id_, OpenMode::kReadWrite);
  if (!segment) return std::unexpected(segment.error());
  current_ = std::move(*segment);
  const Result<void> zeroed = zero_behind(end.offset);
  if (!zeroed) return zeroed;
  return remove_unused(end.segment);
}

// Segments are synced as zeros and at most one group is ever unsynced, so only one group's length
// can hold anything, even where the disk differs from what reading showed: that much is always
// written.
Result<void> CopyWriter::zero_behind(std::uint64_t offset) {
  const std::uint64_t to = std::min(current_.bytes, offset + kGroupBytesMax);
  if (offset < to) {
    const Result<void> written = write_zeros(*current_.file, offset, to);
    if (!written) return written;
  }
  return current_.file->sync();
}

Result<void> CopyWriter::remove_unused(std::uint64_t last_used) {
  const Result<std::vector<std::string>> names = directory_->list();
  if (!names) return std::unexpected(names.error());
  const std::string last_name = segment_name(last_used);
  // Highest first: a gap among the rest would look like a lost segment.
  for (auto name = names->rbegin(); name != names->rend(); ++name) {
    const bool unfinished = name->ends_with(std::string(".seg") + std::string(kUnfinishedSuffix));
    const bool unused = name->ends_with(".seg") && *name > last_name;
    if (!unfinished && !unused) continue;
    const Result<void> removed = directory_->remove(*name);
    if (!removed) return removed;
    const Result<void> synced = directory_->sync();
    if (!synced) return synced;
  }
  return {};
}

Result<bool> CopyWriter::prepare(const NextSegment& next, std::uint64_t slice_bytes) {
  if (ready_) return true;
  WASL_ASSERT(!next_file_ || (next_.number == next.number && next_.bytes == next.bytes));
  const Result<void> filled = fill_slice(next, slice_bytes);
  if (!filled) {
    discard_prepared(next);
    return std::unexpected(filled.error());
  }
  if (filled_bytes_ < next.bytes) return false;
  const Result<void> named = name_prepared(next);
  if (!named) {
    discard_prepared(next);
    return std::unexpected(named.error());
  }
  ready_ = true;
  return true;
}

Result<void> CopyWriter::fill_slice(const NextSegment& next, std::uint64_t slice_bytes) {
  if (!next_file_) {
    Result<std::unique_ptr<core::File>> file =
        directory_->open(unfinished_name(next.number), OpenMode::kCreate);
    if (!file) return std::unexpected(file.error());
    next_file_ = std::move(*file);
    next_ = next;
    const Result<void> written = next_file_->write_at(
        0, encode_segment_header(
               {.data_id = data_id_, .number = next.number, .segment_bytes = next.bytes}));
    if (!written) return written;
    filled_bytes_ = kSegmentHeaderBytes;
  }
  const std::uint64_t to = std::min(next.bytes, filled_bytes_ + slice_bytes);
  const Result<void> written = write_zeros(*next_file_, filled_bytes_, to);
  if (!written) return written;
  filled_bytes_ = to;
  return next_file_->sync();
}

Result<void> CopyWriter::name_prepared(const NextSegment& next) {
  const Result<void> named =
      directory_->rename(unfinished_name(next.number), segment_name(next.number));
  if (!named) return named;
  return directory_->sync();
}

void CopyWriter::discard_prepared(const NextSegment& next) {
  next_file_.reset();
  filled_bytes_ = 0;
  // May fail for the reason that brought us here; then the next attempt fails too and says so.
  (void)directory_->remove(unfinished_name(next.number));
}

void CopyWriter::roll() {
  WASL_ASSERT(ready_);
  current_ = Segment{.file = std::move(next_file_),
                     .number = next_.number,
                     .bytes = next_.bytes,
                     .path = directory_->path() + "/" + segment_name(next_.number)};
  filled_bytes_ = 0;
  ready_ = false;
}

Result<void> CopyWriter::write(std::uint64_t offset, core::ByteView bytes) {
  WASL_ASSERT(current_.file != nullptr);
  WASL_ASSERT(offset >= kSegmentHeaderBytes && offset + bytes.size() <= current_.bytes);
  return current_.file->write_at(offset, bytes);
}

Result<void> CopyWriter::sync() { return current_.file->sync(); }

}  // namespace wasl::journal
