#pragma once
// A CSV file as typed columns. The header names the columns, in any order; what is wrong with a
// value is noted with its place and the row goes on, so that one run finds all mistakes. One
// thread.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "csv/faults.hpp"
#include "csv/reader.hpp"

namespace wasl::csv {

// A file of the schema; docs/import_format.md has one table for each.
struct FileFormat {
  std::string_view name;  // "cards.csv"
  std::span<const std::string_view> columns;
};

// A word of a closed list and what it stands for.
template <typename T>
struct Word {
  std::string_view word;
  T value;
};

// A number from outside and its bounds, both included.
struct Bounds {
  std::uint64_t min;
  std::uint64_t max;
};

class Table {
 public:
  // `name` stands in messages. Reads the header at once: all columns of the format must be there,
  // once, and no others.
  Table(std::string name, Source source, const FileFormat& format, Faults& faults);

  // False: no more rows. A row that is not to be read as fields is noted and skipped.
  [[nodiscard]] bool next();
  // True if nothing was wrong with the values asked of this row so far.
  [[nodiscard]] bool row_ok() const { return row_ok_; }
  // Rows that next() gave so far.
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t line() const { return reader_.line(); }
  [[nodiscard]] const std::string& name() const { return name_; }

  // Columns are numbered as in the format. Each getter notes a fault and returns the type's default
  // where the field is not what it asks for.
  [[nodiscard]] std::string_view raw(std::size_t column) const;
  template <typename CodeType>
  [[nodiscard]] CodeType code(std::size_t column);
  template <typename CodeType>
  [[nodiscard]] CodeType code_or_empty(std::size_t column) {
    return raw(column).empty() ? CodeType{} : code<CodeType>(column);
  }
  // Codes separated by single spaces, at least one, each once.
  template <typename CodeType>
  [[nodiscard]] std::vector<CodeType> codes(std::size_t column, std::size_t count_max);
  // 1 to bytes_max bytes; text_or_empty() also none.
  [[nodiscard]] std::string text(std::size_t column, std::size_t bytes_max);
  [[nodiscard]] std::string text_or_empty(std::size_t column, std::size_t bytes_max);
  // Printable ASCII without space, or empty.
  [[nodiscard]] std::string ascii_or_empty(std::size_t column, std::size_t bytes_max);
  [[nodiscard]] std::uint64_t integer(std::size_t column, Bounds bounds);
  [[nodiscard]] std::optional<std::uint64_t> integer_or_empty(std::size_t column, Bounds bounds);
  [[nodiscard]] core::Day day(std::size_t column);
  [[nodiscard]] core::Day day_or(std::size_t column, core::Day if_empty);
  // Two columns; empty is open at that end.
  [[nodiscard]] core::Interval interval(std::size_t from_column, std::size_t until_column);
  // "1200.00": exactly two decimals, 0.01 to `max`.
  [[nodiscard]] core::Cents money(std::size_t column, core::Cents max);
  // "80" or "33.33": at most two decimals, 0 to 100.
  [[nodiscard]] core::BasisPoints percent(std::size_t column);
  template <typename T, std::size_t N>
  [[nodiscard]] T word(std::size_t column, const Word<T> (&words)[N]);
  // "yes" or "no".
  [[nodiscard]] bool yes_or_no(std::size_t column);

  // Notes what is wrong with this row's field.
  void wrong(std::size_t column, std::string wrong, std::string expected);

 private:
  void read_header(const FileFormat& format);
  void match_columns(const FileFormat& format);
  void stop() { stopped_ = true; }
  void wrong_value(std::size_t column, std::string expected);

  std::string name_;
  Reader reader_;
  Faults& faults_;
  std::vector<std::size_t> field_of_;  // Of each column of the format, its place in the file.
  std::size_t header_fields_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t faults_before_ = 0;
  bool row_ok_ = true;
  bool stopped_ = false;
};

// "a code of 1 to 16 printable ASCII characters without space"
[[nodiscard]] std::string code_expected(std::size_t bytes_max);
[[nodiscard]] std::string words_expected(std::span<const std::string_view> words);

template <typename CodeType>
CodeType Table::code(std::size_t column) {
  const auto made = CodeType::make(raw(column));
  if (!made) wrong_value(column, code_expected(CodeType::kBytesMax));
  return made.value_or(CodeType{});
}

template <typename CodeType>
std::vector<CodeType> Table::codes(std::size_t column, std::size_t count_max) {
  std::vector<CodeType> list;
  std::string_view rest = raw(column);
  for (bool more = true; more;) {
    const std::size_t space = rest.find(' ');
    more = space != std::string_view::npos;
    const auto made = CodeType::make(rest.substr(0, space));
    const bool again = made && std::find(list.begin(), list.end(), *made) != list.end();
    if (!made || again || list.size() == count_max) {
      wrong_value(column, "1 to " + std::to_string(count_max) +
                              " different codes with single spaces between, each " +
                              code_expected(CodeType::kBytesMax));
      return {};
    }
    list.push_back(*made);
    if (more) rest.remove_prefix(space + 1);
  }
  return list;
}

template <typename T, std::size_t N>
T Table::word(std::size_t column, const Word<T> (&words)[N]) {
  const std::string_view given = raw(column);
  for (const Word<T>& each : words) {
    if (each.word == given) return each.value;
  }
  std::vector<std::string_view> known;
  for (const Word<T>& each : words) known.push_back(each.word);
  wrong_value(column, words_expected(known));
  return T{};
}

}  // namespace wasl::csv
