// Walks of a real journal on a real disk, also while it is appended to.

#include "cli/journal_walk.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <thread>

#include "journal/head.hpp"
#include "journal/journal.hpp"
#include "journal/posix_files.hpp"
#include "journal/segment_copy.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

// Small, so that a walk meets many segments; a group fills a good part of one.
constexpr std::uint64_t kSegmentBytes = 16 * 1024;
// Groups that the server of a test may append beyond what was asked for: some while each copy is
// made, and an end to it.
constexpr std::uint64_t kAheadMost = 1'000;
constexpr core::DataId kDataId{7};

class JournalWalk : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(journal::Journal::create(places(), kDataId, kOptions));
    auto opened = journal::Journal::open(places(), kOptions, std::nullopt);
    ASSERT_TRUE(opened);
    journal_.emplace(std::move(opened->journal));
  }

  std::unique_ptr<core::Directory> directory(const std::string& name) {
    const std::string path = temporary_.path() + "/" + name;
    std::filesystem::create_directories(path);
    return std::move(*journal::open_directory(path));
  }
  journal::Places places() { return {*directory_, *head_directory_, nullptr}; }

  // A group of one record; its hash.
  core::Sha256 append(std::size_t bytes) {
    const std::string payload(bytes, 'x');
    const core::ByteView view = core::as_bytes(payload);
    const auto appended = journal_->append_group(journal_->last_now_ms() + 1, {&view, 1});
    EXPECT_TRUE(appended) << core::describe(appended.error());
    return appended->anchor.hash;
  }
  core::Result<Walked> walk() {
    return walk_live(*directory_, *head_directory_,
                     [](const journal::Group&) { return core::Result<void>{}; });
  }
  // A copy in the directory `name`, with a head for its end.
  core::Result<Walked> copy(const std::string& name) {
    const auto to = directory(name);
    journal::SegmentCopy segments(*directory_, *to, kDataId);
    auto walked = walk_live(*directory_, *head_directory_,
                            [&](const journal::Group& group) { return segments.take(group); });
    if (!walked) return walked;
    EXPECT_TRUE(segments.finish());
    EXPECT_TRUE(journal::HeadFile::create(*to, walked->last));
    return walked;
  }
  core::Result<Walked> walk_copy(const std::string& name) {
    const auto from = directory(name);
    return walk_closed(*from, *from, [](const journal::Group&) { return core::Result<void>{}; });
  }
  void overwrite(std::uint64_t offset, std::size_t bytes, std::uint8_t by) {
    const auto file = directory_->open(journal::segment_name(1), core::OpenMode::kReadWrite);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->write_at(offset, std::vector<std::uint8_t>(bytes, by)));
  }

  static constexpr journal::Options kOptions{.segment_bytes = kSegmentBytes};
  test::TemporaryDirectory temporary_;
  std::unique_ptr<core::Directory> directory_ = directory("journal");
  std::unique_ptr<core::Directory> head_directory_ = directory("head");
  std::optional<journal::Journal> journal_;
};

TEST_F(JournalWalk, HoldsAllThatWasDurableBeforeItBeganWhileMoreIsAppended) {
  std::atomic<std::uint64_t> durable = 0;
  std::atomic<bool> enough = false;
  std::atomic<std::uint64_t> asked_for = 0;
  // The thread's, until it has ended.
  std::map<std::uint64_t, core::Sha256> hashes{{0, journal::genesis(kDataId).hash}};
  std::thread server([&] {
    for (std::uint64_t sequence = 1; !enough; ++sequence) {
      while (sequence > asked_for + kAheadMost && !enough) std::this_thread::yield();
      hashes[sequence] = append(100 + sequence * 37 % 5'000);
      durable = sequence;
      EXPECT_TRUE(journal_->prepare_slice());
      if (sequence % 3 != 0) continue;
      EXPECT_TRUE(journal_->advance_head());
    }
  });
  std::vector<Walked> copies;
  std::vector<std::uint64_t> known;
  for (int i = 0; i < 20; ++i) {
    asked_for = static_cast<std::uint64_t>(i) * 20;
    while (durable < asked_for) std::this_thread::yield();
    known.push_back(durable);
    const auto copied = copy(std::to_string(i));
    EXPECT_TRUE(copied) << core::describe(copied.error());
    if (copied) copies.push_back(*copied);
  }
  enough = true;
  server.join();
  ASSERT_EQ(copies.size(), known.size());
  for (std::size_t i = 0; i < copies.size(); ++i) {
    EXPECT_GE(copies[i].last.sequence, known[i]);
    const auto read = walk_copy(std::to_string(i));
    ASSERT_TRUE(read) << core::describe(read.error());
    EXPECT_EQ(read->last, copies[i].last);
    EXPECT_EQ(read->last.hash, hashes[read->last.sequence]);
  }
  EXPECT_GT(copies.back().last.group.segment, 1U);
}

TEST_F(JournalWalk, CopiesTheSameBytes) {
  for (std::size_t i = 0; i < 20; ++i) append(3'000);
  ASSERT_TRUE(copy("copy"));
  const auto copied = directory("copy");
  for (std::uint64_t number = 1; number <= journal_->last().group.segment; ++number) {
    std::vector<std::uint8_t> wanted(kSegmentBytes), got(kSegmentBytes);
    const std::string name = journal::segment_name(number);
    ASSERT_EQ(*(*directory_->open(name, core::OpenMode::kRead))->read_at(0, wanted), kSegmentBytes);
    ASSERT_EQ(*(*copied->open(name, core::OpenMode::kRead))->read_at(0, got), kSegmentBytes);
    EXPECT_EQ(got, wanted) << name;
  }
}

TEST_F(JournalWalk, CopiesAJournalWithoutARecord) {
  ASSERT_TRUE(copy("copy"));
  const auto read = walk_copy("copy");
  ASSERT_TRUE(read) << core::describe(read.error());
  EXPECT_EQ(read->last, journal::genesis(kDataId));
}

TEST_F(JournalWalk, LeavesOutAGroupThatACutTore) {
  append(10);
  ASSERT_TRUE(journal_->advance_head());
  append(3'000);
  overwrite(1'536, 2'560, 0);  // From its third sector on.
  const auto copied = copy("copy");
  ASSERT_TRUE(copied) << core::describe(copied.error());
  EXPECT_EQ(copied->last.sequence, 1U);
  EXPECT_TRUE(copied->torn_tail);
  EXPECT_TRUE(walk_copy("copy"));
}

TEST_F(JournalWalk, RefusesDamageBehindTheHeadOnceItHasWaited) {
  append(10);
  ASSERT_TRUE(journal_->advance_head());
  const std::uint64_t offset = 512 + journal::kRecordHeaderBytes + 10;
  append(3'000);
  overwrite(offset + 2'000, 1, 'y');
  const auto walked = walk();
  ASSERT_FALSE(walked);
  EXPECT_EQ(walked.error().code, core::Errc::kCorrupt);
  EXPECT_NE(walked.error().context.find("0000000001.seg at byte " + std::to_string(offset)),
            std::string::npos)
      << walked.error().context;
}

TEST_F(JournalWalk, RefusesAJournalThatEndsBeforeItsHead) {
  append(10);
  append(20);
  ASSERT_TRUE(journal_->advance_head());
  overwrite(512 + journal::kRecordHeaderBytes + 10, 1'000, 0);
  const auto walked = walk();
  ASSERT_FALSE(walked);
  EXPECT_NE(walked.error().context.find("follows record 1 here, but the head holds record 2"),
            std::string::npos)
      << walked.error().context;
}

TEST_F(JournalWalk, NamesTheSegmentWhoseFirstGroupIsDamaged) {
  for (std::size_t i = 0; i < 10; ++i) append(3'000);
  ASSERT_TRUE(journal_->advance_head());
  ASSERT_GT(journal_->last().group.segment, 1U);
  const auto second = directory_->open(journal::segment_name(2), core::OpenMode::kReadWrite);
  ASSERT_TRUE(second);
  ASSERT_TRUE((*second)->write_at(900, std::vector<std::uint8_t>{'y'}));
  const auto walked = walk();
  ASSERT_FALSE(walked);
  EXPECT_NE(walked.error().context.find("0000000002.seg at byte 512: "), std::string::npos)
      << walked.error().context;
}

TEST_F(JournalWalk, RefusesAHeadOfAnotherChain) {
  append(10);
  ASSERT_TRUE(journal_->advance_head());
  auto other = journal_->last();
  other.hash[5] ^= 1;
  std::filesystem::remove(head_directory_->path() + "/head");
  ASSERT_TRUE(journal::HeadFile::create(*head_directory_, other));
  const auto walked = walk();
  ASSERT_FALSE(walked);
  EXPECT_NE(walked.error().context.find("differs from the one that the head holds"),
            std::string::npos);
}

TEST_F(JournalWalk, EndsWithTheErrorOfItsVisitor) {
  append(10);
  const auto walked =
      walk_live(*directory_, *head_directory_, [](const journal::Group&) -> core::Result<void> {
        return core::fail(core::Errc::kCorrupt, "enough");
      });
  ASSERT_FALSE(walked);
  EXPECT_EQ(walked.error().context, "enough");
}

TEST_F(JournalWalk, ACopyEndsWhereItsHeadSays) {
  append(10);
  ASSERT_TRUE(copy("copy"));
  append(10);
  const auto longer = directory("longer");
  journal::SegmentCopy segments(*directory_, *longer, kDataId);
  const auto walked = walk_live(*directory_, *head_directory_,
                                [&](const journal::Group& group) { return segments.take(group); });
  ASSERT_TRUE(walked && segments.finish());
  std::filesystem::copy(directory("copy")->path() + "/head", longer->path() + "/head");
  const auto read = walk_copy("longer");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().context.find("something stands behind record 1"), std::string::npos);
}

}  // namespace
}  // namespace wasl::cli
