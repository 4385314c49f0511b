#pragma once
// What is wrong with a set of files, for the person who has to mend them: the first few in full,
// the rest as a number. One thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "csv/reader.hpp"

namespace wasl::csv {

// A screenful: who made twenty mistakes made one of them many times.
inline constexpr std::size_t kFaultsShownMax = 20;
// Reading a file ends here: with this many rows wrong, it is the wrong file.
inline constexpr std::uint64_t kFaultsPerFileMax = 10'000;
// Of a value repeated in a message; longer ones are cut.
inline constexpr std::size_t kQuotedBytesMax = 40;

class Faults {
 public:
  void add(std::string_view file, const Fault& fault);
  void add(std::string_view file, Position at, std::string wrong, std::string expected) {
    add(file, Fault{at, std::move(wrong), std::move(expected)});
  }
  // Of a file as a whole.
  void add(std::string_view file, std::string_view wrong, std::string_view expected);

  // Of a file read by another reader: each line of the text is one.
  void add_lines(std::string_view file, std::string_view text);

  [[nodiscard]] bool none() const { return count_ == 0; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // "cards.csv:17:3: what is wrong, expected what", in the order in which they were found.
  [[nodiscard]] const std::vector<std::string>& shown() const { return shown_; }
  // The lines of shown(), then the number of the rest if there is one.
  [[nodiscard]] std::string text() const;

 private:
  void add_line(std::string line);

  std::vector<std::string> shown_;
  std::uint64_t count_ = 0;
};

// The value in quotes, cut at a character where it is long.
[[nodiscard]] std::string quoted(std::string_view value);

}  // namespace wasl::csv
