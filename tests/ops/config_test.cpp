#include "ops/config.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "ops/config_keys.hpp"
#include "support/source_directory.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::test {
namespace {

using ops::Config;

// The error's text, or empty if the text is accepted.
std::string complaint(const std::string& text) {
  const auto parsed = ops::parse_config(text, "wasl.toml");
  if (parsed) return {};
  EXPECT_EQ(parsed.error().code, core::Errc::kConfiguration);
  return parsed.error().context;
}

std::string with(const ops::ConfigKey& key, const std::string& value) {
  return "[" + std::string(key.section) + "]\n" + std::string(key.name) + " = " + value + "\n";
}

// With the other key that bounds it at the value that leaves it free.
std::string alone(const ops::ConfigKey& key, std::uint64_t value) {
  std::string text = with(key, std::to_string(value));
  if (key.name == "segment_bytes") text += "disk_reserve_bytes = 1099511627776\n";
  if (key.name == "disk_reserve_bytes") text += "segment_bytes = 8388608\n";
  return text;
}

TEST(Config, IsTheDefaultsWhereNothingIsWritten) {
  const auto parsed = ops::parse_config("", "wasl.toml");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, ops::default_config());
  EXPECT_EQ(parsed->admin_address, "127.0.0.1");
  EXPECT_EQ(parsed->lowest_tls, "1.3");
}

TEST(Config, IsWrittenAsItIsRead) {
  Config config = ops::default_config();
  const auto defaults = ops::parse_config(ops::config_text(config), "wasl.toml");
  ASSERT_TRUE(defaults) << defaults.error().context;
  EXPECT_EQ(*defaults, config);

  config.listen_port = 0;
  config.mirror_directory = "/srv/a \"quoted\" \\ name";
  config.card_key_files = {{"CNAS", "keys/cnas.key"}, {"A.B", "keys/ab.key"}};
  const auto changed = ops::parse_config(ops::config_text(config), "wasl.toml");
  ASSERT_TRUE(changed) << changed.error().context;
  EXPECT_EQ(*changed, config);
}

// Written by WASL_WRITE_GOLDEN=1, as the files of tests/golden/ are.
TEST(Config, HasItsDefaultsInTheExample) {
  const std::string path = source_directory() + "/config/wasl.toml";
  const std::string text = ops::config_text(ops::default_config());
  if (std::getenv("WASL_WRITE_GOLDEN") != nullptr) std::ofstream(path) << text;
  std::ifstream file(path);
  std::ostringstream example;
  example << file.rdbuf();
  EXPECT_EQ(example.str(), text) << path;
}

TEST(Config, ExplainsEveryKeyInTheWrittenFile) {
  const std::string text = ops::config_text(ops::default_config());
  for (const ops::ConfigKey& key : ops::config_keys()) {
    EXPECT_GT(key.reason.size(), 20U) << key.name;
    EXPECT_NE(text.find("\n" + std::string(key.name) + " = "), std::string::npos) << key.name;
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(Config, HasEachKeyOnceAndItsSectionsTogether) {
  std::vector<std::string> sections;
  std::vector<std::string> names;
  for (const ops::ConfigKey& key : ops::config_keys()) {
    if (sections.empty() || sections.back() != key.section) sections.emplace_back(key.section);
    names.push_back(std::string(key.section) + "." + std::string(key.name));
  }
  std::sort(sections.begin(), sections.end());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(sections.begin(), sections.end()), sections.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Config, TakesNumbersAtTheirBoundsAndNoneBeyond) {
  for (const ops::ConfigKey& key : ops::config_keys()) {
    const auto* number = std::get_if<ops::NumberKey>(&key.value);
    if (number == nullptr) continue;
    EXPECT_EQ(complaint(alone(key, number->min)), "") << key.name;
    EXPECT_EQ(complaint(alone(key, number->max)), "") << key.name;
    EXPECT_EQ(number->initial % number->multiple_of, 0U);
    const std::string bounds =
        "must be " + std::to_string(number->min) + " to " + std::to_string(number->max);
    EXPECT_NE(complaint(with(key, std::to_string(number->max + 1))).find(bounds),
              std::string::npos);
    const auto below = static_cast<std::int64_t>(number->min) - 1;
    EXPECT_NE(complaint(with(key, std::to_string(below))).find(bounds), std::string::npos);
  }
}

struct Wrong {
  const char* text;
  const char* complaint;
};

TEST(Config, SaysWhereAndWhatIsWrong) {
  const Wrong wrong[] = {
      {"[listen]\nprot = 7443\n",
       "wasl.toml:2:1: there is no key 'prot', did you mean 'port'? (in [listen])"},
      {"[listen]\n\n  zzzzzz = 1\n", "wasl.toml:3:3: there is no key 'zzzzzz' (in [listen])"},
      {"[lisen]\nport = 1\n", "wasl.toml:1:2: there is no section 'lisen', did you mean 'listen'?"},
      {"listen = 3\n", "wasl.toml:1:10: 'listen' is a section: write [listen]"},
      {"[listen]\nport = \"7443\"\n", "wasl.toml:2:8: listen.port must be a whole number"},
      {"[listen]\nport = 7443.0\n", "wasl.toml:2:8: listen.port must be a whole number"},
      {"[listen]\nport = 70000\n", "wasl.toml:2:8: listen.port is 70000, it must be 0 to 65535"},
      {"[listen]\nport = -1\n", "wasl.toml:2:8: listen.port is -1, it must be 0 to 65535"},
      {"[listen]\naddress = 1\n", "wasl.toml:2:11: listen.address must be a text in quotes"},
      {"[listen]\naddress = \"\"\n", "wasl.toml:2:11: listen.address must not be empty"},
      {"[data]\nsegment_bytes = 1048600\n",
       "wasl.toml:2:17: data.segment_bytes is 1048600, it must be a multiple of 512"},
      {"[log]\nlevel = \"loud\"\n",
       "wasl.toml:2:9: log.level is 'loud', it must be one of: debug, info, warning, error"},
      {"[card_keys]\n\"CN AS\" = \"a\"\n",
       "wasl.toml:2:1: 'CN AS' is no fund code: at most 12 printable characters"},
      {"[card_keys]\nCNAS = 1\n", "wasl.toml:2:8: card_keys.CNAS must be the path of a file"},
  };
  for (const Wrong& row : wrong) EXPECT_EQ(complaint(row.text), row.complaint);
}

TEST(Config, RefusesAReserveWhoseQuarterHoldsNoFlushAndSegment) {
  const std::string segment = "[data]\nsegment_bytes = 134217728\ndisk_reserve_bytes = ";
  EXPECT_EQ(complaint(segment + "1073741824\n"), "");
  EXPECT_EQ(
      complaint(segment + "1073741823\n"),
      "wasl.toml: data.disk_reserve_bytes is 1073741823, with data.segment_bytes 134217728 it "
      "must be at least 1073741824: a quarter of it holds a flush (134217728) and a segment");
  EXPECT_NE(complaint("[data]\nsegment_bytes = 1073741824\n"), "");
}

TEST(Config, RefusesWhatIsNoToml) {
  for (const char* text :
       {"[listen\n", "[listen]\nport = 1\nport = 2\n", "\xff", "[log]\nlevel = \""}) {
    EXPECT_TRUE(complaint(text).starts_with("wasl.toml:")) << complaint(text);
  }
}

TEST(Config, KeepsAbsolutePathsAndResolvesOthersBesideTheFile) {
  TemporaryDirectory directory;
  const std::string path = std::string(directory.path()) + "/wasl.toml";
  std::ofstream(path) << "[data]\njournal = \"/srv/journal\"\n[card_keys]\nCNAS = \"keys/c.key\"\n";
  const auto config = ops::load_config(path);
  ASSERT_TRUE(config) << config.error().context;
  EXPECT_EQ(config->journal_directory, "/srv/journal");
  EXPECT_EQ(config->data_directory, std::string(directory.path()) + "/data");
  EXPECT_EQ(config->card_key_files.at("CNAS"), std::string(directory.path()) + "/keys/c.key");
  EXPECT_EQ(config->mirror_directory, "");
  EXPECT_EQ(config->listen_address, "0.0.0.0");
}

TEST(Config, IsTheDefaultsWhereItsFileIsEmpty) {
  const TemporaryDirectory place;
  std::ofstream(place.path() + "/wasl.toml").close();
  const auto loaded = ops::load_config(place.path() + "/wasl.toml");
  ASSERT_TRUE(loaded) << loaded.error().context;
  Config defaults = ops::default_config();
  ops::resolve_paths(defaults, place.path());
  EXPECT_EQ(*loaded, defaults);
}

TEST(Config, NamesTheKeysInWhichTwoDiffer) {
  Config one = ops::default_config();
  one.card_key_files = {{"CNAS", "cnas.key"}, {"AMO", "amo.key"}};
  EXPECT_EQ(ops::keys_that_differ(one, one), std::vector<std::string>{});
  Config other = one;
  other.listen_port = 1;
  other.mirror_directory = "/srv/mirror";
  other.card_key_files = {{"CNAS", "other.key"}, {"CASNOS", "casnos.key"}};
  const std::vector<std::string> names{"listen.port", "data.mirror", "card_keys.AMO",
                                       "card_keys.CASNOS", "card_keys.CNAS"};
  EXPECT_EQ(ops::keys_that_differ(one, other), names);
}

TEST(Config, ReportsAFileThatIsNotThere) {
  TemporaryDirectory directory;
  EXPECT_FALSE(ops::load_config(std::string(directory.path()) + "/absent.toml"));
  EXPECT_FALSE(ops::load_config(std::string(directory.path())));
  EXPECT_FALSE(ops::load_config("/dev/zero"));
}

}  // namespace
}  // namespace wasl::test
