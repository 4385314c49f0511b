#include "store/rocks.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "store/applied_state.hpp"
#include "store/rows_for_tests.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::store {
namespace {

journal::Anchor anchor_at(core::Sequence sequence) {
  journal::Anchor anchor = journal::genesis(test::data_id(1));
  anchor.sequence = sequence;
  return anchor;
}

class RocksTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(Rocks::create(config(), anchor_at(0))); }

  [[nodiscard]] RocksConfig config() const { return {.path = directory_.path() + "/rocks"}; }

  std::unique_ptr<Rocks> open() {
    auto rocks = Rocks::open(config());
    EXPECT_TRUE(rocks) << core::describe(rocks.error());
    return rocks ? std::move(*rocks) : nullptr;
  }
  static std::optional<std::string> get(const Rocks& rocks, std::string_view key) {
    std::optional<std::string> value;
    const auto got = rocks.get({&key, 1}, [&](std::size_t, auto found) {
      if (found) value = std::string(*found);
    });
    EXPECT_TRUE(got);
    return value;
  }
  static void put(Rocks& rocks, core::Sequence sequence, std::string_view key,
                  std::string_view value) {
    RocksBatch batch;
    batch.change(key, value);
    ASSERT_TRUE(rocks.write(batch, anchor_at(sequence)));
  }
  // The one table file, so that a test can damage it.
  [[nodiscard]] std::filesystem::path table() const {
    for (const auto& entry : std::filesystem::directory_iterator(config().path)) {
      if (entry.path().extension() == ".sst") last_ = std::max(last_, entry.path());
    }
    return last_;
  }

  test::TemporaryDirectory directory_;
  mutable std::filesystem::path last_;
};

TEST_F(RocksTest, AStoreThatMayNotBeReadIsNotTakenForAMissingOne) {
  constexpr uid_t kNobody = 65'534;
  const bool root = ::geteuid() == 0;
  std::filesystem::permissions(config().path, std::filesystem::perms::none);
  ASSERT_TRUE(!root || ::setresuid(kNobody, kNobody, 0) == 0);
  const auto refused = Rocks::open_read_only(config());
  ASSERT_TRUE(!root || ::setresuid(0, 0, 0) == 0);
  std::filesystem::permissions(config().path, std::filesystem::perms::owner_all);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::Errc::kNotPermitted) << core::describe(refused.error());
}

TEST_F(RocksTest, OpenNeverCreates) {
  const RocksConfig nowhere{.path = directory_.path() + "/nothing"};
  const auto opened = Rocks::open(nowhere);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, core::Errc::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(nowhere.path));
}

TEST_F(RocksTest, CreateRefusesWhatIsThere) {
  const auto again = Rocks::create(config(), anchor_at(0));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, core::Errc::kExists);
}

TEST_F(RocksTest, AFlushLeavesThePrefixThatTheAppliedRowNames) {
  auto rocks = open();
  put(*rocks, 1, "a", "1");
  ASSERT_TRUE(rocks->flush(true));
  put(*rocks, 2, "a", "2");
  EXPECT_EQ(get(*rocks, "a"), "2");
  rocks.reset();  // As if killed: no flush.

  rocks = open();
  EXPECT_EQ(rocks->applied(), anchor_at(1));
  EXPECT_EQ(get(*rocks, "a"), "1");
}

TEST_F(RocksTest, AbsentIsNotEmptyAndRemovedIsAbsent) {
  auto rocks = open();
  EXPECT_EQ(get(*rocks, "a"), std::nullopt);
  put(*rocks, 1, "a", "1");
  put(*rocks, 2, "a", "");
  EXPECT_EQ(get(*rocks, "a"), std::nullopt);
}

TEST_F(RocksTest, GetsAnyNumberOfKeysInTheirOrder) {
  auto rocks = open();
  std::vector<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.push_back("k" + std::to_string(i));
  RocksBatch batch;
  for (std::size_t i = 0; i < keys.size(); i += 2) batch.change(keys[i], keys[i], "!");
  ASSERT_TRUE(rocks->write(batch, anchor_at(1)));

  const std::vector<std::string_view> names(keys.begin(), keys.end());
  std::size_t next = 0;
  ASSERT_TRUE(rocks->get(names, [&](std::size_t i, std::optional<std::string_view> value) {
    EXPECT_EQ(i, next++);
    EXPECT_EQ(value.has_value(), i % 2 == 0);
    if (value) {
      EXPECT_EQ(*value, keys[i] + "!");
    }
  }));
  EXPECT_EQ(next, keys.size());
}

TEST_F(RocksTest, ScansAPrefixInOrderBetweenItsBounds) {
  auto rocks = open();
  RocksBatch batch;
  for (const char* key : {"A", "B1", "B2", "B3", "B4", "C"}) batch.change(key, "x");
  ASSERT_TRUE(rocks->write(batch, anchor_at(1)));
  const auto keys_of = [&](const KeyRange& range) {
    std::string keys;
    EXPECT_TRUE(rocks->scan(range, [&](std::string_view key, std::string_view) {
      keys += std::string(key) + " ";
      return true;
    }));
    return keys;
  };
  EXPECT_EQ(keys_of({}), "A B1 B2 B3 B4 C ");  // Without the applied row.
  EXPECT_EQ(keys_of({.prefix = "B", .after = "", .until = ""}), "B1 B2 B3 B4 ");
  EXPECT_EQ(keys_of({.prefix = "B", .after = "B2", .until = ""}), "B3 B4 ");
  EXPECT_EQ(keys_of({.prefix = "B", .after = "B1", .until = "B4"}), "B2 B3 ");
  EXPECT_EQ(keys_of({.prefix = "D", .after = "", .until = ""}), "");
}

TEST_F(RocksTest, ADamagedBlockIsAnErrorNeverAnAbsentRow) {
  auto rocks = open();
  RocksBatch batch;
  for (int i = 0; i < 1000; ++i) batch.change("key" + std::to_string(i), std::string(100, 'v'));
  ASSERT_TRUE(rocks->write(batch, anchor_at(1)));
  ASSERT_TRUE(rocks->flush(true));
  rocks.reset();
  {
    std::fstream file(table(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(60'000);
    file.put('\x55');
  }
  rocks = open();
  ASSERT_NE(rocks, nullptr);
  std::size_t damaged = 0;
  std::size_t absent = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string key = "key" + std::to_string(i);
    const std::string_view name = key;
    const auto got = rocks->get({&name, 1}, [&](std::size_t, auto value) { absent += !value; });
    if (!got) {
      ++damaged;
      EXPECT_EQ(got.error().code, core::Errc::kCorrupt);
    }
  }
  EXPECT_GT(damaged, 0U);
  EXPECT_EQ(absent, 0U);
  EXPECT_FALSE(rocks->scan({}, [](auto, auto) { return true; }));
  EXPECT_FALSE(rocks->verify_checksums());
}

TEST_F(RocksTest, ReadOnlySeesTheLastFlushBesideAnOpenStore) {
  auto rocks = open();
  put(*rocks, 1, "a", "1");
  ASSERT_TRUE(rocks->flush(true));
  put(*rocks, 2, "a", "2");
  auto reading = Rocks::open_read_only(config());
  ASSERT_TRUE(reading) << core::describe(reading.error());
  EXPECT_EQ((*reading)->applied().sequence, 1U);
  EXPECT_EQ(get(**reading, "a"), "1");
  EXPECT_TRUE((*reading)->verify_checksums());
}

TEST_F(RocksTest, ADamagedManifestIsRefusedWithAnErrorAndNoAbort) {
  for (const auto& entry : std::filesystem::directory_iterator(config().path)) {
    if (!entry.path().filename().string().starts_with("MANIFEST")) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(20);
    file.put('\x55');
  }
  const auto opened = Rocks::open(config());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, core::Errc::kCorrupt);
}

TEST_F(RocksTest, AMissingTableIsRefused) {
  auto rocks = open();
  put(*rocks, 1, "a", "1");
  ASSERT_TRUE(rocks->flush(true));
  rocks.reset();
  std::filesystem::remove(table());
  EXPECT_FALSE(Rocks::open(config()));
}

TEST_F(RocksTest, ASecondWriterIsRefused) {
  const auto rocks = open();
  EXPECT_FALSE(Rocks::open(config()));
}

TEST(AppliedState, ReadsWhatItWrote) {
  const journal::Anchor anchor = anchor_at(77);
  const auto read = decode_applied(encode_applied(anchor));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, anchor);
}

TEST(AppliedState, RefusesOtherLengthsAndVersions) {
  const std::string good = encode_applied(anchor_at(1));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_applied(good.substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_applied(good + '\0'));
  std::string newer = good;
  newer[1] = static_cast<char>(kStoreFormatVersion + 1);
  ASSERT_FALSE(decode_applied(newer));
  EXPECT_EQ(decode_applied(newer).error().code, core::Errc::kUnsupported);
  std::string older = good;
  older[1] = static_cast<char>(kStoreFormatVersion - 1);
  ASSERT_FALSE(decode_applied(older));
  EXPECT_EQ(decode_applied(older).error().code, core::Errc::kUnsupported);
  EXPECT_NE(decode_applied(older).error().context.find("restore --rebuild"), std::string::npos);
  std::string zero = good;
  zero[1] = 0;
  EXPECT_EQ(decode_applied(zero).error().code, core::Errc::kCorrupt);
}

// RocksDB forgets an error when its iterator is moved: whoever looks at the end would miss it.
TEST_F(RocksTest, ACursorThatCouldNotReadIsValidNoMore) {
  {
    const auto rocks = open();
    RocksBatch batch;
    for (std::uint64_t i = 0; i < 5'000; ++i) {
      batch.change(test::link_key(i).view(), std::string(100, static_cast<char>('a' + i % 26)));
    }
    ASSERT_TRUE(rocks->write(batch, anchor_at(1)));
    ASSERT_TRUE(rocks->flush(true));
  }
  std::fstream file(table(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(table()) / 2));
  file.put('\0').put('\1').put('\2').put('\3');
  file.close();
  const auto rocks = open();
  RowCursor cursor = rocks->iterate();
  ASSERT_TRUE(cursor.valid());
  const std::string first(cursor.key());
  while (cursor.valid()) cursor.next();
  EXPECT_FALSE(cursor.ended());
  cursor.seek(first);
  EXPECT_FALSE(cursor.valid());
  cursor.seek_back(first);
  EXPECT_FALSE(cursor.valid());
  EXPECT_FALSE(cursor.ended());
}

}  // namespace
}  // namespace wasl::store
