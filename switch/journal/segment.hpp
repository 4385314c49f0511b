#pragma once
// Segment files for reading: which there are, and one opened with its header checked. Segments are
// numbered from 1 without gaps; one under its final name is whole and zero behind its last group,
// because it is filled and synced under another name first (copy_writer.hpp). One thread.

#include <cstdint>
#include <memory>
#include <string>

#include "core/files.hpp"
#include "journal/format.hpp"

namespace wasl::journal {

struct Segment {
  std::unique_ptr<core::File> file;
  std::uint64_t number = 0;
  std::uint64_t bytes = 0;  // Of the whole file, header included.
  std::string path;         // For messages.
};

// What every refusal ends with.
inline constexpr const char* kWayOut =
    "; stop here, keep all files as they are, and put back a whole copy (mirror or backup): "
    "docs/data_format.md, \"When recovery refuses\"";

// An Error for damage: "<path> at byte <offset>: <what><way out>".
[[nodiscard]] std::unexpected<core::Error> refuse(const std::string& path, std::uint64_t offset,
                                                  const std::string& what);

// The highest number. Fails with kNotFound if there is none, kCorrupt if one before it is missing.
[[nodiscard]] core::Result<std::uint64_t> last_segment(core::Directory& directory);

// Fails if the header is damaged, of a newer version or of another data id, or the file is not as
// long as its header says.
[[nodiscard]] core::Result<Segment> open_segment(core::Directory& directory, std::uint64_t number,
                                                 const DataId& data_id,
                                                 core::OpenMode mode = core::OpenMode::kRead);

// The data id that the first segment carries: for tools that have nothing else.
[[nodiscard]] core::Result<DataId> read_data_id(core::Directory& directory);

// Fills `out` from the offset; what lies behind the file's end is an error.
[[nodiscard]] core::Result<void> read_exactly(const Segment& segment, std::uint64_t offset,
                                              std::span<std::uint8_t> out);

// One past the last byte that is not zero at or behind `offset`; `offset` itself if all are zero.
[[nodiscard]] core::Result<std::uint64_t> end_of_content(const Segment& segment,
                                                         std::uint64_t offset);

[[nodiscard]] bool all_zero(core::ByteView bytes);

}  // namespace wasl::journal
