#pragma once
// Reads RFC 4180 from a stream with bounded memory: fields in quotes may hold commas, line ends and
// doubled quotes; lines end in LF or CRLF, the last one in either or nothing; a byte-order mark
// before the first line is skipped. Everything must be UTF-8 without control characters. Views live
// until the next row is asked for. One thread.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace wasl::csv {

// The longest field a file of ours can hold is a treatment's list of names, 16 x 17 bytes.
inline constexpr std::size_t kFieldBytesMax = 4 * 1024;
// Sixteen times the longest field: a missing closing quote is found before it swallows the file.
inline constexpr std::size_t kRowBytesMax = 64 * 1024;
// Several rows of the longest kind; larger reads measured no faster.
inline constexpr std::size_t kBufferBytes = 256 * 1024;
static_assert(kBufferBytes > 2 * kRowBytesMax);

// Both from 1; a column counts characters (code points), as an editor does.
struct Position {
  std::uint64_t line = 1;
  std::uint64_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

struct Fault {
  Position at;
  std::string wrong;
  std::string expected;
};

// Fills up to out.size() bytes and says how many; 0 at the end. Called from next() only.
using Source = std::function<core::Result<std::size_t>(std::span<char> out)>;

class Reader {
 public:
  explicit Reader(Source source);

  // True: fields() holds the next row; false: the end. After a fault the next row can be asked for,
  // unless broken().
  [[nodiscard]] std::expected<bool, Fault> next();

  [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }
  // Where the row began.
  [[nodiscard]] std::uint64_t line() const { return line_; }
  // Where a field of the row began; its opening quote, if it has one.
  [[nodiscard]] Position position(std::size_t field) const;
  // A fault after which it is not known where the next row begins: next() says end from then on.
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  enum class Scan : std::uint8_t { kRow, kMore, kFault };

  [[nodiscard]] bool refill();
  void skip_byte_order_mark();
  [[nodiscard]] Scan scan_row();
  [[nodiscard]] Scan scan_field(std::size_t& at);
  [[nodiscard]] Scan scan_quoted(std::size_t& at);
  [[nodiscard]] Scan scan_plain(std::size_t& at);
  [[nodiscard]] Scan end_of_line(std::size_t& at);
  [[nodiscard]] Scan check_row(std::size_t end);
  void unescape(std::string_view quoted);
  [[nodiscard]] Scan broken_at(std::size_t offset, std::string wrong, std::string expected);
  [[nodiscard]] Position position_of(std::size_t offset) const;

  Source source_;
  std::vector<char> buffer_;
  std::size_t row_ = 0;   // Offset of the current row.
  std::size_t next_ = 0;  // Offset behind it.
  std::size_t end_ = 0;   // Offset behind the last byte read.
  bool at_end_ = false;   // The source has no more.
  bool started_ = false;
  bool broken_ = false;
  std::uint64_t line_ = 0;
  std::uint64_t next_line_ = 1;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> begins_;  // Offset of each field in the buffer.
  std::string unescaped_;            // Fields that held doubled quotes.
  bool long_field_ = false;
  Fault fault_;
};

}  // namespace wasl::csv
