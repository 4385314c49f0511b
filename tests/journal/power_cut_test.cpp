// Power cuts at seeded points before, in and after every write, sync and change of names. The judge
// is a record kept outside the disk: every acknowledged group is there, byte for byte; a group in
// doubt is whole or absent, and what one recovery said of it, every later one says too.

#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "journal_setup.hpp"
#include "support/seed.hpp"

namespace wasl::test {
namespace {

using journal::Anchor;
using Payloads = std::vector<std::string>;

constexpr int kCuts = 1000;
// Enough steps for a recovery, several groups, a change of segment and a head.
constexpr std::uint64_t kStepsMax = 90;

class Rounds {
 public:
  explicit Rounds(std::uint64_t seed) : random_(seed), setup_(random_() % 2 == 0, random_()) {
    setup_.options.segment_bytes = 8 * 1024;
    anchors_.push_back(journal::genesis(JournalSetup::data_id()));
  }

  JournalSetup& setup() { return setup_; }

  // Creates under a cut first, sometimes: a journal half made is no journal, and can be made again.
  void create() {
    if (random_() % 8 == 0) {
      cut_soon(20);
      const bool created = setup_.create().has_value();
      setup_.disk.restart();
      const auto opened = setup_.open();
      if (opened) return;
      ASSERT_FALSE(created) << describe(opened.error());
      for (const char* path : {"journal", "head", "mirror"}) setup_.disk.restore(path, {});
    }
    ASSERT_TRUE(setup_.create());
  }

  // One life of the process, ended by a cut. False if recovery refused or lost something.
  bool live() {
    cut_soon(kStepsMax);
    const bool sound = run();
    setup_.journal.reset();
    setup_.disk.restart();
    return sound;
  }

  // A last, undisturbed start.
  bool settle() { return recover(); }

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }
  [[nodiscard]] int doubts() const { return doubts_; }
  [[nodiscard]] int kept() const { return kept_; }
  [[nodiscard]] const std::string& complaint() const { return complaint_; }

 private:
  void cut_soon(std::uint64_t steps) {
    constexpr Moment kMoments[] = {Moment::kBefore, Moment::kDuring, Moment::kAfter};
    setup_.disk.cut_at(1 + random_() % steps, kMoments[random_() % 3]);
  }

  bool run() {
    if (!recover()) return !setup_.disk.power_is_on();
    while (setup_.disk.power_is_on()) {
      switch (random_() % 5) {
        case 0:
          (void)setup_.journal->advance_head();
          break;
        case 1:
          (void)setup_.journal->prepare_slice();
          break;
        default:
          append();
          break;
      }
      if (setup_.journal->poisoned()) break;
    }
    return true;
  }

  void append() {
    Payloads group(1 + random_() % 4);
    for (std::string& payload : group) {
      payload.resize(1 + random_() % 900);
      for (char& c : payload) c = static_cast<char>(random_());
    }
    const auto appended = setup_.append(group);
    if (!appended) {
      in_doubt_ = group;
      ++doubts_;
      return;
    }
    acknowledged_.insert(acknowledged_.end(), group.begin(), group.end());
    anchors_.push_back(appended->anchor);
  }

  bool recover() {
    std::optional<Anchor> from_store;
    if (random_() % 4 != 0) from_store = anchors_[random_() % anchors_.size()];
    const auto opened = setup_.open(from_store);
    if (!opened) return complain(describe(opened.error()));
    const auto found = setup_.read_all();
    if (!found) return complain(describe(found.error()));
    return settle_doubt(*found);
  }

  bool settle_doubt(const Payloads& found) {
    if (found.size() < acknowledged_.size() ||
        !std::equal(acknowledged_.begin(), acknowledged_.end(), found.begin())) {
      return complain("acknowledged records are gone");
    }
    const Payloads more(found.begin() + static_cast<std::ptrdiff_t>(acknowledged_.size()),
                        found.end());
    if (!more.empty() && more != in_doubt_) return complain("a group nobody sent, or half a group");
    if (!more.empty()) {
      ++kept_;
      anchors_.push_back(setup_.journal->last());
    }
    acknowledged_ = found;
    in_doubt_.clear();
    return true;
  }

  bool complain(const std::string& what) {
    if (setup_.disk.power_is_on()) complaint_ = what;
    return false;
  }

  std::mt19937_64 random_;
  JournalSetup setup_;
  Payloads acknowledged_;
  std::vector<Anchor> anchors_;
  Payloads in_doubt_;
  std::string complaint_;
  int doubts_ = 0;
  int kept_ = 0;
};

TEST(PowerCut, LosesNoAcknowledgedGroup) {
  const std::uint64_t seed = seed_of_run(20260310);
  std::size_t acknowledged = 0;
  int doubts = 0;
  int kept = 0;
  for (int cut = 0; cut < kCuts;) {
    Rounds rounds(seed + static_cast<std::uint64_t>(cut));
    rounds.create();
    for (int life = 0; life < 5; ++life, ++cut) {
      ASSERT_TRUE(rounds.live()) << "cut " << cut << ": " << rounds.complaint();
    }
    ASSERT_TRUE(rounds.settle()) << "cut " << cut << ": " << rounds.complaint();
    acknowledged += rounds.acknowledged();
    doubts += rounds.doubts();
    kept += rounds.kept();
  }
  std::cout << kCuts << " cuts, " << acknowledged << " records acknowledged, " << doubts
            << " groups in doubt of which " << kept << " stayed\n";
  EXPECT_GT(acknowledged, 1000);
  EXPECT_GT(doubts, 100);
  EXPECT_GT(kept, 10);
  EXPECT_LT(kept, doubts);
}

// One whole life from creation over two changes of segment to a restart.
core::Result<void> scripted_life(JournalSetup& setup, std::size_t& acknowledged) {
  const auto created = setup.create();
  if (!created) return created;
  for (int life = 0; life < 2; ++life) {
    const auto opened = setup.open(journal::genesis(JournalSetup::data_id()));
    if (!opened) return opened;
    for (int i = 0; i < 8; ++i) {
      const auto appended = setup.append({payload_of(1200), payload_of(700)});
      if (!appended) return std::unexpected(appended.error());
      acknowledged += 2;
      const auto prepared = setup.journal->prepare_slice();
      if (!prepared) return std::unexpected(prepared.error());
      if (i % 2 == 0) continue;
      const auto advanced = setup.journal->advance_head();
      if (!advanced) return advanced;
    }
  }
  return {};
}

TEST(PowerCut, AtEveryStepOfALifeLosesNothing) {
  constexpr Moment kMoments[] = {Moment::kBefore, Moment::kDuring, Moment::kAfter};
  bool finished = false;
  for (std::uint64_t step = 1; !finished; ++step) {
    for (std::uint64_t variant = 0; variant < 12; ++variant) {
      JournalSetup setup(variant % 2 == 0, step * 100 + variant);
      setup.options.segment_bytes = 8 * 1024;
      setup.disk.cut_at(step, kMoments[variant % 3]);
      std::size_t acknowledged = 0;
      finished = scripted_life(setup, acknowledged).has_value() && setup.disk.power_is_on();
      setup.disk.restart();
      const auto opened = setup.open(journal::genesis(JournalSetup::data_id()));
      if (!opened && acknowledged == 0) continue;
      ASSERT_TRUE(opened) << "step " << step << ", variant " << variant << ": "
                          << describe(opened.error());
      EXPECT_GE(setup.journal->last().sequence, acknowledged);
      EXPECT_LE(setup.journal->last().sequence, acknowledged + 2);
      EXPECT_EQ(setup.read_all()->size(), setup.journal->last().sequence);
    }
  }
}

// A torn group, wiped at the start, must not shine through the next one when that is torn too.
TEST(PowerCut, TwiceOnTheSameBytesLeavesOneTornGroupAtMost) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    JournalSetup setup(false, seed);
    setup.start();
    ASSERT_TRUE(setup.append({"durable"}));
    ASSERT_TRUE(setup.journal->advance_head());
    for (const char fill : {'a', 'b'}) {
      setup.disk.cut_at(1, Moment::kDuring);
      ASSERT_FALSE(setup.append({payload_of(2500, fill), payload_of(400, fill)}));
      setup.disk.restart();
      const auto opened = setup.open();
      ASSERT_TRUE(opened) << "seed " << seed << ": " << describe(opened.error());
    }
  }
}

// The control: a test that cannot lose anything proves nothing.
TEST(PowerCut, WithoutTheJournalsSyncLossesAreFound) {
  const std::uint64_t seed = seed_of_run(20260310);
  int losses = 0;
  for (std::uint64_t round = 0; round < 100; ++round) {
    Rounds rounds(seed + round);
    ASSERT_TRUE(rounds.setup().create());
    rounds.setup().disk.suppress_syncs("journal");
    rounds.setup().disk.suppress_syncs("mirror");
    if (!rounds.live() || !rounds.settle()) ++losses;
  }
  std::cout << losses << " of 100 cuts found a loss\n";
  EXPECT_GT(losses, 10);
}

}  // namespace
}  // namespace wasl::test
