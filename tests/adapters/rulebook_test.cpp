#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "rulebook/reader.hpp"
#include "support/source_directory.hpp"
#include "support/world.hpp"

namespace wasl::rulebook {
namespace {

using core::Errc;
using core::Parameters;
using core::Result;
using core::Rulebook;
using test::day;
using test::dzd;

std::string file(const std::string& name) {
  std::ifstream in(test::source_directory() + "/config/rulebooks/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The file with the first occurrence of `what` replaced.
std::string with(const std::string& what, const std::string& instead) {
  std::string text = file("dz-cnas.toml");
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

std::string problem(const std::string& text) {
  const Result<Rulebook> read = read_rulebook(text);
  if (read) return "no problem";
  EXPECT_EQ(read.error().code, Errc::kMalformed);
  return read.error().context;
}

TEST(RulebookReader, ReadsTheRulebookOfTheWorkedClaims) {
  const Result<Rulebook> read = read_rulebook(file("dz-cnas.toml"));
  ASSERT_TRUE(read) << read.error().context;
  Rulebook expected = test::dz_cnas();
  expected.hash = read->hash;
  EXPECT_EQ(*read, expected);
}

TEST(RulebookReader, HashesTheWholeText) {
  const Result<Rulebook> one = read_rulebook(file("dz-cnas.toml"));
  const Result<Rulebook> other = read_rulebook(file("dz-cnas.toml") + "# A comment.\n");
  ASSERT_TRUE(one && other);
  EXPECT_NE(one->hash, other->hash);
  EXPECT_NE(one->hash, core::Sha256{});
}

TEST(RulebookReader, GivesEachCeilingFromItsDayOn) {
  const Result<Rulebook> read = read_rulebook(file("dz-cnas.toml"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at(day("2011-07-31")).prescription_ceiling, std::nullopt);
  EXPECT_EQ(read->at(day("2011-08-01")).prescription_ceiling, dzd(2000));
  EXPECT_EQ(read->at(day("2013-02-02")).prescription_ceiling, dzd(2000));
  EXPECT_EQ(read->at(day("2013-02-03")).prescription_ceiling, dzd(3000));
  EXPECT_EQ(read->at(day("2024-12-31")).prescription_ceiling, dzd(3000));
  EXPECT_EQ(read->at(day("2025-01-01")).prescription_ceiling, dzd(5000));
}

TEST(RulebookReader, ReadsTheOtherSchemes) {
  const Result<Rulebook> casnos = read_rulebook(file("dz-casnos.toml"));
  ASSERT_TRUE(casnos) << casnos.error().context;
  EXPECT_EQ(casnos->periods, test::dz_cnas().periods);
  EXPECT_EQ(casnos->scheme.view(), "DZ-CASNOS");
  const Result<Rulebook> amo = read_rulebook(file("ma-amo.toml"));
  ASSERT_TRUE(amo) << amo.error().context;
  EXPECT_EQ(amo->currency, "MAD");
  EXPECT_EQ(amo->periods.size(), 1U);
  EXPECT_EQ(amo->periods[0].prescriptions_per_quarter, std::nullopt);
  EXPECT_EQ(amo->periods[0].prescription_ceiling, std::nullopt);
  EXPECT_EQ(amo->periods[0].long_term_rate.value, 7'000);
}

TEST(RulebookReader, NamesTheNearestKeyOfATypo) {
  EXPECT_EQ(
      problem(with("card_update_months = 12", "card_update_months = 12\nrefil_days_left_max = 7")),
      "55:1: unknown key `refil_days_left_max`, did you mean `refill_days_left_max`?");
  EXPECT_EQ(problem(with("format = 1", "colour = 1\nformat = 1")), "10:1: unknown key `colour`");
}

TEST(RulebookReader, SaysWhichKeyIsMissing) {
  EXPECT_EQ(problem(with("refund_months_max = 3", "")),
            "18:1: missing key `refund_months_max`, expected a whole number from 0 to 6");
  EXPECT_EQ(problem(with("scheme = \"DZ-CNAS\"", "")),
            "1:1: missing key `scheme`, expected a text of 1 to 12 printable ASCII characters");
}

TEST(RulebookReader, SaysWhatWasExpectedOfAWrongValue) {
  const std::pair<std::string, std::string> kWrong[] = {
      {"format = 1 ", "format = 2 "},
      {"\"DZ-CNAS\"", "\"DZ CNAS\""},
      {"\"DZD\"", "\"dzd\""},
      {"utc_offset_minutes = 60", "utc_offset_minutes = 841"},
      {"from = 1900-01-01", "from = 1900-01-02"},
      {"from = 1900-01-01", "from = \"1900-01-01\""},
      {"from = 2013-02-03", "from = 2011-08-01"},
      {"prescriber_checked = false", "prescriber_checked = 0"},
      {"\"long_term_beneficiary\"\n#", "\"everybody\"\n#"},
      {"prescriptions_per_quarter = 2", "prescriptions_per_quarter = 0"},
      {"prescriptions_per_quarter = 2", "prescriptions_per_quarter = \"two\""},
      {"service_date_ahead_minutes = 5", "service_date_ahead_minutes = 5.0"},
      {"atc_window = 64", "atc_window = 65"},
      {"= 500_000", "= -1"},
  };
  for (const auto& [right, wrong] : kWrong) {
    const std::string text = problem(with(right, wrong));
    EXPECT_NE(text.find("wrong value of `"), std::string::npos) << wrong << ": " << text;
    EXPECT_NE(text.find("expected "), std::string::npos) << wrong << ": " << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  }
}

TEST(RulebookReader, AdmitsEachNumberAtItsBounds) {
  EXPECT_EQ(problem(with("atc_window = 64", "atc_window = 0")), "no problem");
  EXPECT_EQ(problem(with("exempt_rate_basis_points = 10_000", "exempt_rate_basis_points = 0")),
            "no problem");
  EXPECT_NE(problem(with("exempt_rate_basis_points = 10_000", "exempt_rate_basis_points = 10_001")),
            "no problem");
}

// Claims on a prescription reach back as far as the history does, and no further.
TEST(RulebookReader, RefusesPeriodsThatReachBehindTheHistory) {
  EXPECT_EQ(problem(with("prescription_days_max = 90", "prescription_days_max = 90")),
            "no problem");
  const std::string text =
      problem(with("prescription_days_max = 90", "prescription_days_max = 91"));
  EXPECT_NE(text.find("older than the history kept"), std::string::npos) << text;
}

TEST(RulebookReader, ReportsEveryProblemAndCountsWhatItDoesNotShow) {
  std::string many;
  for (int i = 0; i < 25; ++i) many += "zzzzzzzz" + std::to_string(i) + " = 1\n";
  const std::string text = problem(many + file("dz-cnas.toml"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 20);
  EXPECT_TRUE(text.ends_with("\nand 5 more")) << text;
}

TEST(RulebookReader, PointsAtASyntaxError) {
  const std::string text = problem(with("refund_months_max = 3", "refund_months_max 3"));
  EXPECT_TRUE(text.starts_with("27:")) << text;
}

TEST(RulebookReader, RefusesTruncatedAndOversizedText) {
  const std::string whole = file("dz-cnas.toml");
  for (std::size_t size = 0; size < whole.find("card_update_months"); size += 7) {
    EXPECT_FALSE(read_rulebook(whole.substr(0, size))) << size;
  }
  const std::string filler(core::kRulebookBytesMax - whole.size() - 1, '#');
  EXPECT_TRUE(read_rulebook(whole + '\n' + filler));
  const Result<Rulebook> above = read_rulebook(whole + "\n#" + filler);
  ASSERT_FALSE(above);
  EXPECT_EQ(above.error().code, Errc::kLimit);
}

TEST(RulebookReader, RefusesBytesThatAreNoText) {
  EXPECT_FALSE(read_rulebook("\xff\xfe"));
  EXPECT_FALSE(read_rulebook(std::string_view("\0", 1)));
}

}  // namespace
}  // namespace wasl::rulebook
