#include "journal/journal.hpp"

#include <gtest/gtest.h>

#include <random>

#include "journal_setup.hpp"
#include "support/seed.hpp"

namespace wasl::test {
namespace {

using core::Errc;
using journal::Anchor;

TEST(Journal, GivesBackEveryPayloadInOrder) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({"a", "b"}, 10));
  ASSERT_TRUE(setup.append({"c"}, 11));
  const auto all = setup.read_all();
  ASSERT_TRUE(all) << describe(all.error());
  EXPECT_EQ(*all, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Journal, GivesAReceiptPerPayloadAndTheAnchorOfTheLast) {
  JournalSetup setup;
  setup.start();
  const auto appended = setup.append({"a", "b"}, 10);
  ASSERT_TRUE(appended);
  ASSERT_EQ(appended->receipts.size(), 2);
  EXPECT_EQ(appended->receipts[0].sequence, 1);
  EXPECT_EQ(appended->receipts[1].sequence, 2);
  EXPECT_EQ(appended->anchor.sequence, 2);
  EXPECT_EQ(appended->anchor.hash, appended->receipts[1].hash);
  EXPECT_EQ(appended->anchor.group, journal::Position{});
  EXPECT_EQ(setup.journal->last(), appended->anchor);
  EXPECT_EQ(appended->stored_bytes, 2 * (journal::kRecordHeaderBytes + 1));
}

TEST(Journal, GoesOnWhereItStopped) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({"a"}, 10));
  const Anchor before = setup.journal->last();
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.journal->last(), before);
  EXPECT_EQ(setup.journal->last_now_ms(), 10);
  const auto appended = setup.append({"b"}, 11);
  ASSERT_TRUE(appended);
  EXPECT_EQ(appended->anchor.sequence, 2);
  EXPECT_EQ(setup.read_all()->size(), 2);
}

TEST(Journal, CrossesSegmentsAndReopensInEach) {
  JournalSetup setup(true);
  setup.start();
  for (std::size_t i = 0; i < 60; ++i) {
    ASSERT_TRUE(setup.append({payload_of(700 + i), payload_of(300)}));
    if (i % 7 == 0) {
      ASSERT_TRUE(setup.open(setup.journal->last()));
    }
    if (i % 3 == 0) {
      ASSERT_TRUE(setup.journal->prepare_slice());
    }
  }
  EXPECT_GE(setup.journal->last().group.segment, 5);
  while (!*setup.journal->prepare_slice()) continue;
  EXPECT_EQ(setup.read_all("journal")->size(), 120);
  EXPECT_EQ(setup.disk.image("journal"), setup.disk.image("mirror"));
}

TEST(Journal, RandomGroupsComeBackWhole) {
  std::mt19937_64 random(seed_of_run(7));
  JournalSetup setup;
  setup.start();
  std::vector<std::string> written;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> group(1 + random() % 6);
    for (std::string& payload : group) {
      payload.resize(1 + random() % 900);
      // Zeros too: a payload may end in them, and may be nothing else.
      for (char& c : payload) c = static_cast<char>(random() % 3);
    }
    ASSERT_TRUE(setup.append(group));
    written.insert(written.end(), group.begin(), group.end());
    if (random() % 20 == 0) {
      ASSERT_TRUE(setup.open());
    }
  }
  EXPECT_EQ(*setup.read_all(), written);
}

TEST(Journal, FillsASegmentToItsLastByte) {
  JournalSetup setup;
  setup.start();
  const std::uint64_t room = setup.journal->group_bytes_max();
  EXPECT_EQ(room, kSmallSegment - journal::kSegmentHeaderBytes);
  ASSERT_TRUE(setup.append({payload_of(room - journal::kRecordHeaderBytes)}));
  ASSERT_TRUE(setup.open());
  ASSERT_TRUE(setup.append({"next"}));
  EXPECT_EQ(setup.journal->last().group.segment, 2);
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.read_all()->size(), 2);
}

TEST(Journal, RefusesGroupsOutsideItsLimitsAndGoesOn) {
  JournalSetup setup;
  setup.options.segment_bytes = 16 * 1024 * 1024;
  setup.start();
  const auto over = [&](const std::vector<std::string>& payloads) {
    const auto appended = setup.append(payloads);
    return !appended && appended.error().code == Errc::kLimit;
  };
  EXPECT_TRUE(over({}));
  EXPECT_TRUE(over({""}));
  EXPECT_TRUE(over({payload_of(journal::kPayloadBytesMax + 1)}));
  EXPECT_TRUE(over(std::vector<std::string>(journal::kGroupRecordsMax + 1, "x")));
  EXPECT_TRUE(over(std::vector<std::string>(33, payload_of(journal::kPayloadBytesMax))));
  EXPECT_TRUE(setup.append({payload_of(journal::kPayloadBytesMax)}));
  EXPECT_TRUE(setup.append({payload_of(journal::kPayloadBytesMax - 1)}));
  EXPECT_TRUE(setup.append(std::vector<std::string>(journal::kGroupRecordsMax, "x")));
  EXPECT_TRUE(setup.append(std::vector<std::string>(journal::kGroupRecordsMax - 1, "x")));
  EXPECT_FALSE(setup.journal->poisoned());
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.journal->last().sequence, 2 + 2 * journal::kGroupRecordsMax - 1);
}

TEST(Journal, TakesAGroupOfExactlyTheMostBytes) {
  JournalSetup setup;
  setup.start();
  const std::uint64_t most = setup.journal->group_bytes_max() - journal::kRecordHeaderBytes;
  EXPECT_EQ(setup.append({payload_of(most + 1)}).error().code, Errc::kLimit);
  EXPECT_TRUE(setup.append({payload_of(most)}));
  EXPECT_TRUE(setup.append({payload_of(most - 1)}));
  EXPECT_EQ(setup.read_all()->size(), 2);
}

TEST(Journal, RefusesSegmentSizesOutsideTheirBounds) {
  for (const std::uint64_t bytes : {journal::kSegmentBytesMin - 512, journal::kSegmentBytesMin + 1,
                                    journal::kSegmentBytesMax + 512, std::uint64_t{0}}) {
    JournalSetup setup;
    setup.options.segment_bytes = bytes;
    const auto created = setup.create();
    ASSERT_FALSE(created) << bytes;
    EXPECT_EQ(created.error().code, Errc::kConfiguration);
  }
}

TEST(Journal, IsNeverMadeByOpen) {
  JournalSetup setup;
  expect_refused(setup.open(), Errc::kNotFound, "wasl init");
  EXPECT_TRUE(setup.disk.names("journal").empty());
  EXPECT_TRUE(setup.disk.names("head").empty());
}

TEST(Journal, IsNotMadeWhereOneIs) {
  JournalSetup setup;
  ASSERT_TRUE(setup.create());
  expect_refused(setup.create(), Errc::kExists, "journal/0000000001.seg");
}

TEST(Journal, HeadFollowsWhenTold) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({"a", "b"}));
  EXPECT_EQ(setup.journal->head_lag(), 2);
  EXPECT_EQ(journal::read_head(*setup.disk.directory("head"))->anchor.sequence, 0);
  ASSERT_TRUE(setup.journal->advance_head());
  EXPECT_EQ(setup.journal->head_lag(), 0);
  EXPECT_EQ(journal::read_head(*setup.disk.directory("head"))->anchor, setup.journal->last());
  const std::uint64_t steps = setup.disk.steps();
  ASSERT_TRUE(setup.journal->advance_head());
  EXPECT_EQ(setup.disk.steps(), steps) << "nothing new: nothing written";
}

TEST(Journal, HeadWritesItsSlotsInTurn) {
  JournalSetup setup;
  setup.start();
  const auto directory = setup.disk.directory("head");
  ASSERT_TRUE(setup.append({"a"}));
  ASSERT_TRUE(setup.journal->advance_head());
  Anchor before;
  int slot = journal::read_head(*directory)->slot;
  for (int i = 0; i < 5; ++i) {
    before = setup.journal->last();
    ASSERT_TRUE(setup.append({"a"}));
    ASSERT_TRUE(setup.journal->advance_head());
    const auto state = journal::read_head(*directory);
    ASSERT_TRUE(state);
    EXPECT_EQ(state->anchor, setup.journal->last());
    EXPECT_EQ(state->slot, 1 - slot);
    slot = state->slot;
  }
  setup.damage("head", "head", (slot == 0 ? 0 : journal::kHeadSlotDistance) + 30);
  const auto damaged = journal::read_head(*directory);
  ASSERT_TRUE(damaged);
  EXPECT_EQ(damaged->anchor, before) << "one head earlier";
  EXPECT_TRUE(damaged->other_damaged);
}

TEST(Journal, PreparesTheNextSegmentBeforeItIsNeeded) {
  JournalSetup setup(true);
  setup.start();
  for (bool done = false; !done;) {
    const auto prepared = setup.journal->prepare_slice();
    ASSERT_TRUE(prepared);
    done = *prepared;
  }
  const std::uint64_t most = setup.journal->group_bytes_max() - journal::kRecordHeaderBytes;
  ASSERT_TRUE(setup.append({payload_of(most)}));
  const std::uint64_t steps = setup.disk.steps();
  ASSERT_TRUE(setup.append({"next"}));
  EXPECT_EQ(setup.disk.steps() - steps, 4) << "one write and one sync per copy";
  EXPECT_EQ(setup.journal->last().group.segment, 2);
}

// What waits for idleness is as well never done under load, and all at once it holds groups up.
TEST(Journal, AsksForASliceOfTheNextSegmentAsTheCurrentOneIsUsed) {
  JournalSetup setup(true);
  setup.options.segment_bytes = 8 * 1024 * 1024;
  setup.start();
  ASSERT_TRUE(setup.journal->prepare_slice());
  EXPECT_FALSE(setup.journal->slice_urgent()) << "a megabyte of it is there, nothing is used";
  const std::string megabyte = payload_of(1024 * 1024 / 16);
  ASSERT_TRUE(setup.append(std::vector(16, megabyte)));
  ASSERT_TRUE(setup.journal->slice_urgent());
  while (setup.journal->slice_urgent()) ASSERT_TRUE(setup.journal->prepare_slice());
  EXPECT_FALSE(setup.journal->next_segment_ready()) << "the rest can wait";
  ASSERT_TRUE(setup.append(std::vector(16, megabyte)));
  ASSERT_TRUE(setup.append(std::vector(16, megabyte)));
  ASSERT_TRUE(setup.append(std::vector(16, megabyte)));
  while (setup.journal->slice_urgent()) ASSERT_TRUE(setup.journal->prepare_slice());
  EXPECT_TRUE(setup.journal->next_segment_ready()) << "when half is used";
}

TEST(Journal, APreparedSegmentIsNoGroup) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({"a"}));
  ASSERT_TRUE(*setup.journal->prepare_slice());
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.journal->last().sequence, 1);
  EXPECT_TRUE(setup.report.dropped.empty());
}

TEST(Reader, StartsBehindAnyAnchorAndSeesTheSameChain) {
  JournalSetup setup;
  setup.start();
  std::vector<Anchor> anchors = {journal::genesis(JournalSetup::data_id())};
  for (std::size_t i = 0; i < 40; ++i) {
    const auto appended = setup.append({payload_of(500 + i), "second"});
    ASSERT_TRUE(appended);
    anchors.push_back(appended->anchor);
  }
  const auto directory = setup.disk.directory("journal");
  for (std::size_t from = 0; from < anchors.size(); ++from) {
    auto reader = journal::Reader::open(*directory, anchors[from]);
    ASSERT_TRUE(reader) << describe(reader.error());
    for (std::size_t at = from + 1; at < anchors.size(); ++at) {
      const auto group = reader->next();
      ASSERT_TRUE(group && *group);
      EXPECT_EQ((*group)->anchor, anchors[at]);
    }
    const auto behind = reader->next();
    EXPECT_TRUE(behind && !*behind);
    EXPECT_EQ(reader->last(), setup.journal->last());
  }
}

TEST(Reader, NeverWrites) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({payload_of(3000)}));
  setup.disk.cut_at(1, Moment::kDuring);
  EXPECT_FALSE(setup.append({payload_of(3000)}));
  setup.disk.restart();
  const std::uint64_t steps = setup.disk.steps();
  ASSERT_TRUE(setup.read_all());
  const auto directory = setup.disk.directory("journal");
  auto reader = journal::Reader::open(*directory, journal::genesis(JournalSetup::data_id()));
  ASSERT_TRUE(reader);
  while (*reader->next()) continue;
  EXPECT_TRUE(reader->judge_rest());
  EXPECT_EQ(setup.disk.steps(), steps);
  EXPECT_EQ(*journal::read_data_id(*setup.disk.directory("journal")), JournalSetup::data_id());
}

TEST(Journal, LeavesTheRecordOfTheGroupBeforeUntouched) {
  JournalSetup setup;
  setup.start();
  ASSERT_TRUE(setup.append({"a"}));
  ASSERT_TRUE(setup.append({"b"}));
  const auto before = setup.disk.contents("journal", "0000000001.seg");
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.report.rewritten, 2);
  EXPECT_EQ(setup.disk.contents("journal", "0000000001.seg"), before);
  ASSERT_TRUE(setup.open());
  EXPECT_EQ(setup.report.rewritten, 0);
}

}  // namespace
}  // namespace wasl::test
