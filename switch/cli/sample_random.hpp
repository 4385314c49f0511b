#pragma once
// The sample's own random numbers (SplitMix64): the same on every machine and compiler, which the
// standard distributions do not promise. Each row has a stream of its own, so that rows do not
// depend on how many came before. Not for secrets.

#include <cstdint>
#include <iterator>
#include <span>

#include "core/assert.hpp"

namespace wasl::cli {

class SampleRandom {
 public:
  // `stream` keeps files apart, `row` the rows of one.
  SampleRandom(std::uint64_t seed, std::uint64_t stream, std::uint64_t row)
      : state_(mixed(mixed(seed) + mixed(stream * kGolden) + row * kGolden)) {}

  std::uint64_t next() {
    state_ += kGolden;
    return mixed(state_);
  }
  // 0 to bound - 1; the bias below 2^-32 does not matter here.
  std::uint32_t below(std::uint32_t bound) {
    WASL_ASSERT(bound > 0);
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }
  // Both ends included.
  std::int32_t between(std::int32_t min, std::int32_t max) {
    return min + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(max - min) + 1));
  }
  bool chance(std::uint32_t in_ten_thousand) { return below(10'000) < in_ten_thousand; }

  // By value: an item of a view or of a short-lived list.
  template <typename Items>
  auto pick(const Items& items) {
    return items[below(static_cast<std::uint32_t>(std::size(items)))];
  }
  // The index of one of the weights, in proportion to them.
  std::size_t weighted(std::span<const std::uint32_t> weights) {
    std::uint32_t total = 0;
    for (const std::uint32_t weight : weights) total += weight;
    std::uint32_t at = below(total);
    std::size_t index = 0;
    while (at >= weights[index]) at -= weights[index++];
    return index;
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

// Streams; a new one takes the next number, or every sample would change.
enum SampleStream : std::uint64_t {
  kStreamPlaces = 1,
  kStreamCentres,
  kStreamProviders,
  kStreamPrescribers,
  kStreamInns,
  kStreamBrands,
  kStreamTarifs,
  kStreamAccounts,
};

}  // namespace wasl::cli
