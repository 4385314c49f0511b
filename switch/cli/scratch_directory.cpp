#include "cli/scratch_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace wasl::cli {

core::Result<ScratchDirectory> ScratchDirectory::make() {
  std::error_code none;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(none);
  if (none) return core::fail(core::Errc::kIo, "TMPDIR names no directory: " + none.message());
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
