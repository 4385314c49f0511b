#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/csv_support.hpp"
#include "cli/import_cards.hpp"
#include "cli/imported_switch.hpp"
#include "core/codec.hpp"
#include "csv/formats.hpp"
#include "journal/reader.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;

// The journal has the import, the store has not: as after a crash between the two.
class UnappliedImport : public testing::Test {
 protected:
  void SetUp() override {
    const std::string rocks = network_.at("/data/rocks");
    fs::copy(rocks, network_.at("/before"), fs::copy_options::recursive);
    ASSERT_TRUE(network_.import(test::small_network())) << network_.faults.text();
    expected_ = network_.account();
    ASSERT_TRUE(expected_);
    fs::remove_all(rocks);
    fs::rename(network_.at("/before"), rocks);
    ASSERT_EQ(network_.applied(), 0U);
  }
  [[nodiscard]] std::string kept_cards() const {
    for (const auto& entry : fs::directory_iterator(network_.kept())) {
      std::ifstream file(entry.path());
      std::string line;
      std::getline(file, line);
      if (line.starts_with("insured,card,")) return entry.path().string();
    }
    ADD_FAILURE() << "cards.csv was not kept";
    return {};
  }

  ImportedSwitch network_;
  std::optional<core::Account> expected_;
};

TEST_F(UnappliedImport, IsCarriedOutAgainFromTheKeptFiles) {
  {
    const auto up = store::bring_up(network_.places());
    ASSERT_TRUE(up) << core::describe(up.error());
    EXPECT_EQ(up->replayed, 1U);
    EXPECT_NE(up->reference.fund(code<core::FundCode>("CNAS")), nullptr);
  }
  EXPECT_TRUE(network_.account() == expected_);
  EXPECT_EQ(network_.applied(), 1U);
  EXPECT_EQ(differences(network_.verified()), "");
}

TEST_F(UnappliedImport, IsRefusedWhenAKeptFileWasChanged) {
  std::ofstream(kept_cards(), std::ios::app) << "\n";
  const auto up = store::bring_up(network_.places());
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, Errc::kCorrupt);
  EXPECT_NE(up.error().context.find("put it back from a backup"), std::string::npos);
  EXPECT_EQ(network_.applied(), 0U);
}

TEST_F(UnappliedImport, IsRefusedWhenAKeptFileIsGone) {
  fs::remove(kept_cards());
  const auto up = store::bring_up(network_.places());
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, Errc::kCorrupt);
}

TEST_F(UnappliedImport, IsRefusedByAToolThatCannotCarryItOut) {
  store::StorePlaces places = network_.places();
  places.run_import = {};
  const auto up = store::bring_up(places);
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, Errc::kUnsupported);
}

TEST_F(UnappliedImport, IsADifferenceWithoutItsFiles) {
  ASSERT_TRUE(store::bring_up(network_.places()));
  fs::remove(kept_cards());
  const store::Verified verified = network_.verified();
  EXPECT_GT(verified.differences.total(), 0U) << "a kept file that is gone is a difference";
}

TEST(ImportRecord, NamesItsFiles) {
  ImportedSwitch network;
  const auto report = network.import(test::small_network());
  ASSERT_TRUE(report);
  const auto directory = journal::open_directory(network.at("/journal"));
  auto reader = journal::Reader::open(**directory, journal::genesis(core::DataId{7}));
  ASSERT_TRUE(reader);
  const auto group = reader->next();
  ASSERT_TRUE(group && group->has_value());
  const auto record = core::decode_record((*group)->records.front().payload);
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->command.from.id.empty());
  const auto& import = std::get<core::Import>(record->command.request);
  EXPECT_EQ(import.files.size(), csv::kFormats.size() + 1);
  EXPECT_TRUE(import.files == report->files);
  for (const core::ImportedFile& file : import.files) {
    EXPECT_TRUE(fs::exists(network.kept() + "/" + kept_name(file.sha256))) << file.name;
    EXPECT_EQ(file.rows, file.name.ends_with(".csv") ? 1U : 0U) << file.name;
  }
}

TEST(CardSorter, MergesRunsInTheOrderOfKeys) {
  for (const std::size_t run : {2U, 3U, 100U}) {
    const test::TemporaryDirectory directory;
    CardSorter sorter(directory.path(), run);
    const std::vector<std::string> numbers{"9", "10", "100", "11", "2", "10", "1"};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      ASSERT_TRUE(sorter.add({.card = code<core::CardNumber>(numbers[i]),
                              .insured = code<core::InsuredNumber>("1"),
                              .line = i,
                              .newer = true}));
    }
    ASSERT_TRUE(sorter.sort());
    std::string order;
    CardEntry entry;
    while (*sorter.next(entry)) {
      order += std::string{entry.card.view()} + ':' + std::to_string(entry.line) + ' ';
    }
    EXPECT_EQ(order, "1:6 2:4 9:0 10:1 10:5 11:3 100:2 ") << "runs of " << run;
  }
}

}  // namespace
}  // namespace wasl::cli
