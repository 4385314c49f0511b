// Where a payee is paid: who may change it, and that it takes two people.

#include <gtest/gtest.h>

#include "core/rib.hpp"
#include "support/world.hpp"

namespace wasl::core {
namespace {

using Effect = PayoutDecision::Effect;
using test::code;
using test::World;

constexpr std::string_view kRip = "00799999002345678941";
constexpr std::string_view kOther = "00799999000000000012";

TEST(Rib, HasTwentyDigitsAndTheKeyOfBranchAndAccount) {
  EXPECT_TRUE(is_rib(kRip));  // Account 0023456789 of the post.
  EXPECT_FALSE(is_rib("00799999002345678966")) << "the key with the bank's code in it";
  EXPECT_FALSE(is_rib("00799999002345678942"));
  EXPECT_TRUE(is_rib("99999999002345678941")) << "the bank is no part of the key";
  EXPECT_FALSE(is_rib("0079999900234567894"));
  EXPECT_FALSE(is_rib("007999990023456789411"));
  EXPECT_FALSE(is_rib("0079999900234567894x"));
  EXPECT_FALSE(is_rib(""));
}

TEST(Rib, OfRemainderZeroHasTheKey97) {
  EXPECT_TRUE(is_rib("00100000000000000097"));
  EXPECT_FALSE(is_rib("00100000000000000000"));
}

class Payout : public testing::Test {
 protected:
  void SetUp() override { world.pharmacy().centre = code<ParticipantId>(test::kCentre); }

  Command entry(std::string_view by, Payee payee, std::string_view account = kRip) {
    Command made = world.command(Role::kCentre, test::kCentre,
                                 SetPayoutAccount{payee, std::string(account), /*withdraw=*/false});
    made.by = code<OperatorId>(by);
    return made;
  }
  Command withdrawal(std::string_view by, Payee payee) {
    Command made =
        world.command(Role::kCentre, test::kCentre, SetPayoutAccount{payee, "", /*withdraw=*/true});
    made.by = code<OperatorId>(by);
    return made;
  }
  Command of_fund(Command command, std::string_view fund = test::kFund) {
    command.from = {Role::kFund, code<ParticipantId>(fund)};
    return command;
  }
  PayoutDecision run(const Command& command) {
    return std::get<PayoutDecision>(world.run(command));
  }
  Reason reason(const Command& command) {
    return std::get<PayoutDecision>(world.decide(command)).reason;
  }

  World world;
  Payee person = code<InsuredNumber>(test::kInsured);
  Payee pharmacy = Participant{Role::kProvider, code<ParticipantId>(test::kPharmacy)};
};

TEST_F(Payout, IsSetByTheSameEntryOfASecondOperator) {
  EXPECT_EQ(run(entry("001", person)).effect, Effect::kWaits);
  EXPECT_EQ(world.account().payout_account, "");
  EXPECT_EQ(run(entry("002", person)).effect, Effect::kSet);
  EXPECT_EQ(world.account().payout_account, kRip);
  EXPECT_EQ(run(entry("002", person)).effect, Effect::kWaits) << "nothing waits any more";
}

TEST_F(Payout, OfAProviderIsSetInItsRegistration) {
  run(entry("001", pharmacy));
  EXPECT_EQ(run(entry("002", pharmacy)).effect, Effect::kSet);
  EXPECT_EQ(world.pharmacy().payout_account, kRip);
}

TEST_F(Payout, IsNotConfirmedByWhoEnteredIt) {
  run(entry("001", person));
  EXPECT_EQ(run(entry("001", person)).reason, Reason::kSameOperator);
  EXPECT_EQ(world.account().payout_account, "");
}

TEST_F(Payout, IsNotConfirmedByAnotherAccount) {
  run(entry("001", person));
  EXPECT_EQ(run(entry("002", person, kOther)).reason, Reason::kPayoutChangeDiffers);
  EXPECT_EQ(run(entry("001", person, kOther)).reason, Reason::kPayoutChangeDiffers)
      << "who mistyped withdraws, and enters it anew";
  EXPECT_EQ(run(entry("002", person)).effect, Effect::kSet) << "what waited still waits";
}

TEST_F(Payout, IsWithdrawnByAnyOperatorAndEnteredAnew) {
  EXPECT_EQ(run(withdrawal("001", person)).reason, Reason::kPayoutChangeUnknown);
  run(entry("001", person, kOther));
  EXPECT_EQ(run(withdrawal("002", person)).effect, Effect::kWithdrawn);
  EXPECT_EQ(run(entry("002", person)).effect, Effect::kWaits);
  EXPECT_EQ(run(entry("001", person)).effect, Effect::kSet);
  EXPECT_EQ(world.account().payout_account, kRip);
}

TEST_F(Payout, WithAWrongKeyIsRefused) {
  EXPECT_EQ(reason(entry("001", person, "00799999002345678942")), Reason::kPayoutAccountInvalid);
}

TEST_F(Payout, OfAPersonIsAnyCentresAndItsOwnFunds) {
  world.registration(Role::kFund, "CASNOS");
  EXPECT_EQ(reason(entry("001", code<InsuredNumber>("999"))), Reason::kAccountUnknown);
  EXPECT_EQ(reason(entry("001", person)), Reason::kNone);
  EXPECT_EQ(reason(of_fund(entry("001", person))), Reason::kNone);
  EXPECT_EQ(reason(of_fund(entry("001", person), "CASNOS")), Reason::kNotOwner);
}

TEST_F(Payout, OfAProviderIsItsCentresAndThatOfAFundWithAnAgreement) {
  world.registration(Role::kFund, "CASNOS");
  EXPECT_EQ(reason(of_fund(entry("001", pharmacy))), Reason::kNone);
  EXPECT_EQ(reason(of_fund(entry("001", pharmacy), "CASNOS")), Reason::kNotOwner);
  world.pharmacy().centre = code<ParticipantId>("16-C002");
  EXPECT_EQ(reason(entry("001", pharmacy)), Reason::kNotOwner);
  const Payee nobody = Participant{Role::kProvider, code<ParticipantId>("16-000000")};
  EXPECT_EQ(reason(entry("001", nobody)), Reason::kProviderUnknown);
  const Payee centre = Participant{Role::kCentre, code<ParticipantId>(test::kCentre)};
  EXPECT_EQ(reason(entry("001", centre)), Reason::kProviderUnknown);
}

// Two people of one house: an entry of the centre is not confirmed by the fund.
TEST_F(Payout, IsConfirmedWithinTheSameCentreOrFund) {
  run(entry("001", person));
  EXPECT_EQ(run(of_fund(entry("002", person))).effect, Effect::kWaits);
  EXPECT_EQ(world.account().payout_account, "");
}

}  // namespace
}  // namespace wasl::core
