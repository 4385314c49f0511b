#include "csv/faults.hpp"

#include <algorithm>
#include <utility>

#include "csv/utf8.hpp"

namespace wasl::csv {

void Faults::add(std::string_view file, const Fault& fault) {
  std::string line{file};
  line += ':' + std::to_string(fault.at.line) + ':' + std::to_string(fault.at.column) + ": ";
  add_line(line + fault.wrong + ", expected " + fault.expected);
}

void Faults::add(std::string_view file, std::string_view wrong, std::string_view expected) {
  std::string line{file};
  line.append(": ").append(wrong).append(", expected ").append(expected);
  add_line(std::move(line));
}

void Faults::add_lines(std::string_view file, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    add_line(std::string{file} + ':' + std::string{text.substr(0, end)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Faults::add_line(std::string line) {
  ++count_;
  if (shown_.size() < kFaultsShownMax) shown_.push_back(std::move(line));
}

std::string Faults::text() const {
  std::string text;
  for (const std::string& line : shown_) text += line + '\n';
  if (count_ > shown_.size()) text += "and " + std::to_string(count_ - shown_.size()) + " more\n";
  return text;
}

std::string quoted(std::string_view value) {
  const bool cut = value.size() > kQuotedBytesMax;
  std::string_view shown = value.substr(0, kQuotedBytesMax);
  if (cut) shown = shown.substr(0, valid_utf8_bytes(shown));
  std::string text{"\""};
  return text.append(shown).append(cut ? "…\"" : "\"");
}

}  // namespace wasl::csv
