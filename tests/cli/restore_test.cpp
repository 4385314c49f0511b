// `wasl restore` as it is typed: from a backup of a switch that the real engine filled, and RocksDB
// alone from the journal.

#include "cli/restore.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/journaled_switch.hpp"
#include "cli/places.hpp"
#include "journal/segment.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using test::Typed;

class Restore : public ::testing::Test {
 protected:
  // The import is record 1.
  void SetUp() override {
    const core::Command first = switch_.claim(2, "RX-1");
    commands_ = {first, switch_.reversal(first), switch_.claim(3, "RX-2")};
    replies_ = switch_.run(commands_);
    backup_ = home_ + "/../backup";
    to_ = home_ + "/../restored";
    const Typed typed = switch_.look({"backup", "--to", backup_});
    ASSERT_EQ(typed.exit_code, 0) << typed.err;
  }
  [[nodiscard]] Typed restore() const {
    return test::JournaledSwitch::type({"restore", to_, "--from", backup_});
  }
  // With these words, and `wasl serve` would find nothing.
  void expect_refused(const std::string& words) const {
    const Typed typed = restore();
    EXPECT_EQ(typed.exit_code, 1) << typed.out;
    EXPECT_NE(typed.err.find(words), std::string::npos) << typed.err;
    EXPECT_FALSE(fs::exists(to_ + "/wasl.toml"));
    EXPECT_FALSE(fs::exists(to_ + "/journal/head"));
  }
  [[nodiscard]] int verify(const std::string& directory) const {
    const Typed typed = test::JournaledSwitch::type({"verify", directory});
    EXPECT_EQ(typed.exit_code, 0) << typed.out << typed.err;
    return typed.exit_code;
  }
  static void damage(const std::string& path, std::streamoff offset) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    ASSERT_TRUE(file) << path;
    file.seekg(offset);
    const int byte = file.get();
    file.seekp(offset);
    file.put(static_cast<char>(byte ^ 1));
  }

  test::JournaledSwitch switch_;
  const std::string home_ = switch_.directory();
  std::vector<core::Command> commands_;
  std::vector<core::Reply> replies_;
  std::string backup_;
  std::string to_;
};

TEST_F(Restore, GivesASwitchThatVerifyAcceptsAndThatGivesTheSameAnswersAgain) {
  const Typed typed = restore();
  ASSERT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_EQ(verify(to_), 0);
  const core::DataId id = switch_.data_id();
  switch_.go_on_in(to_);
  EXPECT_EQ(switch_.data_id(), id);
  const std::vector<core::Reply> again = switch_.run(commands_);
  ASSERT_EQ(again.size(), replies_.size());
  for (std::size_t i = 0; i < again.size(); ++i) {
    const auto& given = std::get<core::Answered>(replies_[i]);
    const auto& now = std::get<core::Answered>(again[i]);
    EXPECT_TRUE(now.repeat);
    EXPECT_EQ(now.body, given.body);
    EXPECT_EQ(now.sequence, given.sequence);
    EXPECT_EQ(now.receipt, given.receipt);
  }
  const auto next = switch_.run({switch_.claim(1, "RX-3")});
  EXPECT_EQ(std::get<core::Answered>(next.front()).sequence, 5U);
  EXPECT_EQ(verify(to_), 0);
}

TEST_F(Restore, SaysLoudlyWhatIsNotInIt) {
  const Typed typed = restore();
  for (const char* words :
       {"up to record 4", "ANSWERS GIVEN AFTER THAT RECORD ARE NOT IN IT",
        "Never start the old switch again", "no backup holds it: ", "/pki/server.key", "/keys/"}) {
    EXPECT_NE(typed.out.find(words), std::string::npos) << words << " in " << typed.out;
  }
}

TEST_F(Restore, PutsHeadAndMirrorWhereTheConfigurationSays) {
  fs::create_directories(to_);
  ops::Config config = ops::default_config();
  config.head_directory = "elsewhere";
  config.mirror_directory = "mirror";
  std::ofstream(to_ + "/wasl.toml") << ops::config_text(config);
  const Typed typed = restore();
  ASSERT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_TRUE(fs::exists(to_ + "/elsewhere/head"));
  EXPECT_TRUE(fs::exists(to_ + "/mirror/0000000001.seg"));
  switch_.go_on_in(to_);
  EXPECT_TRUE(std::get<core::Answered>(switch_.run({commands_.front()}).front()).repeat);
  EXPECT_EQ(verify(to_), 0);
}

TEST_F(Restore, ClosesDirectoriesToOthersThatWereThereAndEmpty) {
  fs::create_directories(to_ + "/data");
  fs::permissions(to_ + "/data", fs::perms::owner_all | fs::perms::others_read);
  ASSERT_EQ(restore().exit_code, 0);
  EXPECT_EQ(fs::status(to_ + "/data").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(to_ + "/journal").permissions(), fs::perms::owner_all);
}

TEST_F(Restore, RefusesPlacesThatHoldASwitch) {
  const fs::perms open_to_a_group = fs::perms::owner_all | fs::perms::group_read;
  fs::permissions(home_ + "/journal", open_to_a_group);
  const auto into_itself = test::JournaledSwitch::type({"restore", home_, "--from", backup_});
  EXPECT_EQ(into_itself.exit_code, 1);
  EXPECT_NE(into_itself.err.find("a store is there"), std::string::npos) << into_itself.err;
  EXPECT_EQ(fs::status(home_ + "/journal").permissions(), open_to_a_group)
      << "and leaves all as is";
  EXPECT_EQ(verify(home_), 0);
}

TEST_F(Restore, RefusesAJournalOrHeadThatOutlivedItsSwitch) {
  fs::create_directories(to_ + "/journal");
  fs::copy(home_ + "/journal/0000000001.seg", to_ + "/journal/0000000001.seg");
  expect_refused("is newer than any backup of it");
  fs::remove(to_ + "/journal/0000000001.seg");
  std::ofstream(to_ + "/journal/head") << "an old head";
  const Typed typed = restore();
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("journal/head: there is a journal already"), std::string::npos);
  fs::remove_all(to_);
  fs::create_directories(to_ + "/data/imports");
  expect_refused("files of a switch are there");
}

TEST_F(Restore, RefusesADamagedBackupBeforeItWritesAnything) {
  const std::string segment = backup_ + "/journal/0000000001.seg";
  damage(segment, 700);
  expect_refused("0000000001.seg at byte 512: a damaged record");
  damage(segment, 700);
  damage(segment, 1'000'000);  // Among the zeros behind the end.
  expect_refused("0000000001.seg at byte");
  damage(segment, 1'000'000);
  damage(backup_ + "/head", 40);
  expect_refused("no slot of the head is whole");
  damage(backup_ + "/head", 40);
  const fs::path kept = fs::directory_iterator(backup_ + "/imports")->path();
  damage(kept.string(), 3);
  expect_refused(kept.filename().string() + ": is not the file that was imported");
  damage(kept.string(), 3);
  fs::rename(kept, backup_ + "/away");
  expect_refused(kept.filename().string() + ": a file that was imported is gone");
  fs::rename(backup_ + "/away", kept);
  EXPECT_FALSE(fs::exists(to_));
  EXPECT_EQ(restore().exit_code, 0);
}

TEST_F(Restore, SaysWhatItNeeds) {
  const Typed neither = test::JournaledSwitch::type({"restore", to_});
  EXPECT_EQ(neither.exit_code, 1);
  EXPECT_NE(neither.err.find("--from BACKUP, or --rebuild"), std::string::npos);
  EXPECT_NE(test::JournaledSwitch::type({"restore", to_, "--from", backup_, "--rebuild"}).exit_code,
            0);
  const Typed none = test::JournaledSwitch::type({"restore", to_, "--from", home_});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_NE(none.err.find("no backup is here"), std::string::npos) << none.err;
}

class Rebuild : public Restore {
 protected:
  [[nodiscard]] std::string rocks() const { return home_ + "/data/rocks"; }
  // What a start says.
  [[nodiscard]] std::string start() const {
    const auto config = ops::load_config(home_ + "/wasl.toml");
    const auto places = Places::open(*config);
    const auto up = store::bring_up(places->store());
    return up ? "" : core::describe(up.error());
  }
};

TEST_F(Rebuild, IsTheWayOutOfADamagedRocksDbThatAStartNames) {
  for (const auto& entry : fs::directory_iterator(rocks())) {
    if (entry.path().extension() == ".sst") fs::resize_file(entry.path(), 10);
  }
  EXPECT_NE(start().find("`wasl restore --rebuild`"), std::string::npos) << start();
  fs::rename(rocks(), home_ + "/damaged");
  EXPECT_NE(start().find("`wasl restore --rebuild`"), std::string::npos) << start();
  const Typed typed = switch_.look({"restore", "--rebuild"});
  ASSERT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_NE(typed.out.find("from 4 records"), std::string::npos) << typed.out;
  EXPECT_EQ(start(), "");
  EXPECT_EQ(verify(home_), 0);
}

TEST_F(Rebuild, NeverReplacesAStore) {
  const Typed whole = switch_.look({"restore", "--rebuild"});
  EXPECT_EQ(whole.exit_code, 1);
  EXPECT_NE(whole.err.find("move it away first"), std::string::npos) << whole.err;
  fs::remove(rocks() + "/CURRENT");
  EXPECT_EQ(switch_.look({"restore", "--rebuild"}).exit_code, 1);
}

TEST_F(Rebuild, RefusesAJournalThatIsDamagedBeforeItsHead) {
  fs::remove_all(rocks());
  switch_.damage_journal(300);
  const Typed typed = switch_.look({"restore", "--rebuild"});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("0000000001.seg at byte 512: a damaged record"), std::string::npos)
      << typed.err;
}

}  // namespace
}  // namespace wasl::cli
