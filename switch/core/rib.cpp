#include "core/rib.hpp"

#include <algorithm>
#include <cstdint>

namespace wasl::core {
namespace {

constexpr std::size_t kBankDigits = 3;
constexpr std::size_t kKeyDigits = 2;
constexpr std::uint64_t kModulus = 97;

std::uint64_t number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  return value;
}

}  // namespace

bool is_rib(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != kRibDigits || !std::ranges::all_of(text, digit)) return false;
  const std::string_view keyed = text.substr(kBankDigits, kRibDigits - kBankDigits - kKeyDigits);
  // 15 digits: times 100 is well below 2^64. The remainder 0 gives 97.
  const std::uint64_t key = kModulus - number(keyed) * 100 % kModulus;
  return number(text.substr(kRibDigits - kKeyDigits)) == key;
}

}  // namespace wasl::core
