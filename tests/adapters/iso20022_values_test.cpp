#include "iso20022/values.hpp"

#include <gtest/gtest.h>

#include "iso20022/characters.hpp"

namespace wasl::iso20022 {
namespace {

using core::Cents;
using std::chrono::minutes;

TEST(Values, ReadAmountsOfAtMostEighteenDigits) {
  const std::pair<const char*, std::int64_t> good[] = {{"0", 0},
                                                       {"0.01", 1},
                                                       {"1", 100},
                                                       {"1.5", 150},
                                                       {"1.50", 150},
                                                       {"007.00", 700},
                                                       {"1200.25", 120025},
                                                       {"9999999999999999.99", kAmountMax.value}};
  for (const auto& [text, cents] : good) EXPECT_EQ(parse_amount(text), Cents{cents}) << text;
  for (const char* text : {"", ".", ".5", "1.", "1.234", "-1", "+1", " 1", "1 ", "1e2", "1,00",
                           "0x1", "1.2.3", "12345678901234567", "١"}) {
    EXPECT_EQ(parse_amount(text), std::nullopt) << text;
  }
}

TEST(Values, ReadCountsOfAtMostFifteenDigits) {
  EXPECT_EQ(parse_count("0"), 0U);
  EXPECT_EQ(parse_count("999999999999999"), 999'999'999'999'999U);
  for (const char* text : {"", "1234567890123456", "-1", "1.0", " 1"}) {
    EXPECT_EQ(parse_count(text), std::nullopt) << text;
  }
}

TEST(Values, ReadTimesInTheirZoneOrTheGivenOne) {
  const std::pair<const char*, const char*> good[] = {
      {"2026-03-10T08:30:00Z", "2026-03-10T08:30:00.000Z"},
      {"2026-03-10T08:30:00", "2026-03-10T07:30:00.000Z"},
      {"2026-03-10T00:30:00+01:00", "2026-03-09T23:30:00.000Z"},
      {"2026-03-10T23:30:00-01:30", "2026-03-11T01:00:00.000Z"},
      {"2026-03-10T08:30:00.5Z", "2026-03-10T08:30:00.500Z"},
      {"2026-03-10T08:30:00.123999999Z", "2026-03-10T08:30:00.123Z"},
      {"2026-03-10T08:30:00+14:00", "2026-03-09T18:30:00.000Z"},
  };
  for (const auto& [text, utc] : good) {
    const auto time = parse_instant(text, minutes{60});
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(core::to_text(*time), utc) << text;
  }
  for (const char* text :
       {"", "2026-03-10", "2026-03-10T", "2026-03-10T08:30", "2026-03-10 08:30:00",
        "2026-03-10T24:00:00", "2026-03-10T08:60:00", "2026-03-10T08:30:60", "2026-02-29T08:30:00",
        "2026-03-10T08:30:00.", "2026-03-10T08:30:00.1234567890", "2026-03-10T08:30:00z",
        "2026-03-10T08:30:00+14:01", "2026-03-10T08:30:00+1:00", "2026-03-10T08:30:00 ",
        "0026-03-10T08:30:00Z", "2026-03-10T08:3x:00"}) {
    EXPECT_EQ(parse_instant(text, minutes{0}), std::nullopt) << text;
  }
}

TEST(Values, ReadTheDayAsItIsWritten) {
  const auto day = core::parse_day("2026-03-10");
  EXPECT_EQ(parse_date("2026-03-10"), day);
  EXPECT_EQ(parse_date("2026-03-10Z"), day);
  EXPECT_EQ(parse_date("2026-03-10+01:00"), day);
  EXPECT_EQ(parse_day_of_instant("2026-03-10T00:30:00+01:00"), day);
  for (const char* text :
       {"", "2026-03-1", "2026-03-10T00:00:00", "2026-03-10+25:00", "10.3.2026"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Characters, AreThoseOfXmlInUtf8) {
  const std::string_view good[] = {"",
                                   "a\t\n\r~",
                                   "\xc2\x80",
                                   "\xed\x9f\xbf",
                                   "\xee\x80\x80",
                                   "\xef\xbf\xbd",
                                   "\xf0\x90\x80\x80",
                                   "\xf4\x8f\xbf\xbf"};
  for (const std::string_view text : good) EXPECT_EQ(legal_bytes(text), text.size());
  const std::string_view bad[] = {std::string_view("\0", 1),
                                  "\x01",
                                  "\x1f",
                                  "\x80",
                                  "\xc1\xbf",
                                  "\xc2",
                                  "\xe0\x9f\xbf",
                                  "\xed\xa0\x80",
                                  "\xef\xbf\xbe",
                                  "\xef\xbf\xbf",
                                  "\xf0\x8f\xbf\xbf",
                                  "\xf4\x90\x80\x80",
                                  "\xf5\x80\x80\x80",
                                  "\xff"};
  for (const std::string_view text : bad) {
    EXPECT_EQ(legal_bytes("abc" + std::string(text) + "abc"), 3U);
  }
  EXPECT_EQ(character_count("aéص𐐷"), 4U);
}

}  // namespace
}  // namespace wasl::iso20022
