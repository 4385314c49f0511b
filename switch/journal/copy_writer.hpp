#pragma once
// Writes one copy of the journal (the journal itself or its mirror): groups into the current
// segment, and ahead of it the next segment, filled with zeros in slices. A segment gets its final
// name only when header and zeros are synced, so a group never lands on bytes of unknown content.
// One thread.

#include <cstdint>
#include <memory>
#include <optional>

#include "core/files.hpp"
#include "journal/format.hpp"
#include "journal/segment.hpp"

namespace wasl::journal {

struct NextSegment {
  std::uint64_t number = 0;
  std::uint64_t bytes = 0;
};

class CopyWriter {
 public:
  CopyWriter(core::Directory& directory, const DataId& data_id);

  // Opens the segment that holds `end`, zeroes everything behind `end` and syncs; removes the
  // segments behind it and whatever was left half made.
  [[nodiscard]] core::Result<void> start(Position end);

  // Fills at most `slice_bytes` of the next segment and syncs them; true when it is ready. After a
  // failure the half-made file is gone and the next call begins anew; no group is touched.
  [[nodiscard]] core::Result<bool> prepare(const NextSegment& next, std::uint64_t slice_bytes);
  // Makes the prepared segment the current one.
  void roll();

  // Into the current segment, not durable before sync().
  [[nodiscard]] core::Result<void> write(std::uint64_t offset, core::ByteView bytes);
  [[nodiscard]] core::Result<void> sync();
  [[nodiscard]] core::Result<void> sync_directory() { return directory_->sync(); }

  // Bytes of the current segment.
  [[nodiscard]] std::uint64_t segment_bytes() const { return current_.bytes; }
  [[nodiscard]] bool prepared() const { return ready_; }
  // Of the next segment.
  [[nodiscard]] std::uint64_t filled_bytes() const { return filled_bytes_; }

 private:
  [[nodiscard]] core::Result<void> remove_unused(std::uint64_t last_used);
  [[nodiscard]] core::Result<void> zero_behind(std::uint64_t offset);
  [[nodiscard]] core::Result<void> fill_slice(const NextSegment& next, std::uint64_t slice_bytes);
  [[nodiscard]] core::Result<void> name_prepared(const NextSegment& next);
  void discard_prepared(const NextSegment& next);

  core::Directory* directory_;
  DataId data_id_;
  Segment current_;
  std::unique_ptr<core::File> next_file_;
  NextSegment next_;
  std::uint64_t filled_bytes_ = 0;
  bool ready_ = false;
};

}  // namespace wasl::journal
