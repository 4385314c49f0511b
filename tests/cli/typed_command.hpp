#pragma once
// A command as it is typed: its exit code and what it wrote.

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace wasl::test {

struct Typed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline Typed type(const std::function<void(CLI::App&)>& add, std::vector<std::string> arguments) {
  CLI::App app{"wasl"};
  add(app);
  std::ranges::reverse(arguments);
  Typed typed;
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  try {
    app.parse(arguments);
  } catch (const CLI::Error& error) {
    typed.exit_code = error.get_exit_code();
  }
  typed.out = ::testing::internal::GetCapturedStdout();
  typed.err = ::testing::internal::GetCapturedStderr();
  return typed;
}

}  // namespace wasl::test
