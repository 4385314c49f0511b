// `wasl backup` as it is typed, on a switch that the real engine filled.

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "cli/init.hpp"
#include "cli/journaled_switch.hpp"
#include "core/hex.hpp"
#include "journal/posix_files.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using test::Typed;

class Backup : public ::testing::Test {
 protected:
  // The import is record 1.
  void SetUp() override {
    const core::Command first = switch_.claim(2, "RX-1");
    replies_ = switch_.run({first, switch_.reversal(first), switch_.claim(3, "RX-2")});
  }
  [[nodiscard]] Typed back_up() const {
    return switch_.look({"backup", "--to", target(), "--json"});
  }
  [[nodiscard]] std::string target() const { return switch_.directory() + "/../backup"; }
  [[nodiscard]] std::string kept() const { return switch_.directory() + "/data/imports"; }
  // Refused, with these words, and nothing of a backup is left.
  void expect_refused(const std::string& words) const {
    const Typed typed = back_up();
    EXPECT_EQ(typed.exit_code, 1) << typed.out;
    EXPECT_NE(typed.err.find(words), std::string::npos) << typed.err;
    EXPECT_FALSE(fs::exists(target()));
    EXPECT_FALSE(fs::exists(target() + ".partial"));
  }

  test::JournaledSwitch switch_;
  std::vector<core::Reply> replies_;
};

TEST_F(Backup, SaysWhereItEndsAndWhatItHolds) {
  const Typed typed = back_up();
  ASSERT_EQ(typed.exit_code, 0) << typed.err;
  const auto told = boost::json::parse(typed.out).as_object();
  EXPECT_EQ(told.at("journal_id").as_string(), core::to_hex(switch_.data_id()));
  EXPECT_EQ(told.at("sequence"), 4);
  EXPECT_EQ(told.at("record_hash").as_string(),
            core::to_hex(std::get<core::Answered>(replies_.back()).receipt));
  EXPECT_EQ(told.at("groups"), 4);
  EXPECT_EQ(told.at("segments"), 1);
  EXPECT_GT(told.at("imported_files").to_number<int>(), 5);
  EXPECT_GT(told.at("bytes").to_number<std::int64_t>(), 64 * 1024 * 1024);
  EXPECT_GE(told.at("seconds").to_number<double>(), 0);
}

TEST_F(Backup, HoldsJournalHeadImportsAndConfigurationAndNothingElse) {
  ASSERT_EQ(back_up().exit_code, 0);
  std::set<std::string> wanted{"wasl.toml", "head", "journal", "journal/0000000001.seg", "imports"};
  for (const auto& entry : fs::directory_iterator(kept())) {
    wanted.insert("imports/" + entry.path().filename().string());
  }
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(target())) {
    found.insert(entry.path().lexically_relative(target()).string());
  }
  EXPECT_EQ(found, wanted);
  EXPECT_EQ(fs::status(target()).permissions(), fs::perms::owner_all);
}

TEST_F(Backup, NeedsNoStoppedSwitch) {
  const auto lock = journal::DirectoryLock::take(switch_.directory() + "/data");
  ASSERT_TRUE(lock);
  EXPECT_EQ(back_up().exit_code, 0);
}

TEST_F(Backup, NeedsNoRocksDb) {
  fs::remove_all(switch_.directory() + "/data/rocks");
  EXPECT_EQ(back_up().exit_code, 0);
}

TEST_F(Backup, RefusesAJournalThatWasPutBackWithItsHeadWhileTheStoreKnowsMore) {
  const std::string journal = switch_.directory() + "/journal";
  const std::string kept = switch_.directory() + "/kept";
  fs::copy(journal, kept);
  switch_.run({switch_.claim(1, "RX-3")});
  const std::string newer = switch_.directory() + "/newer";
  fs::rename(journal, newer);
  fs::copy(kept, journal);
  expect_refused("the store holds record 5, but the journal ends at record 4");
  fs::remove_all(journal);
  fs::rename(newer, journal);
  EXPECT_EQ(back_up().exit_code, 0);
}

TEST_F(Backup, NeverReplacesOneAndNeverTakesAHalfMadeOneOver) {
  ASSERT_EQ(back_up().exit_code, 0);
  const Typed again = back_up();
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.err.find("give each backup a name of its own"), std::string::npos) << again.err;
  EXPECT_TRUE(fs::exists(target() + "/head"));
  fs::rename(target(), target() + ".partial");
  const Typed beside = back_up();
  EXPECT_EQ(beside.exit_code, 1);
  EXPECT_NE(beside.err.find("did not end"), std::string::npos) << beside.err;
  EXPECT_TRUE(fs::exists(target() + ".partial/head"));
}

TEST_F(Backup, RefusesADamagedJournalNamingFileAndByte) {
  switch_.damage_journal(300);
  expect_refused("0000000001.seg at byte 512: a damaged record");
}

TEST_F(Backup, RefusesAChangedOrMissingImport) {
  const fs::path file = fs::directory_iterator(kept())->path();
  const std::string name = file.filename().string();
  std::ofstream(file, std::ios::app) << '\n';
  expect_refused(name + ": is not the file that was imported; put it back from a backup");
  fs::remove(file);
  expect_refused(name + ": a file that was imported is gone; put it back from a backup");
  fs::remove_all(kept());
  expect_refused("files that were imported are gone");
}

TEST_F(Backup, RefusesAJournalWithoutItsHead) {
  fs::remove(switch_.directory() + "/journal/head");
  expect_refused("there is no head");
}

TEST_F(Backup, SaysWhichSwitchAndWhereTo) {
  EXPECT_NE(switch_.look({"backup"}).exit_code, 0);
  EXPECT_EQ(test::JournaledSwitch::type({"backup", "--to", target()}).exit_code, 1);
  const std::string nowhere = switch_.directory() + "/nowhere";
  EXPECT_EQ(test::JournaledSwitch::type({"backup", nowhere, "--to", target()}).exit_code, 1);
}

TEST_F(Backup, OfANewSwitchIsABackupToo) {
  const std::string directory = switch_.directory() + "/../new";
  ASSERT_TRUE(init_switch({.directory = directory,
                           .funds = {"CNAS"},
                           .dns_names = {"localhost"},
                           .now = TimePoint(std::chrono::seconds{1'773'000'000})}));
  const Typed made = test::JournaledSwitch::type({"backup", directory, "--to", target()});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const std::string restored = switch_.directory() + "/../restored";
  ASSERT_EQ(test::JournaledSwitch::type({"restore", restored, "--from", target()}).exit_code, 0);
  EXPECT_EQ(test::JournaledSwitch::type({"verify", restored}).exit_code, 0);
}

}  // namespace
}  // namespace wasl::cli
