#include "card/virtual_card.hpp"

#include <sys/stat.h>

#include <set>
#include <thread>

#include "card/hex.hpp"
#include "card/issue.hpp"
#include "card/private_file.hpp"
#include "card/proof.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::card {
namespace {

constexpr std::array<std::uint8_t, 4> kUnpredictable = {9, 8, 7, 6};

VirtualCard sample() {
  const auto keys = KeyFile::parse("CNAS 000102030405060708090a0b0c0d0e0f\n", "keys");
  EXPECT_TRUE(keys);
  const core::CardReference card{*core::CardNumber::make("160012345678"),
                                 *core::FundCode::make("CNAS"), 3};
  const auto issued = issue(*keys, card_key_name(card));
  EXPECT_TRUE(issued);
  return issued ? *issued : VirtualCard{};
}

core::Sha256 digest() {
  core::Sha256 out{};
  out.fill(0x5a);
  return out;
}

TEST(VirtualCard, IsKeptInAFileForItsUserAlone) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/card.json";
  ASSERT_TRUE(create_card(path, sample()));
  EXPECT_FALSE(create_card(path, sample()));
  const auto read = read_card(path);
  ASSERT_TRUE(read) << read.error().context;
  EXPECT_EQ(read->name, sample().name);
  EXPECT_EQ(read->key.bytes, sample().key.bytes);
  EXPECT_EQ(read->counter, 0U);
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_FALSE(read_card(path));
  EXPECT_FALSE(sign(path, digest(), kUnpredictable));
}

TEST(VirtualCard, CountsBeforeItSigns) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/card.json";
  ASSERT_TRUE(create_card(path, sample()));
  Cmac cmac;
  for (std::uint32_t expected = 1; expected <= 3; ++expected) {
    const auto proof = sign(path, digest(), kUnpredictable);
    ASSERT_TRUE(proof) << proof.error().context;
    EXPECT_EQ(proof->atc, expected);
    EXPECT_EQ(proof->unpredictable, kUnpredictable);
    EXPECT_TRUE(is_right(cmac, sample().key, *proof, digest()));
    const auto read = read_card(path);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->counter, expected);
  }
}

TEST(VirtualCard, NeverUsesACounterTwice) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/card.json";
  ASSERT_TRUE(create_card(path, sample()));
  constexpr int kEach = 10;
  std::array<std::vector<std::uint32_t>, 4> used;
  std::vector<std::thread> terminals;
  for (auto& counters : used) {
    terminals.emplace_back([&path, &counters] {
      for (int i = 0; i < kEach; ++i) {
        const auto proof = sign(path, digest(), kUnpredictable);
        if (proof) counters.push_back(proof->atc);
      }
    });
  }
  for (std::thread& terminal : terminals) terminal.join();
  std::set<std::uint32_t> all;
  for (const auto& counters : used) all.insert(counters.begin(), counters.end());
  EXPECT_EQ(all.size(), used.size() * kEach);
}

TEST(VirtualCard, EndsWithItsCounter) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/card.json";
  VirtualCard card = sample();
  card.counter = UINT32_MAX - 1;
  ASSERT_TRUE(create_card(path, card));
  EXPECT_TRUE(sign(path, digest(), kUnpredictable));
  const auto beyond = sign(path, digest(), kUnpredictable);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, core::Errc::kLimit);
}

TEST(VirtualCard, GivesNoProofWhereTheCounterCannotBeKept) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/card.json";
  ASSERT_TRUE(create_card(path, sample()));
  ASSERT_EQ(::mkdir((path + ".new").c_str(), 0700), 0);
  EXPECT_FALSE(sign(path, digest(), kUnpredictable));
  const auto read = read_card(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->counter, 0U);
}

TEST(VirtualCard, NamesTheFieldThatIsWrong) {
  const std::string good = to_json(sample());
  EXPECT_TRUE(parse_card(good, "card"));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    const auto parsed = parse_card(text.replace(at, from.size(), to), "card");
    return parsed ? std::string("taken") : parsed.error().context;
  };
  EXPECT_EQ(with("\"card\"", "\"chip\""), "card: kind is not one");
  EXPECT_EQ(with("\"CNAS\"", "\"\""), "card: fund is not one");
  EXPECT_EQ(with("\"160012345678\"", "7"), "card: number must be a text");
  EXPECT_EQ(with("\"key_version\":3", "\"key_version\":65536"),
            "card: key_version must be a number from 0 to 65535");
  EXPECT_EQ(with("\"counter\":0", "\"counter\":-1"),
            "card: counter must be a number from 0 to 4294967295");
  EXPECT_EQ(with("\"counter\":0", "\"counter\":\"0\""),
            "card: counter must be a number from 0 to 4294967295");
  EXPECT_EQ(with("\"fund\"", "\"found\""), "card: holds a field that is no card's");
  EXPECT_EQ(with(key_to_hex(sample().key), "12"), "card: key is not one");
  EXPECT_FALSE(parse_card(good.substr(0, good.size() / 2), "card"));
  EXPECT_FALSE(parse_card("[]", "card"));
  EXPECT_FALSE(parse_card("", "card"));
}

}  // namespace
}  // namespace wasl::card
