#include "support/simulated_disk.hpp"

#include <gtest/gtest.h>

namespace wasl::test {
namespace {

using core::OpenMode;

constexpr std::string_view kOld = "old content";
constexpr std::string_view kNew = "new content";

std::unique_ptr<core::File> durable_file(SimulatedDisk& disk, std::string_view content) {
  const auto directory = disk.directory("d");
  auto file = directory->open("f", OpenMode::kCreate);
  EXPECT_TRUE(file);
  EXPECT_TRUE((*file)->write_at(0, core::as_bytes(content)));
  EXPECT_TRUE((*file)->sync());
  EXPECT_TRUE(directory->sync());
  return std::move(*file);
}

std::string text_of(SimulatedDisk& disk) {
  const auto bytes = disk.contents("d", "f");
  return {bytes.begin(), bytes.end()};
}

TEST(SimulatedDisk, KeepsWhatWasSynced) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SimulatedDisk disk(seed);
    durable_file(disk, kOld);
    disk.restart();
    EXPECT_EQ(text_of(disk), kOld);
  }
}

TEST(SimulatedDisk, MayKeepOrLoseWhatWasNotSynced) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SimulatedDisk disk(seed);
    ASSERT_TRUE(durable_file(disk, kOld)->write_at(0, core::as_bytes(kNew)));
    disk.restart();
    seen.insert(text_of(disk));
  }
  EXPECT_EQ(seen, (std::set<std::string>{std::string(kOld), std::string(kNew)}));
}

TEST(SimulatedDisk, TearsAtSectorsOnly) {
  bool torn = false;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SimulatedDisk disk(seed);
    const auto file = durable_file(disk, std::string(2048, 'a'));
    ASSERT_TRUE(file->write_at(100, core::as_bytes(std::string(1500, 'b'))));
    disk.restart();
    const std::string text = text_of(disk);
    ASSERT_EQ(text.size(), 2048);
    for (const std::size_t sector : {512U, 1024U}) {
      EXPECT_TRUE(text.substr(sector, 512) == std::string(512, 'a') ||
                  text.substr(sector, 512) == std::string(512, 'b'));
    }
    torn = torn || (text[600] != text[1100]);
  }
  EXPECT_TRUE(torn);
}

TEST(SimulatedDisk, LosesANameThatWasNotSynced) {
  std::set<std::size_t> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SimulatedDisk disk(seed);
    const auto directory = disk.directory("d");
    const auto file = directory->open("f", OpenMode::kCreate);
    ASSERT_TRUE(file && (*file)->write_at(0, core::as_bytes(kNew)) && (*file)->sync());
    disk.restart();
    seen.insert(disk.names("d").size());
  }
  EXPECT_EQ(seen, (std::set<std::size_t>{0, 1}));
}

TEST(SimulatedDisk, RenamesAndRemovalsMayBeUndone) {
  std::set<std::vector<std::string>> renamed;
  std::set<std::vector<std::string>> removed;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SimulatedDisk disk(seed);
    durable_file(disk, kOld);
    ASSERT_TRUE(disk.directory("d")->rename("f", "g"));
    disk.restart();
    renamed.insert(disk.names("d"));
    ASSERT_TRUE(disk.directory("d")->sync());
    ASSERT_TRUE(disk.directory("d")->remove(disk.names("d").front()));
    disk.restart();
    removed.insert(disk.names("d"));
  }
  EXPECT_EQ(renamed, (std::set<std::vector<std::string>>{{"f"}, {"g"}}));
  EXPECT_EQ(removed, (std::set<std::vector<std::string>>{{}, {"f"}, {"g"}}));
}

TEST(SimulatedDisk, CutsBeforeInAndAfterAStep) {
  for (const Moment moment : {Moment::kBefore, Moment::kDuring, Moment::kAfter}) {
    SimulatedDisk disk(3);
    const auto file = durable_file(disk, kOld);
    disk.cut_at(1, moment);
    EXPECT_EQ(file->write_at(0, core::as_bytes(kNew)).has_value(), moment == Moment::kAfter);
    EXPECT_FALSE(file->sync());
    EXPECT_FALSE(disk.power_is_on());
    disk.restart();
    if (moment == Moment::kBefore) {
      EXPECT_EQ(text_of(disk), kOld);
    }
    EXPECT_FALSE(file->sync()) << "a handle from before the cut is dead";
  }
}

TEST(SimulatedDisk, AFailedSyncLosesWhatReadingStillShows) {
  SimulatedDisk disk(3);
  const auto file = durable_file(disk, kOld);
  ASSERT_TRUE(file->write_at(0, core::as_bytes(kNew)));
  disk.fail_at(1, Fault::kIo);
  EXPECT_FALSE(file->sync());
  EXPECT_TRUE(file->sync());
  EXPECT_EQ(text_of(disk), kNew);
  disk.restart();
  EXPECT_EQ(text_of(disk), kOld);
}

TEST(SimulatedDisk, ASuppressedSyncSavesNothing) {
  bool lost = false;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SimulatedDisk disk(seed);
    const auto file = durable_file(disk, kOld);
    disk.suppress_syncs("d");
    ASSERT_TRUE(file->write_at(0, core::as_bytes(kNew)));
    ASSERT_TRUE(file->sync());
    disk.restart();
    lost = lost || text_of(disk) == kOld;
  }
  EXPECT_TRUE(lost);
}

TEST(SimulatedDisk, RepeatsItselfForTheSameSeed) {
  const auto run = [](std::uint64_t seed) {
    SimulatedDisk disk(seed);
    const auto file = durable_file(disk, std::string(8192, 'a'));
    EXPECT_TRUE(file->write_at(0, core::as_bytes(std::string(8192, 'b'))));
    disk.restart();
    return text_of(disk);
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_EQ(run(seed), run(seed));
}

}  // namespace
}  // namespace wasl::test
