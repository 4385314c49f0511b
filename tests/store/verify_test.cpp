#include "store/verify.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/codec.hpp"
#include "core/reconciliation.hpp"
#include "journal/head.hpp"
#include "journal/posix_files.hpp"
#include "store/scribe.hpp"
#include "store/store_world.hpp"

namespace wasl::store {
namespace {

using test::Scribe;
using test::StoreWorld;

constexpr std::streamoff kDamaged = 512 + 300;

class Verify : public testing::Test {
 protected:
  void SetUp() override {
    world_.create();
    world_.open();
    commit({scribe_.put_account(1), scribe_.put_account(2), scribe_.put_product(1)});
  }
  void commit(const std::vector<Scribe::Deed>& deeds) {
    core::Group group = scribe_.group(deeds);
    const core::Sequence first = group.first;
    world_.store->commit(std::move(group));
    scribe_.durable(world_.completions->wait_committed(first));
  }
  core::Result<Verified> look() {
    const StorePlaces places = world_.places();
    return verify_store({.journal = places.journal.journal,
                         .head = places.journal.head,
                         .mirror = mirror_.get(),
                         .rocks = places.rocks,
                         .scratch = world_.path() + "/scratch" + std::to_string(++runs_)});
  }
  Verified verify() {
    auto verified = look();
    EXPECT_TRUE(verified) << core::describe(verified.error());
    return verified ? std::move(*verified) : Verified{};
  }
  // A copy of the journal as it is now, in the place of its mirror.
  void make_mirror() {
    std::filesystem::copy(world_.journal_path(), mirror_path());
    mirror_ = std::move(*journal::open_directory(mirror_path()));
  }
  [[nodiscard]] std::string mirror_path() const { return world_.path() + "/mirror"; }
  journal::HeadState head() {
    const auto state = journal::read_head(world_.places().journal.head);
    EXPECT_TRUE(state);
    return *state;
  }
  // In the place of the one that is there.
  void put_head(const journal::Anchor& anchor) {
    std::filesystem::remove(world_.path() + "/head/head");
    ASSERT_TRUE(journal::HeadFile::create(world_.places().journal.head, anchor));
  }
  // Behind the offset of the mirror's first segment, as if it had never been written.
  void empty_mirror_from(std::uint64_t offset) const {
    const std::string segment = mirror_path() + "/" + journal::segment_name(1);
    const std::uint64_t bytes = std::filesystem::file_size(segment);
    std::filesystem::resize_file(segment, offset);
    std::filesystem::resize_file(segment, bytes);
  }
  // A second segment that is the first one under another name.
  static void repeat_segment(const std::string& directory) {
    std::filesystem::copy_file(directory + "/" + journal::segment_name(1),
                               directory + "/" + journal::segment_name(2),
                               std::filesystem::copy_options::overwrite_existing);
  }
  void remove_segments() const {
    for (std::uint64_t number = 1;
         std::filesystem::remove(world_.journal_path() + "/" + journal::segment_name(number));) {
      ++number;
    }
  }
  // Puts bytes in RocksDB behind everyone's back, at the same anchor.
  void tamper(std::string_view key, std::string_view value) {
    auto rocks = Rocks::open(world_.places().rocks);
    ASSERT_TRUE(rocks);
    RocksBatch batch;
    batch.change(key, value);
    ASSERT_TRUE((*rocks)->write(batch, (*rocks)->applied()));
    ASSERT_TRUE((*rocks)->flush(true));
  }
  // In the middle of a segment's first group.
  static void flip_a_byte(const std::filesystem::path& segment) {
    std::fstream file(segment, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(kDamaged);
    const int byte = file.get();
    file.seekp(kDamaged);
    file.put(static_cast<char>(byte ^ 1));
  }
  static bool names(const Verified& verified, const std::string& where, const std::string& what) {
    return std::ranges::any_of(verified.differences.named(), [&](const Difference& difference) {
      return difference.where == where && difference.what.find(what) != std::string::npos;
    });
  }

  StoreWorld world_;
  Scribe scribe_;
  std::unique_ptr<core::Directory> mirror_;
  int runs_ = 0;
};

TEST_F(Verify, AcceptsAWholeStoreAndCountsIt) {
  const Scribe::Deed claim = scribe_.claim(1);
  commit({claim, scribe_.claim(2)});
  commit({scribe_.reverse(claim.command.request_id, 4)});
  world_.close();
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 0U)
      << (verified.differences.named().empty() ? "" : verified.differences.named()[0].what);
  EXPECT_EQ(verified.records, 6U);
  EXPECT_EQ(verified.groups, 3U);
  EXPECT_EQ(verified.claims, 2U);
  EXPECT_EQ(verified.rows_compared, scribe_.stored().size());
  EXPECT_EQ(verified.applied, verified.last);
}

TEST_F(Verify, AcceptsWhatAKillLeft) {
  world_.close();
  world_.open();
  for (int i = 0; i < 5; ++i) commit({scribe_.claim(1)});
  world_.kill();
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 0U);
  EXPECT_EQ(verified.applied.sequence, 3U);
  EXPECT_EQ(verified.last.sequence, 8U);
}

TEST_F(Verify, NamesAChangedAMissingAndAnAddedRow) {
  commit({scribe_.claim(1)});
  world_.close();
  tamper(test::link_key(1).view(), test::bytes_of(test::link_row(2)));
  tamper(test::link_key(2).view(), {});
  tamper(test::link_key(3).view(), test::bytes_of(test::link_row(3)));
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 3U);
  EXPECT_TRUE(names(verified, "row", "differs from the replay"));
  EXPECT_TRUE(names(verified, "row", "missing in RocksDB"));
  EXPECT_TRUE(names(verified, "row", "not in the replay"));
}

TEST_F(Verify, TakesWhatADayClosedWithForNoRowOfARecordAndJudgesItAlone) {
  commit({scribe_.claim(1)});
  world_.close();
  const core::RowKey key =
      core::day_closing_key(*core::FundCode::make("CNAS"), test::provider("16-000001"), 1);
  tamper(key.view(), core::encode_day_closing({.owed = {}, .bordereaux = 0}));
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 1U);
  EXPECT_TRUE(names(verified, "ledger", "no business day ended there"));
}

TEST_F(Verify, NamesAChangedRecord) {
  commit({scribe_.claim(1)});
  commit({scribe_.claim(2)});
  world_.close();
  for (const auto& entry : std::filesystem::directory_iterator(world_.journal_path())) {
    if (!entry.path().filename().string().starts_with("0000000001")) continue;
    flip_a_byte(entry.path());
  }
  const Verified verified = verify();
  EXPECT_TRUE(names(verified, "chain", ""));
}

TEST_F(Verify, NamesARequestIdThatWasAnsweredTwice) {
  Scribe::Deed claim = scribe_.claim(1);
  commit({claim});
  // The engine would repeat the first answer. A second record of the same id, written by hand:
  Scribe::Deed again = scribe_.claim(2);
  again.command.request_id = claim.command.request_id;
  core::Group group;
  group.first = scribe_.next();
  group.now = core::Instant{std::chrono::hours(600'000)};
  group.payloads.push_back(Scribe::payload(again, group.first));
  world_.store->commit(std::move(group));
  (void)world_.completions->wait_committed(scribe_.next());
  world_.close();
  const Verified verified = verify();
  EXPECT_TRUE(names(verified, "claim", "already in record 4"));
  EXPECT_TRUE(names(verified, "record", "record 4 answered already"));
}

TEST_F(Verify, NamesAmountsThatAreNotTheSums) {
  Scribe::Deed claim = scribe_.claim(1);
  std::get<core::ClaimDecision>(claim.decision).insurer = core::Cents{96'001};
  commit({claim});
  world_.close();
  EXPECT_TRUE(names(verify(), "claim", "not the sums"));
}

TEST_F(Verify, NamesARowWhoseTagIsDamagedWithoutItsBytes) {
  world_.close();
  tamper(
      "\xff"
      "16000123456",
      "1");
  EXPECT_TRUE(names(verify(), "row", "row 'ff' "));
}

TEST_F(Verify, NamesAHeadThatSawAnotherRecord) {
  world_.close();
  journal::Anchor other = head().anchor;
  other.hash[0] ^= 1;
  put_head(other);
  EXPECT_TRUE(names(verify(), "head", "is not the one on this chain"));
}

TEST_F(Verify, AcceptsAMirrorWithTheSameBytes) {
  commit({scribe_.claim(1)});
  world_.close();
  make_mirror();
  EXPECT_EQ(verify().differences.total(), 0U);
}

TEST_F(Verify, NamesAMirrorThatIsAbsent) {
  world_.close();
  std::filesystem::create_directory(mirror_path());
  mirror_ = std::move(*journal::open_directory(mirror_path()));
  EXPECT_TRUE(names(verify(), "mirror", ""));
}

// Recovery reads neither copy before its checkpoint: only verify can see it.
TEST_F(Verify, NamesDamageInAnOldGroupOfTheMirror) {
  commit({scribe_.claim(1)});
  world_.close();
  make_mirror();
  flip_a_byte(mirror_path() + "/" + journal::segment_name(1));
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 1U);
  EXPECT_TRUE(names(verified, "mirror", ""));
}

TEST_F(Verify, AcceptsTheOneGroupThatAKillLeftInOneCopyOnly) {
  world_.close();
  const journal::HeadState before = head();
  world_.open();
  commit({scribe_.claim(1)});
  world_.close();
  make_mirror();
  empty_mirror_from(head().anchor.group.offset);
  EXPECT_TRUE(names(verify(), "mirror", "ends at record 3, before the journal"));

  // The head had not seen it: nobody was answered.
  put_head(before.anchor);
  EXPECT_EQ(verify().differences.total(), 0U);
}

TEST_F(Verify, NamesAMirrorThatLacksMoreThanOneGroup) {
  world_.close();
  const journal::HeadState before = head();
  world_.open();
  commit({scribe_.claim(1)});
  world_.close();
  const std::uint64_t second = head().anchor.group.offset;
  world_.open();
  commit({scribe_.claim(2)});
  world_.close();
  make_mirror();
  empty_mirror_from(second);
  put_head(before.anchor);
  EXPECT_TRUE(names(verify(), "mirror", "ends at record 3, before the journal"));
}

TEST_F(Verify, CountsWhatStandsBeforeASegmentThatIsDamaged) {
  commit({scribe_.claim(1)});
  world_.close();
  repeat_segment(world_.journal_path());
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 1U);
  EXPECT_TRUE(names(verified, "chain", "0000000002.seg at byte 0: the segment was number 1"));
  EXPECT_EQ(verified.records, 4U);
  EXPECT_TRUE(verified.compared);
}

TEST_F(Verify, NamesADamagedSegmentOfTheMirrorAsTheMirrors) {
  commit({scribe_.claim(1)});
  world_.close();
  make_mirror();
  repeat_segment(mirror_path());
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 1U);
  EXPECT_TRUE(names(verified, "mirror", "0000000002.seg at byte 0"));
  EXPECT_EQ(verified.records, 4U);
}

TEST_F(Verify, SaysThatRowsBehindDamageWereNotCompared) {
  commit({scribe_.claim(1)});
  world_.close();
  flip_a_byte(world_.journal_path() + "/" + journal::segment_name(1));
  const Verified verified = verify();
  EXPECT_TRUE(names(verified, "chain", "behind the damage: its rows were not compared"));
  EXPECT_FALSE(verified.compared);
}

TEST_F(Verify, WarnsOfAnOlderJournalThatWasPutBackWithItsHead) {
  world_.close();
  const std::string kept = world_.path() + "/kept";
  const std::string segment = world_.journal_path() + "/" + journal::segment_name(1);
  std::filesystem::copy_file(segment, kept);
  const journal::HeadState before = head();
  world_.open();
  commit({scribe_.claim(1)});
  world_.close();
  std::filesystem::copy_file(kept, segment, std::filesystem::copy_options::overwrite_existing);
  put_head(before.anchor);
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 1U);
  EXPECT_TRUE(names(verified, "chain",
                    "the journal ends at record 3, but RocksDB holds record 4: an older journal "
                    "was put back"));
  EXPECT_TRUE(names(verified, "chain", "do not make RocksDB anew from this one"));
}

TEST_F(Verify, ReadsTheWholeJournalAlsoWithoutAStore) {
  commit({scribe_.claim(1)});
  world_.close();
  std::filesystem::remove_all(world_.rocks_path());
  const Verified verified = verify();
  EXPECT_EQ(verified.differences.total(), 1U);
  EXPECT_TRUE(names(verified, "rocksdb", "no store is there: mount its disk"));
  EXPECT_EQ(verified.records, 4U);
  EXPECT_EQ(verified.claims, 1U);
  EXPECT_FALSE(verified.compared);
}

TEST_F(Verify, NamesAStoreThatDoesNotOpenAndADamagedJournalBoth) {
  commit({scribe_.claim(1)});
  world_.close();
  std::filesystem::remove(world_.rocks_path() + "/CURRENT");
  flip_a_byte(world_.journal_path() + "/" + journal::segment_name(1));
  const Verified verified = verify();
  EXPECT_TRUE(names(verified, "rocksdb", "its file CURRENT is missing"));
  EXPECT_TRUE(names(verified, "chain", "0000000001.seg at byte "));
}

TEST_F(Verify, NamesAJournalThatIsGoneAndTheMirrorThatHasIt) {
  commit({scribe_.claim(1)});
  world_.close();
  make_mirror();
  remove_segments();
  const Verified verified = verify();
  EXPECT_TRUE(names(verified, "chain", "no segment of a journal is here: mount its disk"));
  EXPECT_TRUE(names(verified, "mirror", "goes on to record 4, behind the journal"));
}

TEST_F(Verify, CannotLookWhereNothingOfASwitchIs) {
  world_.close();
  std::filesystem::remove_all(world_.rocks_path());
  std::filesystem::remove(world_.path() + "/head/head");
  remove_segments();
  const auto nothing = look();
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, core::Errc::kNotFound);
  EXPECT_NE(nothing.error().context.find("mount the disks"), std::string::npos);
}

}  // namespace
}  // namespace wasl::store
