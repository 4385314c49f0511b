// What Places refuses before anything is read or written.

#include "cli/places.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

// Two switches that share the named directories and nothing else.
class SharedPlaces : public testing::Test {
 protected:
  ops::Config config(const std::string& name) {
    ops::Config config = ops::default_config();
    config.data_directory = directory_.path() + "/" + name + "/data";
    config.journal_directory = directory_.path() + "/" + name + "/journal";
    config.head_directory = directory_.path() + "/" + name + "/head";
    config.mirror_directory = directory_.path() + "/" + name + "/mirror";
    return config;
  }
  void expect_refused(const ops::Config& first, const ops::Config& second) {
    ASSERT_TRUE(make_directories(first));
    ASSERT_TRUE(make_directories(second));
    const auto held = Places::open(first);
    ASSERT_TRUE(held) << core::describe(held.error());
    const auto refused = Places::open(second);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::Errc::kExists);
  }

  test::TemporaryDirectory directory_;
};

TEST_F(SharedPlaces, AreRefusedByTheDataDirectory) {
  ops::Config second = config("b");
  second.data_directory = config("a").data_directory;
  expect_refused(config("a"), second);
}

TEST_F(SharedPlaces, AreRefusedByTheJournal) {
  ops::Config second = config("b");
  second.journal_directory = config("a").journal_directory;
  expect_refused(config("a"), second);
}

TEST_F(SharedPlaces, AreRefusedByTheHead) {
  ops::Config second = config("b");
  second.head_directory = config("a").head_directory;
  expect_refused(config("a"), second);
}

TEST_F(SharedPlaces, AreRefusedByTheMirror) {
  ops::Config second = config("b");
  second.mirror_directory = config("a").mirror_directory;
  expect_refused(config("a"), second);
}

TEST_F(SharedPlaces, MayBeOneDirectoryOfOneSwitch) {
  ops::Config one = config("a");
  one.head_directory.clear();
  one.journal_directory = one.data_directory + "/../data";
  ASSERT_TRUE(make_directories(one));
  const auto opened = Places::open(one);
  EXPECT_TRUE(opened) << core::describe(opened.error());
}

TEST_F(SharedPlaces, AreRefusedWhereTheMirrorIsTheJournalItself) {
  ops::Config one = config("a");
  for (const char* name : {"/a/journal", "/a/./mirror/../journal/"}) {
    ASSERT_TRUE(make_directories(one));
    one.mirror_directory = directory_.path() + name;
    const auto refused = Places::open(one);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, core::Errc::kConfiguration);
    EXPECT_TRUE(refused.error().context.starts_with("data.mirror is ")) << refused.error().context;
    one.mirror_directory = config("a").mirror_directory;
  }
  one.mirror_directory = one.head_directory;
  EXPECT_TRUE(Places::open(one));
}

class PlacesOfASwitch : public testing::Test {
 protected:
  void SetUp() override {
    ops::resolve_paths(config_, root_.path());
    ASSERT_TRUE(make_directories(config_));
  }

  test::TemporaryDirectory root_;
  ops::Config config_ = ops::default_config();
};

TEST_F(PlacesOfASwitch, NeedAQuarterOfTheReserve) {
  config_.disk_reserve_bytes = 4;
  const auto roomy = Places::open(config_);
  ASSERT_TRUE(roomy);
  EXPECT_TRUE(roomy->require_room(config_));
  config_.disk_reserve_bytes = std::numeric_limits<std::uint64_t>::max();
  const auto full = roomy->require_room(config_);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, core::Errc::kLimit);
  EXPECT_TRUE(full.error().context.starts_with(config_.data_directory));
}

TEST_F(PlacesOfASwitch, NameADirectoryThatIsNotThere) {
  for (const std::string& gone : {config_.data_directory, config_.journal_directory}) {
    std::filesystem::remove_all(gone);
    const auto refused = Places::open(config_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::Errc::kNotFound);
    EXPECT_TRUE(refused.error().context.starts_with(gone + ": the directory is not there"));
    ASSERT_TRUE(make_directories(config_));
  }
}

}  // namespace
}  // namespace wasl::cli
