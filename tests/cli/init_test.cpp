// `wasl init`, interrupted and run again. The switch that it makes is what every test of the server
// starts.

#include "cli/init.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/places.hpp"
#include "store/recovery.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;

class Init : public testing::Test {
 protected:
  core::Result<void> init() {
    return init_switch({.directory = directory_,
                        .funds = {"CNAS"},
                        .dns_names = {"localhost"},
                        .now = TimePoint(std::chrono::seconds{1'773'000'000})});
  }
  [[nodiscard]] std::string at(const std::string& name) const { return directory_ + "/" + name; }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream in(at(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] bool starts() const {
    const auto config = ops::load_config(at("wasl.toml"));
    if (!config) return false;
    const auto places = Places::open(*config);
    return places && store::bring_up(places->store());
  }
  // Back into init.partial, as if the run had ended before it moved them.
  void move_back(const std::string& name) {
    fs::create_directories(at("init.partial"));
    fs::rename(at(name), at("init.partial/" + name));
  }

  test::TemporaryDirectory place_;
  std::string directory_ = place_.path() + "/switch";
};

TEST_F(Init, LeavesASwitchAndNothingElse) {
  ASSERT_TRUE(init());
  EXPECT_TRUE(starts());
  EXPECT_FALSE(fs::exists(at("init.partial")));
}

TEST_F(Init, ReplacesNoSwitchAndNoPartOfOne) {
  ASSERT_TRUE(init());
  const std::string key = content("keys/CNAS.key");
  const auto again = init();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, core::Errc::kExists);
  fs::remove(at("wasl.toml"));  // Lost: what remains is still somebody's switch.
  const auto without = init();
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().code, core::Errc::kExists);
  EXPECT_EQ(content("keys/CNAS.key"), key);
}

TEST_F(Init, BeginsAnewWhereItWasInterruptedWhileMaking) {
  fs::create_directories(at("init.partial/pki"));
  std::ofstream(at("init.partial/pki/ca.key")) << "half a key";
  ASSERT_TRUE(init());
  EXPECT_TRUE(starts());
}

TEST_F(Init, GoesOnWhereItWasInterruptedWhileMoving) {
  ASSERT_TRUE(init());
  const std::string key = content("keys/CNAS.key");
  move_back("wasl.toml");
  move_back("journal");
  ASSERT_TRUE(init());
  EXPECT_TRUE(starts());
  EXPECT_EQ(content("keys/CNAS.key"), key);
  EXPECT_FALSE(fs::exists(at("init.partial")));
}

}  // namespace
}  // namespace wasl::cli
