#include "journal/segment.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace wasl::journal {
namespace {

using core::Errc;
using core::Result;

constexpr std::string_view kSuffix = ".seg";
// Large enough that reading is not calls, small enough to stay in cache.
constexpr std::uint64_t kScanBytes = 256 * 1024;

std::string path_of(core::Directory& directory, std::uint64_t number) {
  return directory.path() + "/" + segment_name(number);
}

Result<SegmentHeader> read_header(core::File& file, const std::string& path) {
  SegmentHeaderBytes bytes{};
  const Result<std::size_t> read = file.read_at(0, bytes);
  if (!read) return std::unexpected(read.error());
  const Decoded<SegmentHeader> header = decode_segment_header(core::ByteView(bytes).first(*read));
  if (header) return *header;
  if (header.error() == FormatFault::kNewer) {
    return core::fail(Errc::kUnsupported, path + ": written by a newer version; use that version");
  }
  return refuse(path, 0, "the segment header is damaged");
}

}  // namespace

std::unexpected<core::Error> refuse(const std::string& path, std::uint64_t offset,
                                    const std::string& what) {
  return core::fail(Errc::kCorrupt,
                    path + " at byte " + std::to_string(offset) + ": " + what + kWayOut);
}

Result<std::uint64_t> last_segment(core::Directory& directory) {
  const Result<std::vector<std::string>> names = directory.list();
  if (!names) return std::unexpected(names.error());
  std::uint64_t last = 0;
  for (const std::string& name : *names) {
    if (!name.ends_with(kSuffix)) continue;
    // A listing may pass over a name that a live server gives at that moment.
    while (name != segment_name(last + 1) &&
           directory.open(segment_name(last + 1), core::OpenMode::kRead)) {
      ++last;
    }
    if (name != segment_name(last + 1)) {
      return core::fail(Errc::kCorrupt, path_of(directory, last + 1) +
                                            ": the segment is missing, " + name + " is there" +
                                            kWayOut);
    }
    ++last;
  }
  if (last == 0) {
    return core::fail(Errc::kNotFound, directory.path() +
                                           ": no segment of a journal is here: mount its disk, "
                                           "or put the segments back from a whole copy (mirror or "
                                           "backup); `wasl init` makes a new switch");
  }
  return last;
}

Result<Segment> open_segment(core::Directory& directory, std::uint64_t number,
                             const DataId& data_id, core::OpenMode mode) {
  const std::string path = path_of(directory, number);
  Result<std::unique_ptr<core::File>> file = directory.open(segment_name(number), mode);
  if (!file) return std::unexpected(file.error());
  const Result<SegmentHeader> header = read_header(**file, path);
  if (!header) return std::unexpected(header.error());
  if (header->data_id != data_id) {
    return refuse(path, 0, "the segment belongs to another data directory (data id differs)");
  }
  if (header->number != number) {
    return refuse(path, 0, "the segment was number " + std::to_string(header->number));
  }
  const Result<std::uint64_t> size = (*file)->size();
  if (!size) return std::unexpected(size.error());
  if (*size != header->segment_bytes) {
    return refuse(path, std::min(*size, header->segment_bytes),
                  "the file has " + std::to_string(*size) + " bytes instead of " +
                      std::to_string(header->segment_bytes));
  }
  return Segment{std::move(*file), number, header->segment_bytes, path};
}

Result<DataId> read_data_id(core::Directory& directory) {
  const Result<std::uint64_t> segments = last_segment(directory);  // Says which are missing.
  if (!segments) return std::unexpected(segments.error());
  Result<std::unique_ptr<core::File>> file = directory.open(segment_name(1), core::OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  const Result<SegmentHeader> header = read_header(**file, path_of(directory, 1));
  if (!header) return std::unexpected(header.error());
  return header->data_id;
}

Result<void> read_exactly(const Segment& segment, std::uint64_t offset,
                          std::span<std::uint8_t> out) {
  const Result<std::size_t> read = segment.file->read_at(offset, out);
  if (!read) return std::unexpected(read.error());
  if (*read != out.size()) return refuse(segment.path, offset + *read, "the file ends here");
  return {};
}

Result<std::uint64_t> end_of_content(const Segment& segment, std::uint64_t offset) {
  std::vector<std::uint8_t> buffer(kScanBytes);
  std::uint64_t end = offset;
  for (std::uint64_t at = offset; at < segment.bytes; at += buffer.size()) {
    buffer.resize(std::min(kScanBytes, segment.bytes - at));
    const Result<void> read = read_exactly(segment, at, buffer);
    if (!read) return std::unexpected(read.error());
    if (all_zero(buffer)) continue;
    std::uint64_t used = buffer.size();
    while (buffer[used - 1] == 0) --used;
    end = at + used;
  }
  return end;
}

bool all_zero(core::ByteView bytes) {
  return bytes.empty() ||
         (bytes[0] == 0 && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

}  // namespace wasl::journal
