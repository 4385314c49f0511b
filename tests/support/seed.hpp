#pragma once
// The seed of a random test: from the environment variable WASL_SEED, else a fixed one, and
// printed, so that a failing run can be repeated.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace wasl::test {

inline std::uint64_t seed_of_run(std::uint64_t otherwise) {
  const char* given = std::getenv("WASL_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : otherwise;
  std::cout << "WASL_SEED=" << seed << '\n';
  return seed;
}

}  // namespace wasl::test
