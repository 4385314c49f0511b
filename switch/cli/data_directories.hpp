#pragma once
// Where the parts of a switch lie that its configuration does not name outright. Pure.

#include <string>

#include "ops/config.hpp"

namespace wasl::cli {

// The head's: beside the journal unless it is given.
[[nodiscard]] inline const std::string& head_directory(const ops::Config& config) {
  return config.head_directory.empty() ? config.journal_directory : config.head_directory;
}

// RocksDB lies in a folder of its own, so that rebuilding it never touches anything else.
[[nodiscard]] inline std::string rocks_directory(const ops::Config& config) {
  return config.data_directory + "/rocks";
}

// The kept files of imports.
[[nodiscard]] inline std::string imports_directory(const ops::Config& config) {
  return config.data_directory + "/imports";
}

}  // namespace wasl::cli
