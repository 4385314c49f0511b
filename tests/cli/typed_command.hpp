#pragma once
// A command as it is typed: its exit code and what it wrote.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"

namespace wasl::test {

struct Typed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline Typed type(const cli::AddCommands& add, std::vector<std::string> arguments) {
  Typed typed;
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  typed.exit_code = cli::run_words(add, std::move(arguments));
  typed.out = ::testing::internal::GetCapturedStdout();
  typed.err = ::testing::internal::GetCapturedStderr();
  return typed;
}

}  // namespace wasl::test
