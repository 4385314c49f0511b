#include "journal/segment_copy.hpp"

#include <string>
#include <vector>

#include "core/assert.hpp"
#include "journal/head.hpp"
#include "journal/segment.hpp"
#include "journal/zeros.hpp"

namespace wasl::journal {

using core::Errc;
using core::Result;

Result<void> check_no_journal(core::Directory& directory) {
  const Result<std::vector<std::string>> names = directory.list();
  if (!names) return std::unexpected(names.error());
  for (const std::string& name : *names) {
    if (!name.ends_with(".seg") && !name.ends_with(".seg.new") && !name.starts_with(kHeadName)) {
      continue;
    }
    return core::fail(Errc::kExists, directory.path() + "/" + name +
                                         ": there is a journal already; choose an empty directory");
  }
  return {};
}

Result<void> SegmentCopy::take(const Group& group) {
  const Position place = group.anchor.group;
  if (place.segment != number_) {
    WASL_ASSERT(place.segment == number_ + 1);
    if (auto ended = end_segment(); !ended) return ended;
    if (auto begun = begin_segment(); !begun) return begun;
  }
  WASL_ASSERT(place.offset == written_to_);
  if (auto written = file_->write_at(place.offset, group.stored); !written) return written;
  written_to_ += group.stored.size();
  return {};
}

Result<void> SegmentCopy::finish() {
  if (number_ == 0) {
    if (auto begun = begin_segment(); !begun) return begun;
  }
  if (auto ended = end_segment(); !ended) return ended;
  return to_->sync();
}

Result<void> SegmentCopy::begin_segment() {
  const Result<Segment> model = open_segment(*from_, number_ + 1, data_id_);
  if (!model) return std::unexpected(model.error());
  Result<std::unique_ptr<core::File>> file =
      to_->open(segment_name(number_ + 1), core::OpenMode::kCreate);
  if (!file) return std::unexpected(file.error());
  file_ = std::move(*file);
  ++number_;
  segment_bytes_ = model->bytes;
  written_to_ = kSegmentHeaderBytes;
  return file_->write_at(
      0, encode_segment_header(
             {.data_id = data_id_, .number = number_, .segment_bytes = segment_bytes_}));
}

// Real zeros, as the server writes them: later groups must not wait for the file system to find
// room.
Result<void> SegmentCopy::end_segment() {
  if (file_ == nullptr) return {};
  if (auto filled = write_zeros(*file_, written_to_, segment_bytes_); !filled) return filled;
  if (auto synced = file_->sync(); !synced) return synced;
  file_.reset();
  return {};
}

}  // namespace wasl::journal
