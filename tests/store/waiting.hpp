#pragma once
// A store that holds a world's rows as they are now, and what a look at it says waits. One thread.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "core/settling.hpp"
#include "store/pending_scan.hpp"
#include "store/rocks.hpp"
#include "store/store_world.hpp"
#include "store/stored_row.hpp"

namespace wasl::test {

class Waiting : public Settling {
 protected:
  void SetUp() override {
    Settling::SetUp();
    auto rocks = store::Rocks::create({.path = places_.path() + "/rows"}, journal::genesis({}));
    ASSERT_TRUE(rocks);
    rocks_ = std::move(*rocks);
  }

  // All rows as they are now, and no others.
  void store_rows() {
    store::RocksBatch batch;
    for (const auto& [key, row] : world.rows) {
      std::string bytes;
      if (!std::holds_alternative<std::monostate>(row)) store::encode_stored(key, row, bytes);
      batch.change(key.view(), bytes);
    }
    std::map<core::RowKey, std::string> index = world.index;
    core::encode_entry(*world.reference.fund(fund()), index[core::fund_key(fund())]);
    const core::Rulebook& rulebook = *world.reference.rulebook_of(fund());
    core::encode_entry(rulebook, index[core::rulebook_key(rulebook.scheme)]);
    for (const auto& [key, bytes] : stored_) {
      if (!index.contains(key)) batch.change(key.view(), "");
    }
    for (const auto& [key, bytes] : index) batch.change(key.view(), bytes);
    stored_ = std::move(index);
    ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  }

  // A claim that its centre has rejected.
  core::Command rejected(std::string_view service = "2026-03-10") {
    const std::string prescription = "RJ-" + std::to_string(world.sequence);
    core::Command claim =
        world.claim({line("A", dzd(100))},
                    {.prescription = prescription, .service = service, .prescribed = service});
    EXPECT_EQ(world.submit(claim).outcome, core::Outcome::kApproved);
    const core::ClaimId id = world.sequence;
    EXPECT_EQ(run_review(review(close(), {reject(id)})).reason, core::Reason::kNone);
    return claim;
  }
  void begin_day() {
    core::Command begin;
    begin.request = core::AdvanceBusinessDay{fund(), core::business_date(dz_cnas(), world.now)};
    world.run(begin);
  }
  core::Command entry(core::Role role, std::string_view at, std::string_view by,
                      core::Payee payee) {
    core::Command made = world.command(
        role, at,
        core::SetPayoutAccount{std::move(payee), std::string(kOtherRib), /*withdraw=*/false});
    made.by = code<core::OperatorId>(by);
    return made;
  }

  core::Result<std::optional<core::PendingReport>> scan() {
    return scan_.read(*rocks_, world.now, stopped_);
  }
  // Of the fund, which must be the only one.
  core::FundPending found() {
    store_rows();
    const auto report = scan();
    if (!report || !*report || (*report)->funds.size() != 1) {
      ADD_FAILURE() << "no report of one fund";
      return {};
    }
    EXPECT_EQ((*report)->funds.front().fund, fund());
    return (*report)->funds.front();
  }
  // "state items late" of what waits.
  std::string waiting() {
    std::string text;
    const core::FundPending fund = found();
    for (std::size_t state = 0; state < core::kPendingStates; ++state) {
      const core::Pending& each = fund.states[state];
      if (each.items == 0) continue;
      if (!text.empty()) text += ", ";
      text += std::string(core::name(core::PendingState(state)).state) + " " +
              std::to_string(each.items) + " " + std::to_string(each.late);
    }
    return text;
  }

  StoreWorld places_;
  std::unique_ptr<store::Rocks> rocks_;
  store::PendingScan scan_;
  std::atomic<bool> stopped_ = false;

 private:
  std::map<core::RowKey, std::string> stored_;  // Of no row of a Row.
};

}  // namespace wasl::test
