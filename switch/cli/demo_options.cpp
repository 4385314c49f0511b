#include "cli/demo_options.hpp"

#include <cmath>
#include <sstream>

#include "cli/sample.hpp"

namespace wasl::cli {
namespace {

// A day. Each half of it has at least a second.
constexpr std::int64_t kDurationMin = 2;
constexpr std::int64_t kDurationMax = 86'400;
constexpr double kRateMin = 1;
// More than the terminals' one thread can make.
constexpr double kRateMax = 100'000;
// Each is a connection and a certificate here and in the switch.
constexpr std::int64_t kPharmaciesMax = 20'000;
// Fewer have none that is barred, and the story needs one that is declined.
constexpr std::int64_t kCardsMin = 100;
constexpr std::int64_t kCardsMax = 10'000'000;
// What was answered is kept in memory until it is compared: some 400 bytes each.
constexpr double kRequestsMax = 10'000'000;

template <typename T>
std::string text(T value) {
  std::ostringstream out;
  out.precision(15);
  out << value;
  return out.str();
}

template <typename T>
core::Result<void> check(const char* option, T value, T min, T max) {
  if (min <= value && value <= max) return {};  // Not of a NaN.
  return core::fail(core::Errc::kOutOfRange, std::string(option) + ' ' + text(value) +
                                                 ": give a number from " + text(min) + " to " +
                                                 text(max));
}

core::Result<void> check_requests(const DemoNumbers& numbers) {
  if (numbers.rate * static_cast<double>(numbers.duration) <= kRequestsMax) return {};
  return core::fail(core::Errc::kOutOfRange, "--duration " + text(numbers.duration) +
                                                 " at --rate " + text(numbers.rate) + ": at most " +
                                                 text(kRequestsMax) +
                                                 " requests are remembered; lower one of the two");
}

}  // namespace

core::Result<DemoOptions> demo_of_scale(const std::string& scale) {
  DemoOptions options;
  if (scale == "small") return options;
  if (scale != "national") {
    return core::fail(core::Errc::kOutOfRange, "--scale " + scale + ": give small or national");
  }
  const SampleOptions real;
  options.duration_seconds = 30;
  options.pharmacies = real.pharmacies;
  options.centres = real.centres;
  options.cards = real.cards;
  options.whole_sample = true;
  return options;
}

DemoNumbers numbers_of(const DemoOptions& options) {
  return {.duration = options.duration_seconds,
          .rate = options.requests_per_second,
          .pharmacies = options.pharmacies,
          .centres = options.centres,
          .cards = static_cast<std::int64_t>(options.cards)};
}

core::Result<void> take_numbers(const DemoNumbers& numbers, DemoOptions& options) {
  const std::int64_t centres_max = kSampleCentresMax;
  const core::Result<void> checks[] = {
      check("--duration", numbers.duration, kDurationMin, kDurationMax),
      check("--rate", numbers.rate, kRateMin, kRateMax),
      check("--pharmacies", numbers.pharmacies, std::int64_t{1}, kPharmaciesMax),
      check("--centres", numbers.centres, std::int64_t{1}, centres_max),
      check("--cards", numbers.cards, kCardsMin, kCardsMax),
      check_requests(numbers)};
  for (const core::Result<void>& each : checks) {
    if (!each) return each;
  }
  options.duration_seconds = static_cast<std::uint32_t>(numbers.duration);
  options.requests_per_second = numbers.rate;
  options.pharmacies = static_cast<std::uint32_t>(numbers.pharmacies);
  options.centres = static_cast<std::uint32_t>(numbers.centres);
  options.cards = static_cast<std::uint64_t>(numbers.cards);
  return {};
}

}  // namespace wasl::cli
