#include "cli/scratch_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace wasl::cli {

std::uint64_t scratch_bytes_for(const std::string& rocks) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator at(rocks, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code gone;
    const std::uintmax_t size = at->file_size(gone);
    if (!gone) bytes += size;
  }
  return std::max(bytes, kScratchBytesMin);
}

core::Result<ScratchDirectory> ScratchDirectory::make(std::uint64_t needed_bytes) {
  std::error_code none;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(none);
  if (none) return core::fail(core::Errc::kIo, "TMPDIR names no directory: " + none.message());
  const std::filesystem::space_info space = std::filesystem::space(parent, none);
  if (none) return core::fail(core::Errc::kIo, parent.string() + ": " + none.message());
  if (space.available < needed_bytes) {
    return core::fail(core::Errc::kLimit,
                      parent.string() + ": " + std::to_string(space.available) +
                          " bytes are free and this needs " + std::to_string(needed_bytes) +
                          ": free some space there, or name a larger directory with TMPDIR");
  }
  std::string path = (parent / "wasl_scratch_XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) {
    return core::fail(core::Errc::kIo, path + ": " + std::strerror(errno));
  }
  return ScratchDirectory(std::move(path));
}

ScratchDirectory::~ScratchDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;  // It lies under TMPDIR, which the system empties by itself.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace wasl::cli
