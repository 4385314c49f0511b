#include "cli/read_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace wasl::cli {

core::Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(bytes_max + 1, '\0');
  if (in) in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in.is_open() || in.bad()) {
    return core::fail(core::Errc::kIo, path + ": " + std::strerror(errno));
  }
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() <= bytes_max) return bytes;
  return core::fail(core::Errc::kLimit, path + ": above " + std::to_string(bytes_max) + " bytes");
}

}  // namespace wasl::cli
