#pragma once
// Random values of every stored type: walks the field lists of core like an Encoder and fills each
// field within its bounds, often at one of them. The same seed gives the same value everywhere.

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

#include "core/decision_fields.hpp"
#include "core/request_fields.hpp"

namespace wasl::test {

// A test's seed: WASL_SEED if set, else the given one. Print it with SCOPED_TRACE.
inline std::uint64_t seed_or(std::uint64_t otherwise) {
  const char* chosen = std::getenv("WASL_SEED");
  return chosen == nullptr ? otherwise : std::strtoull(chosen, nullptr, 10);
}

class RandomFields {
 public:
  explicit RandomFields(std::mt19937_64& random) : random_(random) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] static constexpr std::uint8_t format() { return core::kFieldsFormat; }
  void check(bool condition) { ok_ = ok_ && condition; }

  template <std::integral T>
  void integer(T& value, std::type_identity_t<T> min = std::numeric_limits<T>::min(),
               std::type_identity_t<T> max = std::numeric_limits<T>::max()) {
    const std::uint64_t width = static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min);
    switch (below(4)) {
      case 0:
        value = min;
        break;
      case 1:
        value = max;
        break;
      default:
        value = static_cast<T>(static_cast<std::uint64_t>(min) +
                               (width + 1 == 0 ? random_() : below(width + 1)));
    }
  }
  void boolean(bool& value) { value = below(2) == 1; }
  template <typename Enum>
  void choice(Enum& value, Enum first, Enum last) {
    std::uint8_t number = 0;
    integer(number, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(last));
    value = static_cast<Enum>(number);
  }
  void reason(core::Reason& value) {
    value = core::reasons()[below(core::reasons().size())].reason;
  }
  void day(core::Day& value) {
    std::int64_t days = 0;
    integer(days, core::kDayMin.time_since_epoch().count(),
            core::kDayMax.time_since_epoch().count());
    value = core::Day{std::chrono::days{days}};
  }
  void instant(core::Instant& value) {
    value = core::Instant{std::chrono::milliseconds{static_cast<std::int64_t>(random_())}};
  }
  void cents(core::Cents& value, core::Cents max) { integer(value.value, 0, max.value); }
  template <typename Tag, std::size_t kBytes>
  void code(core::Code<Tag, kBytes>& value) {
    std::size_t size = 0;
    integer(size, 1, kBytes);
    std::string text(size, ' ');
    for (char& c : text) c = static_cast<char>(0x21 + below(0x7e - 0x21 + 1));
    value = *core::Code<Tag, kBytes>::make(text);
  }
  template <typename Tag, std::size_t kBytes>
  void code_or_empty(core::Code<Tag, kBytes>& value) {
    value = {};
    if (below(3) > 0) code(value);
  }
  void text(std::string& value, std::size_t min, std::size_t max) {
    std::size_t size = 0;
    integer(size, min, max);
    value.resize(size);
    for (char& c : value) c = static_cast<char>(below(256));
  }
  void blob(std::string& value, std::size_t max) { text(value, 0, std::min<std::size_t>(max, 40)); }
  template <std::size_t kBytes>
  void array(std::array<std::uint8_t, kBytes>& value) {
    for (std::uint8_t& byte : value) byte = static_cast<std::uint8_t>(below(256));
  }
  template <typename T, typename Each>
  void optional(std::optional<T>& value, Each each) {
    value.reset();
    if (below(2) == 1) each(value.emplace());
  }
  template <typename T>
  void list(std::vector<T>& items, std::size_t max) {
    items.clear();
    for (std::size_t left = below(std::min<std::size_t>(max, 3) + 1); left > 0; --left) {
      fields(*this, items.emplace_back());
    }
  }
  template <typename T>
  void long_list(std::vector<T>& items, std::size_t max) {
    list(items, max);
  }
  template <typename... Ts>
  void alternative(std::variant<Ts...>& value) {
    emplace(value, below(sizeof...(Ts)), std::index_sequence_for<Ts...>{});
  }
  template <typename... Ts>
  void alternative_fields(std::variant<Ts...>& value) {
    std::visit([this](auto& chosen) { fields(*this, chosen); }, value);
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  template <typename Variant, std::size_t... kIndexes>
  static void emplace(Variant& value, std::size_t index, std::index_sequence<kIndexes...>) {
    (void)((index == kIndexes && (value.template emplace<kIndexes>(), true)) || ...);
  }

  std::mt19937_64& random_;
  bool ok_ = true;
};

// A valid value; fields that must agree with one another are drawn again until they do.
template <typename T>
T random_value(std::mt19937_64& random) {
  for (;;) {
    T value;
    RandomFields filler(random);
    fields(filler, value);
    if (filler.ok()) return value;
  }
}

// In the place of a request that is no more as many draws as it took: those behind it keep their
// values.
template <typename T>
core::Request random_request(std::mt19937_64& random) {
  if constexpr (std::is_same_v<T, core::NoRequest>) {
    static_cast<void>(random_value<core::ListPayouts>(random));
    return core::NoRequest{};
  } else {
    return random_value<T>(random);
  }
}

}  // namespace wasl::test
