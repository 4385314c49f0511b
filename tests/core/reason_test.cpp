#include "core/reason.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "core/review_reason.hpp"
#include "support/page_table.hpp"

namespace wasl::core {
namespace {

using test::Cells;

std::vector<Cells> documented() {
  std::vector<Cells> rows;
  for (Cells row : test::table_rows("decline_reasons.md")) {
    const bool heading =
        row.size() < 5 || row[0] == "---" || row[0] == "check" || row[0] == "number";
    if (!heading) rows.push_back(std::move(row));
  }
  return rows;
}

// What a row of the page must be, from the name on.
Cells expected(const ReasonEntry& each) {
  return {std::to_string(static_cast<int>(each.reason)),
          std::string(each.name),
          std::string(entry(each.remedy).name),
          std::string(each.meaning.arabic),
          std::string(each.meaning.french),
          std::string(each.meaning.english)};
}

TEST(DeclineReasons, ArePrintedAsTheTableHasThem) {
  std::map<std::string, Cells> by_name;
  for (Cells row : documented()) {
    if (row.size() == 5) continue;                // A remedy.
    if (row.size() == 7) row.erase(row.begin());  // With its check.
    by_name.emplace(row.at(1), row);
  }
  for (const ReasonEntry& each : reasons()) {
    if (each.reason == Reason::kNone) continue;
    EXPECT_EQ(by_name[std::string(each.name)], expected(each)) << each.name;
  }
  EXPECT_EQ(by_name.size(), reasons().size() - 1);
}

TEST(DeclineReasons, ArePrintedInTheOrderOfTheirChecks) {
  int last = 1;
  std::set<int> checks;
  for (const Cells& row : documented()) {
    if (row.size() != 7 || row[1] == "23") continue;  // NO_PAYABLE_LINE is no check.
    const int check = std::stoi(row[0]);
    EXPECT_GE(check, last) << row[2];
    last = check;
    checks.insert(check);
  }
  EXPECT_EQ(checks.size(), 23U);
}

TEST(DeclineReasons, RemediesArePrintedAsTheTableHasThem) {
  std::vector<Cells> rows = documented();
  std::erase_if(rows, [](const Cells& row) { return row.size() != 5; });
  ASSERT_EQ(rows.size(), remedies().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RemedyEntry& each = remedies()[i];
    const Cells row = {std::to_string(static_cast<int>(each.remedy)), std::string(each.name),
                       std::string(each.advice.arabic), std::string(each.advice.french),
                       std::string(each.advice.english)};
    EXPECT_EQ(rows[i], row);
  }
}

TEST(ReviewReasons, ArePrintedAsTheTableHasThem) {
  std::vector<Cells> rows = test::table_rows("settlement.md");
  std::erase_if(rows, [](const Cells& row) {
    return row.size() != 5 || row[0] == "number" || row[0] == "---";
  });
  ASSERT_EQ(rows.size(), review_reasons().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ReviewReasonEntry& each = review_reasons()[i];
    const Cells row = {std::to_string(static_cast<int>(each.reason)), std::string(each.name),
                       std::string(each.meaning.arabic), std::string(each.meaning.french),
                       std::string(each.meaning.english)};
    EXPECT_EQ(rows[i], row);
    EXPECT_EQ(review_reason_named(each.name), each.reason);
  }
}

TEST(Reasons, HaveUniqueNumbersAndNamesAndThreeTexts) {
  std::set<std::string_view> names;
  int last = -1;
  for (const ReasonEntry& each : reasons()) {
    EXPECT_GT(static_cast<int>(each.reason), last) << each.name;
    last = static_cast<int>(each.reason);
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    for (const Language language : {Language::kArabic, Language::kFrench, Language::kEnglish}) {
      EXPECT_FALSE(each.meaning.in(language).empty()) << each.name;
    }
    EXPECT_EQ(reason_named(each.name), each.reason);
    EXPECT_EQ(reason_numbered(static_cast<std::uint8_t>(each.reason)), each.reason);
    EXPECT_EQ(&entry(each.reason), &each);
  }
  EXPECT_EQ(reason_named("NO_SUCH"), std::nullopt);
  EXPECT_EQ(reason_numbered(39), std::nullopt);
  EXPECT_EQ(reason_numbered(255), std::nullopt);
}

TEST(Reasons, SendAPersonOverTheLimitsToTheCounter) {
  EXPECT_EQ(entry(Reason::kPrescriptionCountExceeded).remedy, Remedy::kPayAndFileAtCounter);
  EXPECT_EQ(entry(Reason::kPrescriptionCeilingExceeded).remedy, Remedy::kPayAndFileAtCounter);
  EXPECT_EQ(entry(Reason::kRefillTooSoon).remedy, Remedy::kComeBackOn);
}

}  // namespace
}  // namespace wasl::core
