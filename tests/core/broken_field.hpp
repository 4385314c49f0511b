#pragma once
// Breaks one field of a valid value: walks its field list and puts the bounded field with the given
// number, counted over both of its ends, just outside its bound. So every bound that a field list
// states is tried, those added later too.

#include <string>

#include "support/random_fields.hpp"

namespace wasl::test {

class BrokenField {
 public:
  BrokenField(std::size_t wanted, std::mt19937_64& random) : wanted_(wanted), random_(random) {}

  // False if the value has fewer bounds than that.
  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] static constexpr std::uint8_t format() { return core::kFieldsFormat; }
  void check(bool) {}

  template <std::integral T>
  void integer(T& value, std::type_identity_t<T> min = std::numeric_limits<T>::min(),
               std::type_identity_t<T> max = std::numeric_limits<T>::max()) {
    if (min > std::numeric_limits<T>::min() && here()) value = static_cast<T>(min - 1);
    if (max < std::numeric_limits<T>::max() && here()) value = static_cast<T>(max + 1);
  }
  void boolean(bool&) {}
  template <typename Enum>
  void choice(Enum& value, Enum first, Enum last) {
    auto number = static_cast<std::uint8_t>(value);
    integer(number, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(last));
    value = static_cast<Enum>(number);
  }
  void reason(core::Reason& value) {
    if (here()) value = static_cast<core::Reason>(255);
  }
  void day(core::Day& value) {
    if (here()) value = core::kDayMin - std::chrono::days{1};
    if (here()) value = core::kDayMax + std::chrono::days{1};
  }
  void instant(core::Instant&) {}
  void cents(core::Cents& value, core::Cents max) { integer(value.value, 0, max.value); }
  template <typename Tag, std::size_t kBytes>
  void code(core::Code<Tag, kBytes>& value) {
    if (here()) value = {};
  }
  template <typename Tag, std::size_t kBytes>
  void code_or_empty(core::Code<Tag, kBytes>&) {}
  void text(std::string& value, std::size_t min, std::size_t max) {
    if (min > 0 && here()) value.resize(min - 1);
    if (max < 255 && here()) value.resize(max + 1);
  }
  void blob(std::string& value, std::size_t max) {
    if (here()) value.resize(max + 1);
  }
  template <std::size_t kBytes>
  void array(std::array<std::uint8_t, kBytes>&) {}
  template <typename T, typename Each>
  void optional(std::optional<T>& value, Each each) {
    if (value) each(*value);
  }
  template <typename T>
  void list(std::vector<T>& items, std::size_t max) {
    for (T& item : items) fields(*this, item);
    if (max >= 255 || !here()) return;
    while (items.size() <= max) items.push_back(random_value<T>(random_));
  }
  // The bytes of a row end such a list long before its count does.
  template <typename T>
  void long_list(std::vector<T>& items, std::size_t) {
    for (T& item : items) fields(*this, item);
  }
  template <typename... Ts>
  void alternative(std::variant<Ts...>&) {}
  template <typename... Ts>
  void alternative_fields(std::variant<Ts...>& value) {
    std::visit([this](auto& chosen) { fields(*this, chosen); }, value);
  }

 private:
  bool here() {
    const bool found = next_++ == wanted_;
    done_ = done_ || found;
    return found;
  }

  std::size_t wanted_;
  std::size_t next_ = 0;
  bool done_ = false;
  std::mt19937_64& random_;
};

}  // namespace wasl::test
