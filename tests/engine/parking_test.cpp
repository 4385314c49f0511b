#include "engine/parking.hpp"

#include <gtest/gtest.h>

namespace wasl::engine {
namespace {

// An item of a batch that changes the reference; each has a request row of its own.
Submission put_product(std::uint16_t index) {
  Submission submission;
  submission.command.from = {core::Role::kAuthority, *core::ParticipantId::make("AUTH")};
  submission.command.index = index;
  submission.command.request = core::PutProduct{};
  return submission;
}

core::RowKey request_row(std::uint16_t index) {
  const core::Command command = put_product(index).command;
  return core::request_key(command.from, command.request_id, index);
}

core::RowKey participant_row() { return core::registration_key(put_product(0).command.from); }

TEST(Parking, LetsChangesOfTheReferenceThroughInTheOrderOfTheirArrival) {
  RowCache cache(100);
  Parking parking(cache, 100);
  Submission first = put_product(0);
  Submission second = put_product(1);
  ASSERT_TRUE(parking.admit(first, {}));
  ASSERT_TRUE(parking.admit(second, {}));
  parking.take_loaded({{participant_row(), core::Registration{}}, {request_row(1), {}}});
  EXPECT_EQ(parking.next_ready(), nullptr) << "the first still waits for its row";

  parking.take_loaded({{request_row(0), {}}});
  for (std::uint16_t index = 0; index < 2; ++index) {
    Pending* const ready = parking.next_ready();
    ASSERT_NE(ready, nullptr);
    EXPECT_EQ(ready->submission.command.index, index);
    parking.release(ready);
  }
  EXPECT_EQ(parking.size(), 0U);
}

// Whoever reuses the request id of a presented claim is shown its state: one row more.
TEST(Parking, HasRoomForTheBordereauOfAClaimWhoseRequestIdIsUsedAgain) {
  core::RequestRow presented;
  presented.state = core::RequestState::kPresented;
  presented.answered = true;
  presented.fund = *core::FundCode::make("CNAS");
  presented.bordereau = 7;
  const core::Request reusing[] = {core::SubmitClaim{},  core::ReverseClaim{},
                                   core::CorrectClaim{}, core::CloseBordereau{},
                                   core::UpdateCard{},   core::RequestPriorAgreement{},
                                   core::GetRights{}};
  for (const core::Request& request : reusing) {
    RowCache cache(100);
    Parking parking(cache, 200);
    Submission submission;
    submission.command.from = {core::Role::kProvider, *core::ParticipantId::make("16-004512")};
    submission.command.request = request;
    const core::RowKey own = core::request_key(submission.command.from, {}, 0);
    ASSERT_TRUE(parking.admit(submission, {}));
    // Every row that is asked for comes, until none is.
    for (Loads loads = parking.take_loads(); !loads.claims.empty() || !loads.reserved.empty();
         loads = parking.take_loads()) {
      std::vector<core::LoadedRow> rows;
      for (const auto& lane : {loads.claims, loads.reserved}) {
        for (const core::Wanted& wanted : lane) {
          rows.push_back({wanted.key, wanted.key == own ? core::Row{presented} : core::Row{}});
        }
      }
      parking.take_loaded(std::move(rows));
    }
    Pending* const ready = parking.next_ready();
    ASSERT_NE(ready, nullptr) << core::name(core::deed_of(request));
    EXPECT_NE(ready->rows.at(core::Slot::kBordereau), nullptr);
    parking.release(ready);
  }
}

// The store was told whose history is needed behind the card, and brought it with the account.
TEST(Parking, AsksOnceForAClaimWhoseAccountAndHistoryComeWithItsCardsLink) {
  const core::InsuredNumber insured = *core::InsuredNumber::make("I7");
  core::SubmitClaim claim;
  claim.claim.card.number = *core::CardNumber::make("C7");
  claim.claim.rank = 3;
  Submission submission;
  submission.command.from = {core::Role::kProvider, *core::ParticipantId::make("16-004512")};
  submission.command.request = claim;
  RowCache cache(100);
  Parking parking(cache, 100);
  ASSERT_TRUE(parking.admit(submission, {}));

  const core::RowKey card = core::card_key(claim.claim.card.number);
  std::vector<core::LoadedRow> rows{
      {.key = core::account_key(insured), .row = core::Account{}, .as_of = 5},
      {.key = core::history_key(insured, 3), .row = {}, .as_of = 5}};
  for (const core::Wanted& wanted : parking.take_loads().claims) {
    const bool is_card = wanted.key == card;
    EXPECT_EQ(wanted.rank, is_card ? std::optional<std::uint8_t>{3} : std::nullopt);
    rows.push_back({wanted.key, is_card ? core::Row{core::CardLink{insured}} : core::Row{}});
  }
  parking.take_loaded(std::move(rows));
  EXPECT_TRUE(parking.take_loads().claims.empty());
  Pending* const ready = parking.next_ready();
  ASSERT_NE(ready, nullptr);
  EXPECT_NE(ready->rows.get<core::Account>(core::Slot::kAccount), nullptr);
  EXPECT_NE(ready->rows.at(core::history_slot(3)), nullptr);
  parking.release(ready);
}

// A step of a settlement run whose items are each of another provider: what is owed, its bordereau,
// the provider, and what it owes back.
TEST(Parking, HasRoomForAStepOfARunThatPaysEachItemToAnother) {
  const core::FundCode fund = *core::FundCode::make("CNAS");
  core::SettlementRun run;
  run.fund = fund;
  run.id = 5;
  Submission submission;
  submission.command.from = {core::Role::kFund, *core::ParticipantId::make("CNAS")};
  submission.command.request = core::CollectRun{run.id};
  core::OwedPage page;
  for (std::size_t i = 0; i < core::kStepItemsMax; ++i) {
    core::Owed owed;
    owed.fund = fund;
    owed.payee = core::Participant{core::Role::kProvider,
                                   *core::ParticipantId::make("16-" + std::to_string(1000 + i))};
    owed.item.record = i + 1;
    owed.item.of = core::AcceptedItem{.bordereau = 1};
    page.owed.push_back(owed);
  }
  submission.command.owed = page;
  RowCache cache(1000);
  Parking parking(cache, 1000);
  ASSERT_TRUE(parking.admit(submission, {}));
  const core::RowKey its_run = core::run_key(fund, run.id);
  for (Loads loads = parking.take_loads(); !loads.claims.empty(); loads = parking.take_loads()) {
    std::vector<core::LoadedRow> rows;
    for (const core::Wanted& wanted : loads.claims) {
      rows.push_back({wanted.key, wanted.key == its_run ? core::Row{run} : core::Row{}});
    }
    parking.take_loaded(std::move(rows));
  }
  Pending* const ready = parking.next_ready();
  ASSERT_NE(ready, nullptr);
  EXPECT_NE(ready->rows.at(core::Slot::kListedReceivable, core::kStepItemsMax - 1), nullptr);
  parking.release(ready);
}

}  // namespace
}  // namespace wasl::engine
