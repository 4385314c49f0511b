#include "csv/table.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/assert.hpp"

namespace wasl::csv {
namespace {

constexpr int kDecimals = 2;
constexpr std::int64_t kMinorUnits = 100;
constexpr std::uint64_t kPercentMax = 100;
// More would not fit the arithmetic below; far above every bound.
constexpr std::size_t kDigitsMax = 15;

// Only digits, no sign, no leading zero except "0" itself.
std::optional<std::uint64_t> parse_integer(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return value;
}

// Hundredths of "12", "12.5" or "12.50"; at least `decimals_min` decimals.
std::optional<std::int64_t> parse_hundredths(std::string_view text, std::size_t decimals_min) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.size() > kDigitsMax || part.size() > kDecimals || part.size() < decimals_min) {
    return std::nullopt;
  }
  if (point != std::string_view::npos && part.empty()) return std::nullopt;
  const auto units = parse_integer(whole);
  if (!units) return std::nullopt;
  std::int64_t hundredths = 0;
  for (std::size_t i = 0; i < kDecimals; ++i) {
    const char digit = i < part.size() ? part[i] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    hundredths = hundredths * 10 + (digit - '0');
  }
  return static_cast<std::int64_t>(*units) * kMinorUnits + hundredths;
}

bool printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x21 && c <= 0x7e; });
}

std::string bounds_text(Bounds bounds) {
  return "a whole number from " + std::to_string(bounds.min) + " to " + std::to_string(bounds.max);
}

}  // namespace

std::string code_expected(std::size_t bytes_max) {
  return "a code of 1 to " + std::to_string(bytes_max) +
         " printable ASCII characters without space";
}

std::string words_expected(std::span<const std::string_view> words) {
  std::string text = words.size() > 1 ? "one of " : "";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += ", ";
    text += words[i].empty() ? "nothing" : words[i];
  }
  return text;
}

Table::Table(std::string name, Source source, const FileFormat& format, Faults& faults)
    : name_(std::move(name)), reader_(std::move(source)), faults_(faults) {
  faults_before_ = faults.count();
  read_header(format);
}

void Table::read_header(const FileFormat& format) {
  const auto header = reader_.next();
  if (header && *header) return match_columns(format);
  if (header) {
    faults_.add(name_, Position{}, "an empty file",
                "the header line " + std::string{format.columns.front()} + ",…");
  } else {
    faults_.add(name_, header.error());
  }
  stop();
}

void Table::match_columns(const FileFormat& format) {
  const auto given = reader_.fields();
  header_fields_ = given.size();
  field_of_.assign(format.columns.size(), given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto column = std::ranges::find(format.columns, given[i]);
    const auto index = static_cast<std::size_t>(column - format.columns.begin());
    if (column == format.columns.end()) {
      faults_.add(name_, reader_.position(i), "an unknown column " + quoted(given[i]),
                  words_expected(format.columns));
      stop();
    } else if (field_of_[index] != given.size()) {
      faults_.add(name_, reader_.position(i), "the column " + quoted(given[i]) + " again",
                  "each column once");
      stop();
    } else {
      field_of_[index] = i;
    }
  }
  for (std::size_t i = 0; i < field_of_.size(); ++i) {
    if (field_of_[i] != given.size()) continue;
    faults_.add(name_, Position{}, "no column " + quoted(format.columns[i]),
                "a header line with all columns of " + std::string{format.name});
    stop();
  }
}

bool Table::next() {
  row_ok_ = true;
  while (!stopped_) {
    if (faults_.count() - faults_before_ >= kFaultsPerFileMax) {
      faults_.add(name_, Position{reader_.line(), 1}, "too many errors, the rest was not read",
                  "a file of this kind");
      break;
    }
    const auto row = reader_.next();
    if (row && !*row) break;
    if (!row) {
      faults_.add(name_, row.error());
      continue;
    }
    if (reader_.fields().size() == header_fields_) {
      ++rows_;
      return true;
    }
    faults_.add(name_, Position{reader_.line(), 1},
                std::to_string(reader_.fields().size()) + " fields",
                std::to_string(header_fields_) + " as in the header");
  }
  stop();
  return false;
}

std::string_view Table::raw(std::size_t column) const {
  WASL_ASSERT(column < field_of_.size());
  return reader_.fields()[field_of_[column]];
}

void Table::wrong(std::size_t column, std::string wrong, std::string expected) {
  row_ok_ = false;
  faults_.add(name_, reader_.position(field_of_[column]), std::move(wrong), std::move(expected));
}

void Table::wrong_value(std::size_t column, std::string expected) {
  wrong(column, quoted(raw(column)), std::move(expected));
}

std::string Table::text(std::size_t column, std::size_t bytes_max) {
  if (raw(column).empty()) {
    wrong(column, "nothing", "text of 1 to " + std::to_string(bytes_max) + " bytes");
  }
  return text_or_empty(column, bytes_max);
}

std::string Table::text_or_empty(std::size_t column, std::size_t bytes_max) {
  const std::string_view given = raw(column);
  const bool line_end = given.find_first_of("\r\n") != std::string_view::npos;
  if (given.size() <= bytes_max && !line_end) return std::string{given};
  wrong_value(column, "one line of at most " + std::to_string(bytes_max) +
                          " bytes (an Arabic letter has two)");
  return {};
}

std::string Table::ascii_or_empty(std::size_t column, std::size_t bytes_max) {
  const std::string_view given = raw(column);
  if (given.size() <= bytes_max && printable_ascii(given)) return std::string{given};
  wrong_value(column, "at most " + std::to_string(bytes_max) +
                          " printable ASCII characters without space, or nothing");
  return {};
}

std::uint64_t Table::integer(std::size_t column, Bounds bounds) {
  const auto value = parse_integer(raw(column));
  if (value && bounds.min <= *value && *value <= bounds.max) return *value;
  wrong_value(column, bounds_text(bounds));
  return bounds.min;
}

std::optional<std::uint64_t> Table::integer_or_empty(std::size_t column, Bounds bounds) {
  if (raw(column).empty()) return std::nullopt;
  return integer(column, bounds);
}

core::Day Table::day(std::size_t column) {
  const auto parsed = core::parse_day(raw(column));
  if (!parsed) wrong_value(column, "a day as YYYY-MM-DD, 1900 to 2199");
  return parsed.value_or(core::Day{});
}

core::Day Table::day_or(std::size_t column, core::Day if_empty) {
  return raw(column).empty() ? if_empty : day(column);
}

core::Interval Table::interval(std::size_t from_column, std::size_t until_column) {
  const core::Interval read{day_or(from_column, core::kDayMin),
                            day_or(until_column, core::kDayMax)};
  if (row_ok_ && read.until < read.from) {
    wrong_value(until_column, "a day on or after " + core::to_text(read.from));
  }
  return read;
}

core::Cents Table::money(std::size_t column, core::Cents max) {
  const auto hundredths = parse_hundredths(raw(column), kDecimals);
  if (hundredths && *hundredths >= 1 && *hundredths <= max.value) return core::Cents{*hundredths};
  wrong_value(column, "an amount with two decimals from 0.01 to " + core::to_text(max));
  return {};
}

core::BasisPoints Table::percent(std::size_t column) {
  const auto hundredths = parse_hundredths(raw(column), 0);
  if (hundredths && *hundredths <= core::kWhole.value) {
    return core::BasisPoints{static_cast<std::int32_t>(*hundredths)};
  }
  wrong_value(column, "a percentage from 0 to " + std::to_string(kPercentMax) +
                          " with at most two decimals");
  return {};
}

bool Table::yes_or_no(std::size_t column) {
  static constexpr Word<bool> kWords[] = {{"yes", true}, {"no", false}};
  return word(column, kWords);
}

}  // namespace wasl::csv
