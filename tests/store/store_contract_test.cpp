// What every core::Durable promises, run against RocksDB and against the simulator's ordered map.

#include <gtest/gtest.h>

#include <algorithm>

#include "store/scribe.hpp"
#include "store/store_world.hpp"
#include "support/ordered_map_store.hpp"
#include "support/simulated_disk.hpp"

namespace wasl::test {
namespace {

class RocksKit {
 public:
  RocksKit() { world_.create(); }
  void open() { world_.open(); }
  void kill() { world_.kill(); }
  void settle() {}  // Its threads need no push.
  core::Durable& durable() { return *world_.store; }
  RecordedCompletions& completions() { return *world_.completions; }
  [[nodiscard]] const journal::Anchor& last() const { return world_.last; }
  [[nodiscard]] const core::Reference& reference() const { return world_.reference; }
  std::map<core::RowKey, std::string> rows_at_rest() {
    world_.close();
    return rows_of(world_.places().rocks);
  }

 private:
  StoreWorld world_;
};

class MapKit {
  static constexpr journal::Options kSegments{.segment_bytes = 256 * 1024};

 public:
  MapKit() : disk_(1), journal_(disk_.directory("journal")), head_(disk_.directory("head")) {
    EXPECT_TRUE(OrderedMapStore::create(places(), kSegments, data_id(1), flushed_));
  }
  void open() {
    completions_ = std::make_unique<RecordedCompletions>();
    auto opened = OrderedMapStore::open(places(), kSegments, flushed_, *completions_);
    ASSERT_TRUE(opened) << core::describe(opened.error());
    store_ = std::move(opened->store);
    reference_ = std::move(opened->reference);
    last_ = store_->last();
  }
  void kill() { store_.reset(); }
  void settle() {
    for (auto works = store_->possible(); !works.empty(); works = store_->possible()) {
      store_->perform(works.front());
    }
  }
  core::Durable& durable() { return *store_; }
  RecordedCompletions& completions() { return *completions_; }
  [[nodiscard]] const journal::Anchor& last() const { return last_; }
  [[nodiscard]] const core::Reference& reference() const { return reference_; }
  std::map<core::RowKey, std::string> rows_at_rest() {
    std::map<core::RowKey, std::string> rows;
    for (const auto& [key, value] : store_->applied().rows) rows.emplace(core::RowKey(key), value);
    return rows;
  }

 private:
  [[nodiscard]] journal::Places places() const {
    return {.journal = *journal_, .head = *head_, .mirror = nullptr};
  }

  SimulatedDisk disk_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;
  OrderedRows flushed_;
  std::unique_ptr<RecordedCompletions> completions_;
  std::unique_ptr<OrderedMapStore> store_;
  core::Reference reference_;
  journal::Anchor last_;
};

template <typename Kit>
class StoreContract : public testing::Test {
 protected:
  void SetUp() override { kit_.open(); }

  core::Committed commit(core::Group group) {
    const core::Sequence first = group.first;
    kit_.durable().commit(std::move(group));
    kit_.settle();
    return kit_.completions().wait_committed(first);
  }
  core::Committed commit(const std::vector<Scribe::Deed>& deeds) {
    const core::Committed committed = commit(scribe_.group(deeds));
    scribe_.durable(committed);
    return committed;
  }
  void wait_applied(core::Sequence sequence) {
    kit_.settle();
    kit_.completions().wait_applied(sequence);
  }
  core::Row load(const core::RowKey& key, core::Lane lane = core::Lane::kClaims) {
    kit_.durable().load({{.key = key}}, lane);
    kit_.settle();
    return kit_.completions().wait_loaded(key);
  }
  core::Scanned scan(core::Scan scan) {
    const std::uint64_t id = scan.id = ++scans_;
    kit_.durable().scan(scan);
    kit_.settle();
    return kit_.completions().wait_scanned(id);
  }
  void restart() {
    kit_.kill();
    kit_.open();
  }

  Kit kit_;
  Scribe scribe_;
  std::uint64_t scans_ = 0;
};

using Kits = testing::Types<RocksKit, MapKit>;
TYPED_TEST_SUITE(StoreContract, Kits);

TYPED_TEST(StoreContract, ARowThatNobodyWroteIsAbsent) {
  EXPECT_EQ(this->load(link_key(1)), core::Row{});
  EXPECT_EQ(this->load(request_row_key(1), core::Lane::kReserved), core::Row{});
}

TYPED_TEST(StoreContract, WhatIsAppliedCanBeLoadedOnBothLanes) {
  this->commit({this->scribe_.put_account(1)});
  this->wait_applied(1);
  EXPECT_EQ(this->load(link_key(1)), link_row(1));
  EXPECT_EQ(this->load(link_key(1), core::Lane::kReserved), link_row(1));
}

TYPED_TEST(StoreContract, ManyKeysAreLoadedEachOnce) {
  std::vector<Scribe::Deed> deeds;
  std::vector<core::Wanted> rows;
  for (std::uint64_t i = 0; i < 200; ++i) {
    if (i % 3 == 0) deeds.push_back(this->scribe_.put_account(i));
    rows.push_back({.key = link_key(i)});
  }
  this->commit(deeds);
  this->wait_applied(deeds.size());
  this->kit_.durable().load(rows, core::Lane::kClaims);
  this->kit_.settle();
  for (std::uint64_t i = 0; i < 200; ++i) {
    const core::Row row = this->kit_.completions().wait_loaded(link_key(i));
    EXPECT_EQ(row, i % 3 == 0 ? link_row(i) : core::Row{}) << i;
  }
}

TYPED_TEST(StoreContract, BehindAClaimsCardComeItsAccountAndTheBeneficiarysHistory) {
  this->commit({this->scribe_.put_account(1), this->scribe_.claim(1)});
  this->wait_applied(2);
  const auto insured = std::get<core::CardLink>(link_row(1)).insured;
  this->kit_.durable().load({{.key = link_key(1), .rank = 1}}, core::Lane::kClaims);
  this->kit_.settle();
  EXPECT_EQ(this->kit_.completions().wait_loaded(link_key(1)), link_row(1));
  const core::Row account = this->kit_.completions().wait_loaded(core::account_key(insured));
  ASSERT_TRUE(std::holds_alternative<core::Account>(account));
  EXPECT_EQ(std::get<core::Account>(account).insured, insured);
  const core::Row history = this->kit_.completions().wait_loaded(core::history_key(insured, 1));
  EXPECT_EQ(history, this->load(core::history_key(insured, 1)));
}

TYPED_TEST(StoreContract, BehindACardThatNobodyHasComesNothing) {
  this->kit_.durable().load({{.key = link_key(1), .rank = 1}}, core::Lane::kClaims);
  this->kit_.settle();
  EXPECT_EQ(this->kit_.completions().wait_loaded(link_key(1)), core::Row{});
  const auto insured = std::get<core::CardLink>(link_row(1)).insured;
  EXPECT_FALSE(this->kit_.completions().has_loaded(core::account_key(insured)));
}

TYPED_TEST(StoreContract, ReceiptsAreTheRecordsHashesAndComeBackWithTheRow) {
  const Scribe::Deed account = this->scribe_.put_account(1);
  const Scribe::Deed claim = this->scribe_.claim(1);
  const core::Committed committed = this->commit({account, claim});
  ASSERT_EQ(committed.receipts.size(), 2U);
  EXPECT_NE(committed.receipts[0], committed.receipts[1]);
  this->wait_applied(2);
  const core::Row row = this->load(
      core::request_key(claim.command.from, claim.command.request_id, 0), core::Lane::kReserved);
  ASSERT_TRUE(std::holds_alternative<core::RequestRow>(row));
  EXPECT_EQ(std::get<core::RequestRow>(row).receipt, committed.receipts[1]);
  EXPECT_EQ(std::get<core::RequestRow>(row).body, Scribe::body(2));
}

TYPED_TEST(StoreContract, AReversedClaimKeepsTheReceiptOfItsAnswer) {
  this->commit({this->scribe_.put_account(1)});
  const Scribe::Deed claim = this->scribe_.claim(1);
  const core::Committed committed = this->commit({claim});
  this->commit({this->scribe_.reverse(claim.command.request_id, 2)});
  this->wait_applied(3);
  const core::Row row =
      this->load(core::request_key(claim.command.from, claim.command.request_id, 0));
  ASSERT_TRUE(std::holds_alternative<core::RequestRow>(row));
  EXPECT_EQ(std::get<core::RequestRow>(row).state, core::RequestState::kReversed);
  EXPECT_EQ(std::get<core::RequestRow>(row).receipt, committed.receipts[0]);
}

TYPED_TEST(StoreContract, TheLastVersionOfARowWinsHoweverGroupsAreBatched) {
  this->commit({this->scribe_.put_account(1)});
  for (int i = 0; i < 50; ++i) {
    this->commit({this->scribe_.claim(1), this->scribe_.claim(1)});
  }
  this->wait_applied(101);
  EXPECT_EQ(this->kit_.rows_at_rest(), this->scribe_.stored());
}

TYPED_TEST(StoreContract, TheLastVersionOfARowWinsWithinAGroup) {
  std::vector<Scribe::Deed> deeds = {this->scribe_.put_account(1)};
  for (core::Sequence claim = 2; deeds.size() < 100; claim += 2) {
    deeds.push_back(this->scribe_.claim(1));
    deeds.push_back(this->scribe_.reverse(deeds.back().command.request_id, claim));
  }
  this->commit(deeds);
  this->wait_applied(deeds.size());
  EXPECT_EQ(this->kit_.rows_at_rest(), this->scribe_.stored());
}

TYPED_TEST(StoreContract, AppliedOnlyEverGrowsAndNeverPassesCommitted) {
  for (std::uint64_t i = 1; i <= 30; ++i) this->commit({this->scribe_.put_account(i)});
  this->wait_applied(30);
  const auto applied = this->kit_.completions().applies();
  EXPECT_TRUE(std::ranges::is_sorted(applied));
  EXPECT_EQ(applied.back(), 30U);
  const core::Lag lag = this->kit_.durable().lag();
  EXPECT_EQ(lag.records, 0U);
  EXPECT_EQ(lag.bytes, 0U);
}

TYPED_TEST(StoreContract, ARemovedRowIsAbsent) {
  core::Group group = this->scribe_.group({this->scribe_.put_account(1)});
  this->commit(group);
  core::Group removing = this->scribe_.group({this->scribe_.put_account(2)});
  removing.changes.push_back({.key = link_key(1), .bytes = {}, .receipt_of = -1, .receipt = {}});
  this->commit(removing);
  this->wait_applied(2);
  EXPECT_EQ(this->load(link_key(1)), core::Row{});
  EXPECT_EQ(this->load(link_key(2)), link_row(2));
}

TYPED_TEST(StoreContract, AScanPagesThroughAPrefixInKeyOrder) {
  this->commit({this->scribe_.put_account(1)});
  for (int i = 0; i < 7; ++i) this->commit({this->scribe_.claim(1)});
  core::Scan scan;
  scan.prefix = core::claim_index_prefix(provider("16-000001"));
  scan.rows_max = 3;
  scan.not_before = 8;
  std::vector<core::Sequence> claims;
  for (int page = 0; page < 3; ++page) {
    const core::Scanned got = this->scan(scan);
    EXPECT_EQ(got.more, page < 2);
    ASSERT_FALSE(got.rows.empty());
    for (const auto& [key, value] : got.rows) claims.push_back(*core::indexed_sequence(key));
    scan.after = got.rows.back().first;
  }
  EXPECT_EQ(claims, (std::vector<core::Sequence>{2, 3, 4, 5, 6, 7, 8}));
}

TYPED_TEST(StoreContract, AScanEndsBeforeItsUpperBound) {
  this->commit(
      {this->scribe_.put_account(1), this->scribe_.put_account(2), this->scribe_.put_account(3)});
  core::Scan scan;
  scan.prefix = core::RowKey("C");
  scan.until = link_key(3);
  scan.rows_max = 10;
  scan.not_before = 3;
  const core::Scanned got = this->scan(scan);
  ASSERT_EQ(got.rows.size(), 2U);
  EXPECT_EQ(got.rows[0].first, link_key(1));
  EXPECT_EQ(got.rows[1].first, link_key(2));
  EXPECT_FALSE(got.more);
}

TYPED_TEST(StoreContract, AScanWaitsForTheRecordItMustSee) {
  core::Scan scan;
  scan.id = 77;
  scan.prefix = core::RowKey("C");
  scan.rows_max = 10;
  scan.not_before = 1;
  this->kit_.durable().scan(scan);
  this->commit({this->scribe_.put_account(1)});
  EXPECT_EQ(this->kit_.completions().wait_scanned(77).rows.size(), 1U);
}

TYPED_TEST(StoreContract, ARestartKeepsEverythingWhateverWasFlushed) {
  std::vector<Scribe::Deed> claims;
  this->commit(
      {this->scribe_.put_account(1), this->scribe_.put_account(2), this->scribe_.put_product(1)});
  for (int i = 0; i < 20; ++i) {
    claims.push_back(this->scribe_.claim(1 + static_cast<std::uint64_t>(i % 2)));
    this->commit({claims.back()});
    if (i % 5 == 4) {
      this->restart();
      EXPECT_EQ(this->kit_.last().sequence, this->scribe_.next() - 1);
    }
  }
  this->commit({this->scribe_.reverse(claims[3].command.request_id, 7)});
  this->restart();
  EXPECT_EQ(this->kit_.rows_at_rest(), this->scribe_.stored());
}

TYPED_TEST(StoreContract, ARestartGivesTheReferenceBack) {
  this->commit({this->scribe_.put_product(1)});
  this->restart();  // From the journal.
  this->restart();
  const auto* product = this->kit_.reference().product(*core::CatalogueCode::make("DZ"),
                                                       *core::ProductCode::make("P1"),
                                                       core::Day{std::chrono::year{2026} / 3 / 10});
  ASSERT_NE(product, nullptr);
  EXPECT_EQ(product->name, "Product 1");
}

}  // namespace
}  // namespace wasl::test
