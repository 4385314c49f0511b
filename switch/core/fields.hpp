#pragma once
// Each stored type lists its fields once (row_fields.hpp, request_fields.hpp, ...), and the list is
// walked by an Encoder, which writes canonical bytes, or a Decoder, which reads them: the two
// cannot drift apart. Both apply the same bounds: what makes Encoder::ok() false makes a Decoder
// reject. Private to core's codecs and their tests.

#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/reason.hpp"

namespace wasl::core {

// Counts the field lists' versions as records have them: 2 added the parameters of settlement to a
// rulebook, 3 what a claim corrects and who acts for a participant, 4 what came back of what is
// owed and the payee's name, 5 reductions, business days and by when something is to be paid.
// Everything is written in the newest; records are read in each.
inline constexpr std::uint8_t kFieldsFormat = 5;

// T itself or const T: a field list serves reading and writing.
template <typename T, typename U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// Takes an Encoder's bytes where only their number is asked for.
class ByteCounter {
 public:
  template <std::integral T>
  void integer(T) {
    bytes_ += sizeof(T);
  }
  void raw(ByteView bytes) { bytes_ += bytes.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};

// Sink is Writer or ByteCounter. Writes a value out of bounds as it is, and remembers.
template <typename Sink>
class Encoder {
 public:
  explicit Encoder(Sink& sink) : sink_(sink) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] static constexpr std::uint8_t format() { return kFieldsFormat; }
  void check(bool condition) { ok_ = ok_ && condition; }

  template <std::integral T>
  void integer(const T& value, std::type_identity_t<T> min = std::numeric_limits<T>::min(),
               std::type_identity_t<T> max = std::numeric_limits<T>::max()) {
    check(min <= value && value <= max);
    sink_.integer(value);
  }
  void boolean(const bool& value) { sink_.integer(static_cast<std::uint8_t>(value ? 1 : 0)); }
  // The enumerators from first to last have consecutive numbers of one byte.
  template <typename Enum>
  void choice(const Enum& value, Enum first, Enum last) {
    check(first <= value && value <= last);
    sink_.integer(static_cast<std::uint8_t>(value));
  }
  void reason(const Reason& value) {
    check(reason_numbered(static_cast<std::uint8_t>(value)).has_value());
    sink_.integer(static_cast<std::uint8_t>(value));
  }
  void day(const Day& value) {
    check(kDayMin <= value && value <= kDayMax);
    sink_.integer(static_cast<std::int32_t>(value.time_since_epoch().count()));
  }
  void instant(const Instant& value) {
    sink_.integer(static_cast<std::int64_t>(value.time_since_epoch().count()));
  }
  void cents(const Cents& value, Cents max) { integer(value.value, 0, max.value); }
  template <typename Tag, std::size_t kBytes>
  void code(const Code<Tag, kBytes>& value) {
    check(!value.empty());
    code_or_empty(value);
  }
  template <typename Tag, std::size_t kBytes>
  void code_or_empty(const Code<Tag, kBytes>& value) {
    sink_.integer(static_cast<std::uint8_t>(value.view().size()));
    sink_.raw(as_bytes(value.view()));
  }
  // One length byte; max is at most 255.
  void text(const std::string& value, std::size_t min, std::size_t max) {
    check(min <= value.size() && value.size() <= max);
    sink_.integer(static_cast<std::uint8_t>(value.size()));
    sink_.raw(as_bytes(value));
  }
  // Four length bytes.
  void blob(const std::string& value, std::size_t max) {
    check(value.size() <= max);
    sink_.integer(static_cast<std::uint32_t>(value.size()));
    sink_.raw(as_bytes(value));
  }
  template <std::size_t kBytes>
  void array(const std::array<std::uint8_t, kBytes>& value) {
    sink_.raw(value);
  }
  template <typename T, typename Each>
  void optional(const std::optional<T>& value, Each each) {
    boolean(value.has_value());
    if (value) each(*value);
  }
  template <typename T>
  void list(const std::vector<T>& items, std::size_t max) {
    counted<std::uint8_t>(items, max);
  }
  template <typename T>
  void long_list(const std::vector<T>& items, std::size_t max) {
    counted<std::uint16_t>(items, max);
  }
  // A variant's alternatives are numbered from 1; number and fields may stand apart.
  template <typename... Ts>
  void alternative(const std::variant<Ts...>& value) {
    sink_.integer(static_cast<std::uint8_t>(value.index() + 1));
  }
  template <typename... Ts>
  void alternative_fields(const std::variant<Ts...>& value) {
    std::visit([this](const auto& chosen) { fields(*this, chosen); }, value);
  }

 private:
  template <std::unsigned_integral Count, typename T>
  void counted(const std::vector<T>& items, std::size_t max) {
    check(items.size() <= max && max <= std::numeric_limits<Count>::max());
    sink_.integer(static_cast<Count>(items.size()));
    for (const T& item : items) fields(*this, item);
  }

  Sink& sink_;
  bool ok_ = true;
};

// Rejects through the Reader, whose ok() is checked once at the end.
class Decoder {
 public:
  explicit Decoder(Reader& in, std::uint8_t format = kFieldsFormat) : in_(in), format_(format) {}

  [[nodiscard]] std::uint8_t format() const { return format_; }

  void check(bool condition) {
    if (!condition) in_.reject();
  }

  template <std::integral T>
  void integer(T& value, std::type_identity_t<T> min = std::numeric_limits<T>::min(),
               std::type_identity_t<T> max = std::numeric_limits<T>::max()) {
    value = in_.integer<T>();
    check(min <= value && value <= max);
  }
  void boolean(bool& value) { value = in_.boolean(); }
  template <typename Enum>
  void choice(Enum& value, Enum first, Enum last) {
    value = static_cast<Enum>(in_.integer<std::uint8_t>());
    check(first <= value && value <= last);
  }
  void reason(Reason& value) {
    const std::optional<Reason> known = reason_numbered(in_.integer<std::uint8_t>());
    check(known.has_value());
    if (known) value = *known;
  }
  void day(Day& value) {
    value = Day{std::chrono::days{in_.integer<std::int32_t>()}};
    check(kDayMin <= value && value <= kDayMax);
  }
  void instant(Instant& value) {
    value = Instant{std::chrono::milliseconds{in_.integer<std::int64_t>()}};
  }
  void cents(Cents& value, Cents max) { integer(value.value, 0, max.value); }
  template <typename Tag, std::size_t kBytes>
  void code(Code<Tag, kBytes>& value) {
    code_or_empty(value);
    check(!value.empty());
  }
  template <typename Tag, std::size_t kBytes>
  void code_or_empty(Code<Tag, kBytes>& value) {
    const std::string_view read = in_.text();
    value = {};
    if (read.empty()) return;
    const auto made = Code<Tag, kBytes>::make(read);
    check(made.has_value());
    if (made) value = *made;
  }
  void text(std::string& value, std::size_t min, std::size_t max) {
    value = in_.text();
    check(min <= value.size() && value.size() <= max);
  }
  void blob(std::string& value, std::size_t max) {
    value = as_text(in_.blob());
    check(value.size() <= max);
  }
  template <std::size_t kBytes>
  void array(std::array<std::uint8_t, kBytes>& value) {
    value = in_.array<kBytes>();
  }
  template <typename T, typename Each>
  void optional(std::optional<T>& value, Each each) {
    value.reset();
    if (in_.boolean()) each(value.emplace());
  }
  template <typename T>
  void list(std::vector<T>& items, std::size_t max) {
    counted<std::uint8_t>(items, max);
  }
  template <typename T>
  void long_list(std::vector<T>& items, std::size_t max) {
    counted<std::uint16_t>(items, max);
  }
  template <typename... Ts>
  void alternative(std::variant<Ts...>& value) {
    const auto number = in_.integer<std::uint8_t>();
    check(emplace_numbered(value, number, std::index_sequence_for<Ts...>{}));
  }
  template <typename... Ts>
  void alternative_fields(std::variant<Ts...>& value) {
    std::visit([this](auto& chosen) { fields(*this, chosen); }, value);
  }

 private:
  template <std::unsigned_integral Count, typename T>
  void counted(std::vector<T>& items, std::size_t max) {
    const std::size_t count = in_.integer<Count>();
    check(count <= max);
    items.clear();
    if (in_.ok()) items.reserve(std::min(count, in_.remaining()));
    for (std::size_t i = 0; i < count && in_.ok(); ++i) fields(*this, items.emplace_back());
  }
  template <typename Variant, std::size_t... kIndexes>
  static bool emplace_numbered(Variant& value, std::uint8_t number,
                               std::index_sequence<kIndexes...>) {
    return ((number == kIndexes + 1 && (value.template emplace<kIndexes>(), true)) || ...);
  }

  Reader& in_;
  std::uint8_t format_;
};

// What more than one field list is made of.
template <typename Tag, std::size_t kBytes>
void fields(auto& io, const Code<Tag, kBytes>& code) {
  io.code(code);
}
template <typename Tag, std::size_t kBytes>
void fields(auto& io, Code<Tag, kBytes>& code) {
  io.code(code);
}
void fields(auto& io, Is<Interval> auto& interval) {
  io.day(interval.from);
  io.day(interval.until);
}
void fields(auto& io, Is<Participant> auto& participant) {
  io.choice(participant.role, Role::kProvider, Role::kDesk);
  io.code(participant.id);
}

}  // namespace wasl::core
