#pragma once
// What the parts of verify write into the scratch map, and into a difference, alike.

#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "core/ids.hpp"

namespace wasl::store {

// Big-endian, so that bytes are in the order of the numbers.
[[nodiscard]] inline std::string number(std::uint64_t value) {
  std::string bytes;
  core::Writer(bytes).integer(value);
  return bytes;
}

[[nodiscard]] inline std::string at(core::Sequence sequence) {
  return "record " + std::to_string(sequence);
}

}  // namespace wasl::store
