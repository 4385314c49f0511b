#pragma once
// Writes RFC 4180: LF line ends, quotes only around fields that need them. The caller gives UTF-8.
// Buffered; what was written is complete only after a successful close(). One thread.

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace wasl::csv {

// Takes all of the bytes or fails.
using Sink = std::function<core::Result<void>(std::string_view bytes)>;

// Large enough that a write costs nothing beside making the text.
inline constexpr std::size_t kWriteBytes = 256 * 1024;

class Writer {
 public:
  explicit Writer(Sink sink);

  void row(std::span<const std::string_view> fields);
  void row(std::initializer_list<std::string_view> fields) {
    row(std::span(fields.begin(), fields.size()));
  }
  // The first failure of the sink, if there was one; nothing is written after it.
  [[nodiscard]] core::Result<void> close();

 private:
  void field(std::string_view text);
  void write_out();

  Sink sink_;
  std::string buffer_;
  core::Result<void> result_;
};

}  // namespace wasl::csv
