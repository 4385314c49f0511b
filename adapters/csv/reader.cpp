#include "csv/reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/assert.hpp"
#include "csv/utf8.hpp"

namespace wasl::csv {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// True for every byte that a field without quotes cannot hold: it ends there or is wrong.
constexpr std::array<bool, 256> kEndsPlain = [] {
  std::array<bool, 256> ends{};
  for (std::size_t c = 0; c < 0x20; ++c) ends[c] = true;
  ends[0x7f] = ends[','] = ends['"'] = true;
  return ends;
}();

bool ends_plain(char c) { return kEndsPlain[static_cast<unsigned char>(c)]; }

// In quotes, line ends may stand too.
bool forbidden_in_quotes(char c) {
  return c != ',' && c != '"' && c != '\n' && c != '\r' && ends_plain(c);
}

std::string byte_text(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(c);
  return {'0', 'x', kDigits[value >> 4U], kDigits[value & 0xfU]};
}

}  // namespace

Reader::Reader(Source source) : source_(std::move(source)), buffer_(kBufferBytes) {
  unescaped_.reserve(kRowBytesMax);  // Views into it must stay where they are.
}

std::expected<bool, Fault> Reader::next() {
  if (broken_) return false;
  if (!started_) skip_byte_order_mark();
  row_ = next_;
  line_ = next_line_;
  for (;;) {
    if (broken_) return std::unexpected(fault_);
    if (row_ == end_ && at_end_) return false;
    const Scan scan = scan_row();
    if (scan == Scan::kRow) return true;
    if (scan == Scan::kFault) return std::unexpected(fault_);
    if (end_ - row_ > kRowBytesMax) {
      (void)broken_at(row_, "a row of more than " + std::to_string(kRowBytesMax) + " bytes",
                      "a shorter row; a closing quote may be missing");
    } else if (!refill()) {
      at_end_ = true;
    }
  }
}

// Moves what is left of the current row to the front and reads behind it. False: no more.
bool Reader::refill() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(row_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  end_ -= row_;
  row_ = next_ = 0;
  const auto read = source_(std::span(buffer_).subspan(end_));
  if (!read) {
    (void)broken_at(end_, core::describe(read.error()), "a file that can be read");
    return true;
  }
  WASL_ASSERT(*read <= buffer_.size() - end_);
  end_ += *read;
  return *read > 0;
}

void Reader::skip_byte_order_mark() {
  started_ = true;
  while (end_ < kByteOrderMark.size() && !at_end_ && !broken_) at_end_ = !refill();
  if (std::string_view{buffer_.data(), end_}.starts_with(kByteOrderMark)) {
    next_ = kByteOrderMark.size();
  }
}

Reader::Scan Reader::scan_row() {
  fields_.clear();
  begins_.clear();
  unescaped_.clear();
  long_field_ = false;
  std::size_t at = row_;
  for (;;) {
    const Scan field = scan_field(at);
    if (field != Scan::kRow) return field;
    if (at < end_ && buffer_[at] == ',') {
      ++at;
      continue;
    }
    const std::size_t row_end = at;
    const Scan line = end_of_line(at);
    if (line != Scan::kRow) return line;
    next_ = at;
    return check_row(row_end);
  }
}

// Leaves `at` on the comma or line end behind the field, or at the end of the data.
Reader::Scan Reader::scan_field(std::size_t& at) {
  begins_.push_back(at);
  if (at < end_ && buffer_[at] == '"') return scan_quoted(at);
  return scan_plain(at);
}

Reader::Scan Reader::scan_plain(std::size_t& at) {
  const std::size_t begin = at;
  while (at < end_ && !ends_plain(buffer_[at])) ++at;
  if (at == end_ && !at_end_) return Scan::kMore;
  if (at < end_ && buffer_[at] == '"') {
    return broken_at(at, "a quote inside a field that does not begin with one",
                     "the whole field in quotes, and each quote in it doubled");
  }
  fields_.emplace_back(buffer_.data() + begin, at - begin);
  long_field_ |= at - begin > kFieldBytesMax;
  return Scan::kRow;
}

Reader::Scan Reader::scan_quoted(std::size_t& at) {
  const std::size_t opening = at++;
  bool doubled = false;
  for (;;) {
    const void* quote = at < end_ ? std::memchr(buffer_.data() + at, '"', end_ - at) : nullptr;
    if (quote == nullptr) {
      if (!at_end_) return Scan::kMore;
      return broken_at(opening, "a quoted field without an end", "a closing quote");
    }
    at = static_cast<std::size_t>(static_cast<const char*>(quote) - buffer_.data()) + 1;
    if (at == end_ && !at_end_) return Scan::kMore;
    if (at == end_ || buffer_[at] != '"') break;
    doubled = true;
    ++at;
  }
  const std::string_view inside{buffer_.data() + opening + 1, at - opening - 2};
  const auto wrong = std::ranges::find_if(inside, forbidden_in_quotes);
  if (wrong != inside.end()) {
    return broken_at(opening + 1 + static_cast<std::size_t>(wrong - inside.begin()),
                     "the control character " + byte_text(*wrong), "text");
  }
  long_field_ |= inside.size() > kFieldBytesMax;
  if (doubled && at - row_ <= kRowBytesMax) {  // check_row() refuses a longer row.
    unescape(inside);
  } else {
    fields_.push_back(inside);
  }
  if (at < end_ && buffer_[at] != ',' && buffer_[at] != '\n' && buffer_[at] != '\r') {
    return broken_at(at, "text behind a closing quote", "a comma or the end of the line");
  }
  return Scan::kRow;
}

void Reader::unescape(std::string_view quoted) {
  const std::size_t begin = unescaped_.size();
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    unescaped_.push_back(quoted[i]);
    if (quoted[i] == '"') ++i;
  }
  WASL_ASSERT(unescaped_.size() <= kRowBytesMax);
  fields_.emplace_back(unescaped_.data() + begin, unescaped_.size() - begin);
}

Reader::Scan Reader::end_of_line(std::size_t& at) {
  if (at == end_) return Scan::kRow;  // Only at the end of the data.
  const char c = buffer_[at];
  if (c == '\n') {
    ++at;
    return Scan::kRow;
  }
  if (c != '\r') return broken_at(at, "the control character " + byte_text(c), "text");
  if (at + 1 == end_ && !at_end_) return Scan::kMore;
  if (at + 1 == end_ || buffer_[at + 1] != '\n') {
    return broken_at(at, "a carriage return without a line feed",
                     "LF or CRLF at the end of a line");
  }
  at += 2;
  return Scan::kRow;
}

// The row's bytes are complete, up to its line end: what is wrong now leaves the next row in place.
Reader::Scan Reader::check_row(std::size_t end) {
  const std::string_view row{buffer_.data() + row_, end - row_};
  next_line_ = line_ + 1 + static_cast<std::uint64_t>(std::ranges::count(row, '\n'));
  const std::size_t valid = valid_utf8_bytes(row);
  if (valid < row.size()) {
    fault_ = {position_of(row_ + valid), "the byte " + byte_text(row[valid]) + " is not UTF-8",
              "a file saved as UTF-8"};
    return Scan::kFault;
  }
  if (row.size() > kRowBytesMax) {
    return broken_at(row_, "a row of more than " + std::to_string(kRowBytesMax) + " bytes",
                     "a shorter row; a closing quote may be missing");
  }
  if (!long_field_) return Scan::kRow;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].size() <= kFieldBytesMax) continue;
    fault_ = {position(i), "a field of " + std::to_string(fields_[i].size()) + " bytes",
              "at most " + std::to_string(kFieldBytesMax)};
    return Scan::kFault;
  }
  return Scan::kRow;  // Long only by its doubled quotes.
}

Reader::Scan Reader::broken_at(std::size_t offset, std::string wrong, std::string expected) {
  broken_ = true;
  fault_ = {position_of(offset), std::move(wrong), std::move(expected)};
  return Scan::kFault;
}

Position Reader::position(std::size_t field) const {
  WASL_ASSERT(field < begins_.size());
  return position_of(begins_[field]);
}

Position Reader::position_of(std::size_t offset) const {
  const std::string_view before{buffer_.data() + row_, offset - row_};
  const std::size_t line_end = before.rfind('\n');
  const std::string_view line =
      line_end == std::string_view::npos ? before : before.substr(line_end + 1);
  return {line_ + static_cast<std::uint64_t>(std::ranges::count(before, '\n')),
          code_points(line) + 1};
}

}  // namespace wasl::csv
