#pragma once
// Byte strings, digests, and the two primitive codecs every stored or signed format is made of:
// integers are big-endian, variable strings carry their length before them. No allocation hidden in
// reading: a Reader views the bytes it was given and turns false at the first thing that does not
// fit.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace wasl::core {

using ByteView = std::span<const std::uint8_t>;
using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <std::unsigned_integral T>
void put_big_endian(std::uint8_t* to, T value) {
  for (std::size_t i = sizeof(T); i-- > 0;) {
    to[i] = static_cast<std::uint8_t>(value);
    if constexpr (sizeof(T) > 1) value = static_cast<T>(value >> 8);
  }
}

template <std::unsigned_integral T>
[[nodiscard]] T get_big_endian(const std::uint8_t* from) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    if constexpr (sizeof(T) > 1) value = static_cast<T>(value << 8);
    value = static_cast<T>(value | from[i]);
  }
  return value;
}

// Appends to a string the caller owns and may reuse.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <std::unsigned_integral T>
  void integer(T value) {
    std::uint8_t bytes[sizeof(T)];
    put_big_endian(bytes, value);
    raw(bytes);
  }
  // Two's complement, so a signed value keeps all its bits.
  template <std::signed_integral T>
  void integer(T value) {
    integer(static_cast<std::make_unsigned_t<T>>(value));
  }
  void boolean(bool value) { integer(static_cast<std::uint8_t>(value ? 1 : 0)); }
  void raw(ByteView bytes) {
    out_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  // One length byte, then at most 255 bytes.
  void text(std::string_view value) {
    integer(static_cast<std::uint8_t>(value.size()));
    raw(as_bytes(value));
  }
  // Four length bytes, then the bytes.
  void blob(ByteView value) {
    integer(static_cast<std::uint32_t>(value.size()));
    raw(value);
  }

 private:
  std::string& out_;
};

// Reads what a Writer wrote. After the first read that does not fit, ok() is false and every later
// read returns zero or empty: check ok() once at the end, before any value is used.
class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }
  [[nodiscard]] std::size_t remaining() const { return rest_.size(); }
  void reject() { ok_ = false; }

  template <std::unsigned_integral T>
  [[nodiscard]] T integer() {
    const ByteView bytes = raw(sizeof(T));
    return ok_ ? get_big_endian<T>(bytes.data()) : T{0};
  }
  template <std::signed_integral T>
  [[nodiscard]] T integer() {
    return static_cast<T>(integer<std::make_unsigned_t<T>>());
  }
  [[nodiscard]] bool boolean() {
    const auto value = integer<std::uint8_t>();
    if (value > 1) ok_ = false;
    return value == 1;
  }
  [[nodiscard]] ByteView raw(std::size_t count) {
    if (!ok_ || count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> out{};
    const ByteView bytes = raw(N);
    if (ok_) std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
  }
  [[nodiscard]] std::string_view text() { return as_text(raw(integer<std::uint8_t>())); }
  [[nodiscard]] ByteView blob() { return raw(integer<std::uint32_t>()); }

 private:
  ByteView rest_;
  bool ok_ = true;
};

}  // namespace wasl::core
