#pragma once
// Money is a whole number of centimes, never a double. Bounds: a line is at most 9,999 x 10^10
// centimes, a claim 40 lines, so a claim is below 4.0e15 and no sum the decision makes can leave
// int64.

#include <compare>
#include <cstdint>
#include <string>

#include "core/assert.hpp"

namespace wasl::core {

struct Cents {
  std::int64_t value = 0;

  friend constexpr auto operator<=>(const Cents&, const Cents&) = default;

  friend Cents operator+(Cents a, Cents b) {
    Cents sum;
    WASL_ASSERT(!__builtin_add_overflow(a.value, b.value, &sum.value));
    return sum;
  }
  friend Cents operator-(Cents a, Cents b) {
    Cents difference;
    WASL_ASSERT(!__builtin_sub_overflow(a.value, b.value, &difference.value));
    return difference;
  }
  friend Cents operator*(std::uint32_t count, Cents each) {
    Cents product;
    WASL_ASSERT(
        !__builtin_mul_overflow(each.value, static_cast<std::int64_t>(count), &product.value));
    return product;
  }
  Cents& operator+=(Cents other) { return *this = *this + other; }
  Cents& operator-=(Cents other) { return *this = *this - other; }
};

// 10,000 basis points are the whole.
struct BasisPoints {
  std::int32_t value = 0;

  friend constexpr auto operator<=>(const BasisPoints&, const BasisPoints&) = default;
};

inline constexpr BasisPoints kWhole{10'000};

// Half up to the centime; amount >= 0 and at most 9,999 x 10^10, rate 0..10,000.
[[nodiscard]] inline Cents share(Cents amount, BasisPoints rate) {
  static_assert(9'999 * 10'000'000'000LL <= INT64_MAX / 10'000 - 1);
  WASL_ASSERT(amount.value >= 0 && amount.value <= 9'999 * 10'000'000'000LL);
  WASL_ASSERT(rate.value >= 0 && rate <= kWhole);
  return Cents{(amount.value * rate.value + kWhole.value / 2) / kWhole.value};
}

// "1200.00"
[[nodiscard]] std::string to_text(Cents amount);

}  // namespace wasl::core
