#include "csv/reader.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "adapters/csv_support.hpp"
#include "csv/faults.hpp"
#include "csv/utf8.hpp"
#include "csv/writer.hpp"

namespace wasl::csv {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Outcome {
  Rows rows;
  std::vector<std::string> faults;
};

Outcome read_all(const std::string& text, std::size_t piece = 1 << 20) {
  Reader reader(test::source_of(text, piece));
  Outcome outcome;
  Faults faults;
  for (;;) {
    const auto row = reader.next();
    if (!row) {
      faults.add("f.csv", row.error());
    } else if (*row) {
      outcome.rows.emplace_back(reader.fields().begin(), reader.fields().end());
    } else {
      break;
    }
  }
  outcome.faults = faults.shown();
  return outcome;
}

TEST(CsvReader, ReadsWhatRfc4180Writes) {
  const std::pair<const char*, Rows> table[] = {
      {"", {}},
      {"a", {{"a"}}},
      {"a\n", {{"a"}}},
      {"a\r\n", {{"a"}}},
      {"a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
      {"a,b\r\nc,d", {{"a", "b"}, {"c", "d"}}},
      {",\n", {{"", ""}}},
      {"a,\n", {{"a", ""}}},
      {"\n", {{""}}},
      {"\"\"\n", {{""}}},
      {"\"a\",\"b\"\n", {{"a", "b"}}},
      {"\"a,b\",c\n", {{"a,b", "c"}}},
      {"\"a\nb\",c\n", {{"a\nb", "c"}}},
      {"\"a\r\nb\"\r\nc\r\n", {{"a\r\nb"}, {"c"}}},
      {"\"a\"\"b\"\n", {{"a\"b"}}},
      {"\"\"\"\"\n", {{"\""}}},
      {"\"\"\"a\"\"\",\"\"\"\"\"\"\n", {{"\"a\"", "\"\""}}},
      {"\xef\xbb\xbf"
       "a,b\n",
       {{"a", "b"}}},
      {"\xef\xbb\xbf", {}},
      {"صيدلية,é\n", {{"صيدلية", "é"}}},
      {" a , b \n", {{" a ", " b "}}},
  };
  for (const auto& [text, rows] : table) {
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) {
      const Outcome outcome = read_all(text, piece);
      EXPECT_EQ(outcome.rows, rows) << text << " in pieces of " << piece;
      EXPECT_TRUE(outcome.faults.empty()) << outcome.faults.front();
    }
  }
}

TEST(CsvReader, SaysWhereAndWhatIsWrong) {
  const std::pair<const char*, const char*> table[] = {
      {"a,b\"c\n", "f.csv:1:4: a quote inside a field that does not begin with one"},
      {"x\n\"a", "f.csv:2:1: a quoted field without an end, expected a closing quote"},
      {"\"a\"b\n", "f.csv:1:4: text behind a closing quote"},
      {"a\rb\n", "f.csv:1:2: a carriage return without a line feed"},
      {"a\r", "f.csv:1:2: a carriage return without a line feed"},
      {"a\tb\n", "f.csv:1:2: the control character 0x09"},
      {"\"a\x01\"\n", "f.csv:1:3: the control character 0x01"},
      {"é,é,\x7f\n", "f.csv:1:5: the control character 0x7f"},
      {"\"a\nbé\"\"\n", "f.csv:1:1: a quoted field without an end"},
      {"\"a\nbé\"x\n", "f.csv:2:4: text behind a closing quote"},
      {"a,\xff\n", "f.csv:1:3: the byte 0xff is not UTF-8"},
  };
  for (const auto& [text, message] : table) {
    for (const std::size_t piece : {1U, 1000U}) {
      const Outcome outcome = read_all(text, piece);
      ASSERT_EQ(outcome.faults.size(), 1U) << text;
      EXPECT_TRUE(outcome.faults.front().starts_with(message)) << outcome.faults.front();
    }
  }
}

TEST(CsvReader, GoesOnBehindARowThatIsNotUtf8) {
  const Outcome outcome = read_all("a\n\xc3\nb\n\xed\xa0\x80\nc\n");
  EXPECT_EQ(outcome.rows, (Rows{{"a"}, {"b"}, {"c"}}));
  EXPECT_EQ(outcome.faults.size(), 2U);
}

TEST(CsvReader, BoundsFieldsAndRows) {
  const std::string longest(kFieldBytesMax, 'x');
  EXPECT_EQ(read_all(longest + "\n").rows.size(), 1U);
  EXPECT_EQ(read_all("\"" + longest + "\"\n").rows.size(), 1U);
  EXPECT_EQ(read_all(longest + "x\n").faults.front(),
            "f.csv:1:1: a field of 4097 bytes, expected at most 4096");
  EXPECT_EQ(read_all("\"" + longest + "x\"\n").faults.size(), 1U);

  std::string row;
  while (row.size() + longest.size() / 2 < kRowBytesMax) row += longest.substr(0, 2047) + ',';
  row.resize(kRowBytesMax, 'x');
  EXPECT_EQ(read_all(row + "\n").rows.size(), 1U);
  EXPECT_EQ(read_all(row + "\n", 1000).rows.size(), 1U);
  const Outcome longer = read_all("a\n" + row + "x\nb\n");
  ASSERT_EQ(longer.faults.size(), 1U);
  EXPECT_TRUE(longer.faults.front().starts_with("f.csv:2:1: a row of more than 65536 bytes"));
}

TEST(CsvReader, FindsAMissingClosingQuoteBeforeItSwallowsTheFile) {
  std::string text = "\"never closed\n";
  while (text.size() < 10 * kRowBytesMax) text += "a,b,c\n";
  const Outcome outcome = read_all(text);
  ASSERT_EQ(outcome.faults.size(), 1U);
  EXPECT_NE(outcome.faults.front().find("a closing quote may be missing"), std::string::npos);
}

TEST(CsvReader, TellsThatASourceFailed) {
  Reader reader([](std::span<char>) -> core::Result<std::size_t> {
    return core::fail(core::Errc::kIo, "the disk is gone");
  });
  const auto row = reader.next();
  ASSERT_FALSE(row);
  EXPECT_NE(row.error().wrong.find("the disk is gone"), std::string::npos);
  EXPECT_TRUE(reader.broken());
  EXPECT_FALSE(*reader.next());
}

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
  std::string out;
  Writer writer([&](std::string_view bytes) -> core::Result<void> {
    out += bytes;
    return {};
  });
  writer.row({"a b", "", "c,d", "e\"f", "g\nh", "é"});
  ASSERT_TRUE(writer.close());
  EXPECT_EQ(out, "a b,,\"c,d\",\"e\"\"f\",\"g\nh\",é\n");
}

TEST(CsvWriter, GivesTheFirstFailure) {
  Writer writer([](std::string_view) { return core::fail(core::Errc::kIo, "full"); });
  for (int i = 0; i < 100'000; ++i) writer.row({"abc", "def"});
  const auto closed = writer.close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().context, "full");
}

unsigned seed() {
  const char* given = std::getenv("WASL_SEED");
  const unsigned value = given != nullptr ? static_cast<unsigned>(std::atoi(given)) : 1U;
  std::printf("WASL_SEED=%u\n", value);
  return value;
}

TEST(CsvReader, ReadsBackWhateverTheWriterWrote) {
  std::mt19937 random(seed());
  const std::string_view pieces[] = {"",  "a", ",",    "\"", "\n", "\r\n",
                                     "é", "ص", "\"\"", " ",  "xyz"};
  for (int round = 0; round < 300; ++round) {
    Rows rows(random() % 20 + 1);
    std::string out;
    Writer writer([&](std::string_view bytes) -> core::Result<void> {
      out += bytes;
      return {};
    });
    for (auto& row : rows) {
      row.resize(random() % 5 + 2);
      for (auto& field : row) {
        for (auto n = random() % 6; n > 0; --n) field += pieces[random() % std::size(pieces)];
      }
      writer.row(std::vector<std::string_view>(row.begin(), row.end()));
    }
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(read_all(out, random() % 50 + 1).rows, rows);
  }
}

TEST(CsvReader, TakesAnyBytesWithoutHarm) {
  std::mt19937 random(seed());
  const std::string_view pieces[] = {"a", ",", "\"", "\n", "\r", "\r\n", "é", "\xff", "\x80", "\t"};
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (auto n = random() % 30; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Outcome whole = read_all(text);
    const Outcome pieced = read_all(text, 1);
    EXPECT_EQ(whole.rows, pieced.rows) << text;
    EXPECT_EQ(whole.faults, pieced.faults) << text;
  }
}

TEST(Utf8, AdmitsExactlyRfc3629) {
  const std::string_view good[] = {"",
                                   "a",
                                   "\x7f",
                                   "\xc2\x80",
                                   "\xdf\xbf",
                                   "\xe0\xa0\x80",
                                   "\xed\x9f\xbf",
                                   "\xee\x80\x80",
                                   "\xef\xbf\xbf",
                                   "\xf0\x90\x80\x80",
                                   "\xf4\x8f\xbf\xbf"};
  for (const std::string_view text : good) EXPECT_EQ(valid_utf8_bytes(text), text.size());
  const std::string_view bad[] = {"\x80",
                                  "\xc0\x80",
                                  "\xc1\xbf",
                                  "\xc2",
                                  "\xe0\x9f\xbf",
                                  "\xed\xa0\x80",
                                  "\xe2\x82",
                                  "\xf0\x8f\xbf\xbf",
                                  "\xf4\x90\x80\x80",
                                  "\xf5\x80\x80\x80",
                                  "\xff"};
  for (const std::string_view text : bad) {
    const std::string wrapped = "abcdefgh" + std::string{text} + "abcdefgh";
    EXPECT_EQ(valid_utf8_bytes(wrapped), 8U);
  }
}

TEST(Faults, ShowsTwentyAndCountsTheRest) {
  Faults faults;
  for (std::uint64_t i = 1; i <= kFaultsShownMax; ++i) faults.add("f.csv", {i, 1}, "w", "e");
  EXPECT_EQ(faults.shown().size(), 20U);
  EXPECT_EQ(faults.text().find("more"), std::string::npos);
  for (int i = 0; i < 3; ++i) faults.add("f.csv", {99, 1}, "w", "e");
  EXPECT_EQ(faults.shown().size(), 20U);
  EXPECT_EQ(faults.count(), 23U);
  EXPECT_TRUE(faults.text().ends_with("f.csv:20:1: w, expected e\nand 3 more\n"));
}

}  // namespace
}  // namespace wasl::csv
