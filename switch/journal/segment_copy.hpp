#pragma once
// Writes verified groups of a journal, the same bytes at the same places, into a directory that
// holds none: a backup, or the journal that is restored from one. Whole and synced only after
// finish(); until then nothing but its caller may rely on it. One thread.

#include <cstdint>
#include <memory>

#include "core/files.hpp"
#include "journal/format.hpp"
#include "journal/reader.hpp"

namespace wasl::journal {

// kExists, naming the first file, if the directory holds segments or a head.
[[nodiscard]] core::Result<void> check_no_journal(core::Directory& directory);

class SegmentCopy {
 public:
  // The directories outlive the copy.
  SegmentCopy(core::Directory& from, core::Directory& to, const DataId& data_id)
      : from_(&from), to_(&to), data_id_(data_id) {}

  // The group behind the one before. kExists if its segment is there.
  [[nodiscard]] core::Result<void> take(const Group& group);
  // Zeros behind the last group; without any, the first segment is nothing else.
  [[nodiscard]] core::Result<void> finish();

 private:
  [[nodiscard]] core::Result<void> begin_segment();
  [[nodiscard]] core::Result<void> end_segment();

  core::Directory* from_;
  core::Directory* to_;
  DataId data_id_;
  std::unique_ptr<core::File> file_;
  std::uint64_t number_ = 0;  // Of the segment being written; 0: none yet.
  std::uint64_t segment_bytes_ = 0;
  std::uint64_t written_to_ = 0;
};

}  // namespace wasl::journal
