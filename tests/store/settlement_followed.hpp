#pragma once
// A fund that settles, for tests of verify: whatever is asked is decided and applied as the switch
// does it, its record is followed by the checks, and the rows can be damaged before they are
// compared. One thread.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/settling.hpp"
#include "store/store_world.hpp"
#include "store/verify_claims.hpp"
#include "store/world_rows.hpp"

namespace wasl::test {

class SettlementFollowed : public Settling {
 protected:
  void SetUp() override {
    Settling::SetUp();
    auto made = store::ClaimCheck::make(places_.path() + "/scratch", differences_);
    ASSERT_TRUE(made);
    check_.emplace(std::move(*made));
    auto rocks = store::Rocks::create({.path = places_.path() + "/rows"}, journal::genesis({}));
    ASSERT_TRUE(rocks);
    rocks_ = std::move(*rocks);
  }

  // Decided and applied, and its record followed.
  template <typename Made>
  Made ask(const core::Command& command) {
    const core::Decision decision = world.decide(command);
    if (core::changes_state(command, decision)) {
      follow(world.sequence + 1, command, decision);
      (void)world.run(command);
    }
    return std::get<Made>(decision);
  }
  // A record that says so, whatever would be decided.
  void follow(core::Sequence sequence, core::Command command, core::Decision decision) {
    core::RecordView record;
    record.command = std::move(command);
    record.decision = std::move(decision);
    ASSERT_TRUE(check_->take(record, {sequence, world.now}));
  }

  // Owed to the pharmacy from then on.
  core::ClaimId accept_claim() {
    const auto prescription = "RX-F" + std::to_string(++asked_);
    const core::Command claim = world.claim({line("A", dzd(100))}, {.prescription = prescription});
    const core::Cents insurer = ask<core::ClaimDecision>(claim).insurer;
    const core::ClaimId id = world.sequence;
    const auto closed = ask<core::ClosingDecision>(closing({{id, insurer}}, id));
    EXPECT_EQ(ask<core::ReviewDecision>(review(closed.first, {}, true)).accepted.claims, 1U);
    return id;
  }
  // Owed to the insured person.
  core::Command approve_refund() {
    const auto prescription = "RF-F" + std::to_string(++asked_);
    core::Command refund = world.claim(
        {line("C", dzd(100))}, {.kind = core::ClaimKind::kRefund, .prescription = prescription});
    EXPECT_EQ(ask<core::ClaimDecision>(refund).outcome, core::Outcome::kApproved);
    return refund;
  }

  core::Sequence propose_run() {
    EXPECT_EQ(ask<core::RunDecision>(proposal()).reason, core::Reason::kNone);
    return world.sequence;
  }
  // Of everything that is owed.
  core::Sequence fill_run() {
    const core::Sequence run = propose_run();
    EXPECT_EQ(ask<core::CollectDecision>(step(run)).state, core::RunState::kProposed);
    return run;
  }
  core::Sequence approve_run() {
    const core::Sequence run = fill_run();
    EXPECT_EQ(ask<core::RunDecision>(approval(run)).reason, core::Reason::kNone);
    return run;
  }
  core::Sequence export_run() {
    const core::Sequence run = approve_run();
    const auto exported = ask<core::ExportDecision>(of_fund("004", core::ExportRun{run, 500}));
    EXPECT_EQ(exported.state, core::RunState::kExported);
    return run;
  }
  void cancel_run(core::Sequence run) {
    const auto cancelled = ask<core::RunDecision>(of_fund("003", core::CancelRun{run}));
    EXPECT_EQ(cancelled.state, core::RunState::kCancelled);
  }

  core::StatusFileDecision ask_file(core::Request request) {
    return ask<core::StatusFileDecision>(of_fund("005", std::move(request)));
  }
  core::Sequence begin_file(std::size_t entries) {
    EXPECT_EQ(ask_file(opening("BANK-F" + std::to_string(++asked_), entries)).reason,
              core::Reason::kNone);
    return world.sequence;
  }
  // Received in parts of one entry each.
  core::Sequence receive_file(const std::vector<core::StatusEntry>& entries) {
    const core::Sequence file = begin_file(entries.size());
    std::uint16_t part = 0;
    for (const core::StatusEntry& entry : entries) {
      const auto received = ask_file(core::ReceiveStatuses{file, ++part, {entry}});
      EXPECT_EQ(received.reason, core::Reason::kNone);
    }
    return file;
  }
  // And carried out.
  void hear(const std::vector<core::StatusEntry>& entries) {
    const core::Sequence file = receive_file(entries);
    core::StatusFileDecision told;
    do {
      told = ask_file(core::ApplyStatuses{file});
      ASSERT_EQ(told.reason, core::Reason::kNone);
    } while (told.state != core::StatusFileState::kApplied);
  }

  // The only row of its kind.
  template <typename T>
  T& only() {
    T* found = nullptr;
    for (auto& [key, row] : world.rows) {
      auto* one = std::get_if<T>(&row);
      if (one == nullptr) continue;
      EXPECT_EQ(found, nullptr) << "there are several";
      found = one;
    }
    EXPECT_NE(found, nullptr);
    return *found;
  }

  // What is wrong with the rows as they are now.
  std::vector<std::string> found() {
    store::RocksBatch batch = all_rows(world);
    EXPECT_TRUE(rocks_->write(batch, rocks_->applied()));
    EXPECT_TRUE(check_->compare_rows(*rocks_));
    std::vector<std::string> whats;
    for (const store::Difference& each : differences_.named()) {
      whats.push_back(each.where + ": " + each.what);
    }
    return whats;
  }
  // That this is among what is wrong.
  void expect_named(const std::string& what) {
    const std::vector<std::string> whats = found();
    const bool named = std::ranges::any_of(
        whats, [&](const std::string& each) { return each.find(what) != std::string::npos; });
    EXPECT_TRUE(named) << "not named: " << what << "; but " << testing::PrintToString(whats);
  }

 private:
  StoreWorld places_;
  store::Differences differences_;
  std::optional<store::ClaimCheck> check_;
  std::unique_ptr<store::Rocks> rocks_;
  int asked_ = 0;
};

}  // namespace wasl::test
