#include "core/money.hpp"

namespace wasl::core {

std::string to_text(Cents amount) {
  constexpr std::uint64_t kCentsPerUnit = 100;
  const bool negative = amount.value < 0;
  const auto bits = static_cast<std::uint64_t>(amount.value);
  const std::uint64_t magnitude = negative ? 0 - bits : bits;
  const std::uint64_t cents = magnitude % kCentsPerUnit;
  std::string text = negative ? "-" : "";
  text += std::to_string(magnitude / kCentsPerUnit);
  text += cents < 10 ? ".0" : ".";
  return text += std::to_string(cents);
}

}  // namespace wasl::core
