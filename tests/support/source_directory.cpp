#include "support/source_directory.hpp"

namespace wasl::test {

const std::string& source_directory() {
  static const std::string path = WASL_SOURCE_DIR;
  return path;
}

}  // namespace wasl::test
