#pragma once
// A small file that a command was given, whole. Blocking.

#include <cstddef>
#include <string>

#include "core/result.hpp"

namespace wasl::cli {

// kIo, naming the file, if it cannot be read; kLimit above `bytes_max`.
[[nodiscard]] core::Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

}  // namespace wasl::cli
