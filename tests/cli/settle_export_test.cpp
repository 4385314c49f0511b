// How bank files come into a directory, and what is said of them.

#include "cli/settle_export.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "cli/bank_view.hpp"
#include "cli/exported_run.hpp"
#include "support/seed.hpp"
#include "support/simulated_disk.hpp"

namespace wasl::cli {
namespace {

using Written = std::vector<bool>;
using test::SimulatedDisk;

std::vector<core::BankFile> three_files() { return test::files_of(7, 5, 2); }

std::string text_of(SimulatedDisk& disk, const std::string& name) {
  const std::vector<std::uint8_t> bytes = disk.contents("out", name);
  return {bytes.begin(), bytes.end()};
}

TEST(WrittenFiles, AreThereAndAgainAreTheSame) {
  SimulatedDisk disk(1);
  const auto directory = disk.directory("out");
  const auto files = three_files();
  EXPECT_EQ(write_files(*directory, files), (Written{true, true, true}));
  EXPECT_EQ(disk.names("out"),
            (std::vector<std::string>{"CNAS-7-F1.xml", "CNAS-7-F2.xml", "CNAS-7-F3.xml"}));
  EXPECT_EQ(text_of(disk, "CNAS-7-F2.xml"), files[1].bytes);
  EXPECT_EQ(write_files(*directory, files), (Written{false, false, false}));
  disk.erase("out", "CNAS-7-F2.xml");
  EXPECT_EQ(write_files(*directory, files), (Written{false, true, false}));
}

TEST(WrittenFiles, AreNotWrittenOverOtherBytes) {
  const auto files = three_files();
  for (const char* other : {"", "<Document/>"}) {
    SimulatedDisk disk(1);
    const auto directory = disk.directory("out");
    const std::string bytes = *other != 0 ? files[2].bytes + other : "";
    disk.replace("out", "CNAS-7-F3.xml", {bytes.begin(), bytes.end()});
    const auto written = write_files(*directory, files);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, core::Errc::kExists);
    EXPECT_TRUE(written.error().context.starts_with("out/CNAS-7-F3.xml: holds other bytes"));
    EXPECT_EQ(disk.names("out"), std::vector<std::string>{"CNAS-7-F3.xml"});
    EXPECT_EQ(text_of(disk, "CNAS-7-F3.xml"), bytes);
  }
}

// Whenever the power goes, what lies there under a file's name is that file, and the next export
// completes them.
TEST(WrittenFiles, AreWholeAtAnyPowerCut) {
  const std::uint64_t seed = test::seed_of_run(20'260'325);
  const auto files = three_files();
  for (std::uint64_t step = 1;; ++step) {
    SimulatedDisk disk(seed + step);
    disk.cut_at(step, test::Moment::kDuring);
    const bool done = write_files(*disk.directory("out"), files).has_value();
    if (disk.power_is_on()) {
      EXPECT_TRUE(done);
      EXPECT_GT(step, 9U);  // Creation, write, sync of each at the least.
      return;
    }
    disk.restart();
    for (const core::BankFile& file : files) {
      const auto names = disk.names("out");
      if (std::ranges::find(names, file.name) == names.end()) continue;
      EXPECT_EQ(text_of(disk, file.name), file.bytes) << step;
    }
    EXPECT_TRUE(write_files(*disk.directory("out"), files)) << step;
    for (const core::BankFile& file : files) EXPECT_EQ(text_of(disk, file.name), file.bytes);
  }
}

TEST(WrittenFiles, ThatHaveNoRoomAreNotThere) {
  SimulatedDisk disk(1);
  disk.fail_at(2, test::Fault::kNoSpace);
  EXPECT_FALSE(write_files(*disk.directory("out"), three_files()));
  for (const std::string& name : disk.names("out")) EXPECT_FALSE(name.ends_with(".xml")) << name;
}

Exported exported_before() {
  return {.run = test::exported_run(7, 5, 2),
          .was_before = true,
          .files = three_files(),
          .written = {true, false, true}};
}

TEST(ExportView, SaysWhoExportedWhenAndWhatLiesThere) {
  Exported what = exported_before();
  std::string text = exported(what, Format::kText);
  for (const char* part :
       {"settlement run 7, value date 2026-03-25: 5 payouts, 500.15\n",
        "was exported before, by 007 at 2026-03-20T09:46:40.123Z, at most 2 in a file\n",
        "CNAS-7-F1.xml: 2 payouts, 200.03, written\n",
        "CNAS-7-F2.xml: 2 payouts, 200.07, the same file is there\n",
        "CNAS-7-F3.xml: 1 payout, 100.05, written\n", "  SHA-256 "}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "in:\n" << text;
  }
  what.was_before = false;
  text = exported(what, Format::kText);
  EXPECT_NE(text.find("exported by 007 at "), std::string::npos);
}

TEST(ExportView, TellsMachinesTheSame) {
  const Exported what = exported_before();
  const auto json = boost::json::parse(exported(what, Format::kJson));
  EXPECT_EQ(json.at("run"), 7);
  EXPECT_EQ(json.at("exported_before"), true);
  EXPECT_EQ(json.at("files").at(1).at("name"), "CNAS-7-F2.xml");
  EXPECT_EQ(json.at("files").at(1).at("written"), false);
  EXPECT_EQ(json.at("files").at(1).at("total_cents"), 20'007);
  const std::string csv = exported(what, Format::kCsv);
  EXPECT_TRUE(csv.starts_with("file,payouts,total_cents,sha256,written\nCNAS-7-F1.xml,2,20003,"));
  EXPECT_TRUE(csv.ends_with(",1\n"));
}

}  // namespace
}  // namespace wasl::cli
