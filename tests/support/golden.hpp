#pragma once
// Lines of a file of tests/golden/, pinned: stored or sent bytes as hexadecimal, one example a
// line. With WASL_WRITE_GOLDEN=1 in the environment the file is written instead: only ever together
// with a new format version, since data directories and signatures outlive the code.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/hex.hpp"
#include "support/source_directory.hpp"

namespace wasl::test {

class Golden {
 public:
  // The comment becomes the file's first line.
  Golden(const std::string& file, std::string_view comment)
      : path_(source_directory() + "/tests/golden/" + file) {
    lines_.push_back("# " + std::string(comment) +
                     " Written by WASL_WRITE_GOLDEN=1, only with a new format version.");
  }
  void add(std::string_view name, std::string_view bytes) {
    lines_.push_back(std::string(name) + " " + core::to_hex(core::as_bytes(bytes)));
  }
  void add_line(std::string line) { lines_.push_back(std::move(line)); }

  // Fails the test at each line that differs.
  void check() const {
    if (std::getenv("WASL_WRITE_GOLDEN") != nullptr) {
      std::ofstream out(path_);
      for (const std::string& line : lines_) out << line << '\n';
      ASSERT_TRUE(out.good()) << path_;
      return;
    }
    std::ifstream in(path_);
    ASSERT_TRUE(in.good()) << path_;
    std::vector<std::string> stored;
    for (std::string line; std::getline(in, line);) stored.push_back(line);
    EXPECT_EQ(stored, lines_) << path_;
  }

 private:
  std::string path_;
  std::vector<std::string> lines_;
};

}  // namespace wasl::test
