// What verify asks of days: since when something is owed and by when it is due, the list of work
// and its deadlines, and the business days of a fund. Each damage of a row is named.

#include "core/index_rows.hpp"
#include "store/settlement_followed.hpp"

namespace wasl::store {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using test::day;

constexpr auto kNotWhereItWas = "is not where the records put it, or not so";
constexpr auto kNotWaitingSo = "bordereau: a list of work shows a bordereau as it does not wait";
constexpr auto kNotBegunSo = "settlement: a list shows a business day that did not begin so";

class DaysChecked : public test::SettlementFollowed {
 protected:
  static core::Command beginning(std::string_view date) {
    core::Command command;
    command.request = core::AdvanceBusinessDay{fund(), day(date)};
    return command;
  }
  void begin(std::string_view date) {
    world.set_today(date);
    EXPECT_EQ(ask<core::PlainDecision>(beginning(date)).reason, core::Reason::kNone);
  }
  // A bordereau of one claim that waits for its centre.
  core::ClaimId present() {
    const core::Command claim =
        world.claim({test::line("A", test::dzd(100))}, {.prescription = "RX-WAITS"});
    const core::Cents insurer = ask<core::ClaimDecision>(claim).insurer;
    const core::ClaimId id = world.sequence;
    EXPECT_EQ(ask<core::ClosingDecision>(closing({{id, insurer}}, id)).reason, core::Reason::kNone);
    return id;
  }
  core::ClaimId hold() {
    const core::ClaimId claim = present();
    const auto held = Presenting::hold(claim, "2026-03-12");
    EXPECT_EQ(ask<core::ReviewDecision>(review(1, {held})).held.claims, 1U);
    return claim;
  }
  // The only row of the list with that tag.
  std::pair<const core::RowKey, std::string>& listed(core::KeyTag tag) {
    const auto found = std::ranges::find_if(world.index, [&](const auto& each) {
      return each.first.view().front() == static_cast<char>(tag);
    });
    EXPECT_NE(found, world.index.end());
    return *found;
  }
  core::ReviewIndexRow waiting() {
    return core::decode_review_index_row(core::as_bytes(listed(core::KeyTag::kReviewIndex).second))
        .value();
  }
};

TEST_F(DaysChecked, NamesWhatIsOwedSinceAnotherTime) {
  accept_claim();
  only<core::Owed>().item.since += milliseconds{1};
  expect_named(kNotWhereItWas);
}

TEST_F(DaysChecked, NamesAnAcceptanceThatIsDueAnotherDay) {
  accept_claim();
  only<core::Owed>().item.due += days{1};
  expect_named(kNotWhereItWas);
}

TEST_F(DaysChecked, NamesARefundThatIsDueAnotherDay) {
  approve_refund();
  EXPECT_LT(only<core::Owed>().item.due, core::kDayMax);
  only<core::Owed>().item.due += days{1};
  expect_named(kNotWhereItWas);
}

TEST_F(DaysChecked, NamesAnItemOfAPayoutThatIsDueAnotherDay) {
  accept_claim();
  fill_run();
  only<core::Payout>().items[0].due += days{1};
  expect_named(kNotWhereItWas);
}

TEST_F(DaysChecked, NamesABordereauThatIsDueAnotherDay) {
  accept_claim();
  only<core::Bordereau>().due += days{1};
  EXPECT_EQ(found(),
            std::vector<std::string>{"bordereau: the bordereau 1 is not as its closing left it"});
}

TEST_F(DaysChecked, NamesAClaimThatIsHeldUntilAnotherDay) {
  hold();
  only<core::Bordereau>().claims[0].until += days{1};
  expect_named("its bordereau does not hold it as it was presented, reviewed and reduced");
}

TEST_F(DaysChecked, AcceptsBordereauxThatWaitAndOnesThatAreDone) {
  accept_claim();
  present();
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(DaysChecked, AcceptsABordereauThatWaitsForAHeldClaim) {
  hold();
  EXPECT_EQ(waiting().held, 1U);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(DaysChecked, NamesABordereauThatWaitsAndIsInNoListOfWork) {
  present();
  world.index.erase(listed(core::KeyTag::kReviewIndex).first);
  EXPECT_EQ(found(),
            std::vector<std::string>{"bordereau: bordereaux that wait, and in no list of work: 1"});
}

TEST_F(DaysChecked, NamesABordereauThatWaitsSinceAnotherTime) {
  present();
  core::ReviewIndexRow row = waiting();
  row.since += milliseconds{1};
  listed(core::KeyTag::kReviewIndex).second = core::encode_index_row(row);
  expect_named(kNotWaitingSo);
}

TEST_F(DaysChecked, NamesABordereauThatIsDecidedAndInAListOfWork) {
  const core::ClaimId claim = present();
  const std::pair<core::RowKey, std::string> before = listed(core::KeyTag::kReviewIndex);
  ask<core::ReviewDecision>(review(1, {accept(claim)}));
  world.index.insert(before);
  EXPECT_EQ(found(), std::vector<std::string>{kNotWaitingSo});
}

TEST_F(DaysChecked, AcceptsBusinessDaysThatBegan) {
  begin("2026-03-10");
  begin("2026-03-11");
  begin("2026-03-14");
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(DaysChecked, NamesABusinessDayOfAnotherDate) {
  begin("2026-03-10");
  only<core::BusinessDay>().date += days{1};
  EXPECT_EQ(found(), std::vector<std::string>{
                         "settlement: the business day of a fund is not as its records left it"});
}

TEST_F(DaysChecked, NamesABusinessDayWithoutARow) {
  begin("2026-03-10");
  world.rows.erase(core::business_day_key(fund()));
  EXPECT_EQ(found(),
            std::vector<std::string>{"settlement: business days of funds without a row: 1"});
}

TEST_F(DaysChecked, NamesADayThatBeganAndIsInNoList) {
  begin("2026-03-10");
  begin("2026-03-11");
  world.index.erase(core::business_day_index_key(fund(), day("2026-03-10")));
  EXPECT_EQ(found(), std::vector<std::string>{
                         "settlement: business days that began, and in no list of them: 1"});
}

TEST_F(DaysChecked, NamesADayInTheListThatNeverBegan) {
  begin("2026-03-10");
  world.index[core::business_day_index_key(fund(), day("2026-03-11"))] =
      core::encode_index_row(core::BusinessDayIndexRow{.since = 9, .at = world.now});
  EXPECT_EQ(found(), std::vector<std::string>{kNotBegunSo});
}

TEST_F(DaysChecked, NamesADayInTheListThatBeganWithAnotherRecord) {
  begin("2026-03-10");
  listed(core::KeyTag::kBusinessDayIndex).second = core::encode_index_row(
      core::BusinessDayIndexRow{.since = world.sequence + 1, .at = world.now});
  EXPECT_EQ(found(), std::vector<std::string>{kNotBegunSo});
}

TEST_F(DaysChecked, NamesADayThatBeginsAgain) {
  begin("2026-03-11");
  follow(world.sequence + 1, beginning("2026-03-11"), core::PlainDecision{});
  expect_named(": begins a business day that is not a later one");
}

}  // namespace
}  // namespace wasl::store
