#include "core/calendar.hpp"

#include <gtest/gtest.h>

#include "core/money.hpp"
#include "core/reference.hpp"
#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::code;
using test::day;
using test::dzd;

TEST(Calendar, MonthsEndOnTheirLastDayWhereTheDayIsMissing) {
  const std::tuple<const char*, int, const char*> kCases[] = {
      {"2026-01-15", 1, "2026-02-15"},  {"2026-01-31", 1, "2026-02-28"},
      {"2024-01-31", 1, "2024-02-29"},  {"2025-11-30", 3, "2026-02-28"},
      {"2026-03-31", -1, "2026-02-28"}, {"2026-12-31", 12, "2027-12-31"},
      {"2024-02-29", 12, "2025-02-28"}};
  for (const auto& [from, months, expected] : kCases) {
    EXPECT_EQ(to_text(months_after(day(from), months)), expected) << from;
  }
}

TEST(Calendar, QuartersBeginOnTheirFirstDay) {
  EXPECT_EQ(quarter_of(day("2026-03-31")) + 1, quarter_of(day("2026-04-01")));
  EXPECT_EQ(quarter_of(day("2025-12-31")) + 1, quarter_of(day("2026-01-01")));
  EXPECT_EQ(quarter_of(day("2026-01-01")), 2026 * 4);
  for (const char* first : {"2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"}) {
    EXPECT_EQ(to_text(first_day_of_quarter(quarter_of(day(first)))), first);
  }
}

TEST(Calendar, YearsAreCompletedOnTheBirthday) {
  EXPECT_EQ(completed_years(day("1961-03-10"), day("2026-03-09")), 64);
  EXPECT_EQ(completed_years(day("1961-03-10"), day("2026-03-10")), 65);
  EXPECT_EQ(completed_years(day("2024-02-29"), day("2025-02-28")), 0);
  EXPECT_EQ(completed_years(day("2024-02-29"), day("2025-03-01")), 1);
  EXPECT_EQ(completed_years(day("2026-03-11"), day("2026-03-10")), -1);
}

TEST(Calendar, TheDayIsThatOfTheOffset) {
  using namespace std::chrono;
  const Instant late = day("2026-03-10") + hours{23};
  EXPECT_EQ(day_of(late - milliseconds{1}, minutes{60}), day("2026-03-10"));
  EXPECT_EQ(day_of(late, minutes{60}), day("2026-03-11"));
  EXPECT_EQ(day_of(late, minutes{0}), day("2026-03-10"));
  EXPECT_EQ(day_of(Instant{milliseconds{-1}}, minutes{0}), day("1969-12-31"));
}

TEST(Calendar, ReadsOnlyRealDaysWrittenInFull) {
  for (const char* good : {"1900-01-01", "2199-12-31", "2024-02-29"}) {
    EXPECT_EQ(to_text(day(good)), good);
  }
  for (const char* bad :
       {"", "2026-3-10", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "1899-12-31",
        "2200-01-01", "2026-03-1 ", "2026/03/10", "+026-03-10", "2026-03-100", "-026-03-10"}) {
    EXPECT_EQ(parse_day(bad), std::nullopt) << bad;
  }
}

TEST(Calendar, PrintsAnInstantInUtc) {
  using namespace std::chrono;
  EXPECT_EQ(to_text(Instant{day("2026-03-10") + hours{8} + minutes{30} + milliseconds{123}}),
            "2026-03-10T08:30:00.123Z");
  EXPECT_EQ(to_text(Instant{milliseconds{-1}}), "1969-12-31T23:59:59.999Z");
}

TEST(Money, IsPrintedWithTwoDecimals) {
  EXPECT_EQ(to_text(Cents{0}), "0.00");
  EXPECT_EQ(to_text(Cents{5}), "0.05");
  EXPECT_EQ(to_text(dzd(1200)), "1200.00");
  EXPECT_EQ(to_text(Cents{-5}), "-0.05");
  EXPECT_EQ(to_text(Cents{INT64_MIN}), "-92233720368547758.08");
}

TEST(Money, SharesRoundHalfUp) {
  EXPECT_EQ(share(Cents{63}, BasisPoints{8'000}), Cents{50});  // 50.4
  EXPECT_EQ(share(Cents{1}, BasisPoints{5'000}), Cents{1});    // 0.5
  EXPECT_EQ(share(Cents{1}, BasisPoints{4'999}), Cents{0});
  EXPECT_EQ(share(dzd(100), kWhole), dzd(100));
  EXPECT_EQ(share(Cents{9'999 * 10'000'000'000LL}, kWhole), Cents{9'999 * 10'000'000'000LL});
}

TEST(Reference, TheNewestEntryThatHoldsTheDayWins) {
  Reference reference;
  Product old = test::product("A", dzd(1));
  Product newer = test::product("A", dzd(2));
  newer.in_force = {day("2026-02-01"), day("2026-02-28")};
  reference.put(newer);
  reference.put(old);
  const auto price = [&](const char* on) {
    return reference.product(old.catalogue, old.code, day(on))->public_price;
  };
  EXPECT_EQ(price("2026-01-31"), dzd(1));
  EXPECT_EQ(price("2026-02-01"), dzd(2));
  EXPECT_EQ(price("2026-02-28"), dzd(2));
  EXPECT_EQ(price("2026-03-01"), dzd(1));
  newer.public_price = dzd(3);
  reference.put(newer);
  EXPECT_EQ(price("2026-02-01"), dzd(3));
  EXPECT_EQ(reference.product(old.catalogue, code<ProductCode>("B"), day("2026-02-01")), nullptr);
  EXPECT_EQ(reference.product(code<CatalogueCode>("MA"), old.code, day("2026-02-01")), nullptr);
}

TEST(Reference, FindsTheRulebookOfAFundByItsScheme) {
  Reference reference;
  reference.put(test::dz_cnas());
  EXPECT_EQ(reference.rulebook_of(code<FundCode>("CNAS")), nullptr);
  reference.put(Fund{code<FundCode>("CNAS"), code<SchemeCode>("NONE"), "", 1});
  EXPECT_EQ(reference.rulebook_of(code<FundCode>("CNAS")), nullptr);
  reference.put(Fund{code<FundCode>("CNAS"), code<SchemeCode>("DZ-CNAS"), "", 2});
  EXPECT_NE(reference.rulebook_of(code<FundCode>("CNAS")), nullptr);
}

}  // namespace
}  // namespace wasl::core
