// Changes of accounts as they travel.

#include <gtest/gtest.h>

#include "core/codec.hpp"
#include "wire/pages.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

TEST(SetPayoutAccount, NamesThePayeeAndTwentyDigits) {
  const auto answer = test::decode(test::set_payout_account(), test::clerk());
  ASSERT_TRUE(answer) << answer.error().sentence;
  const core::Command& command = answer->commands.front();
  EXPECT_EQ(command.from, test::centre()) << "an operator speaks for its centre";
  EXPECT_EQ(command.by.view(), "042");
  const auto& set = std::get<core::SetPayoutAccount>(command.request);
  EXPECT_EQ(std::get<core::InsuredNumber>(set.payee).view(), "1600123456");
  EXPECT_EQ(set.account, "00799999002345678941");
  EXPECT_FALSE(set.withdraw);
}

TEST(SetPayoutAccount, IsMalformedOutsideItsBounds) {
  const auto broken = [](auto change) {
    v1::Envelope envelope = test::set_payout_account();
    change(*envelope.mutable_set_payout_account());
    return test::faulty_field(envelope, test::clerk());
  };
  EXPECT_EQ(broken([](auto& it) { it.clear_payee(); }), "payee.insured_number");
  EXPECT_EQ(broken([](auto& it) { it.mutable_payee()->mutable_provider(); }),
            "payee.provider.role");
  EXPECT_EQ(broken([](auto& it) { it.set_payout_account("1"); }), "payout_account");
  EXPECT_EQ(broken([](auto& it) { it.set_payout_account(std::string(20, 'x')); }),
            "payout_account");
  EXPECT_EQ(broken([](auto& it) { it.set_withdraw(true); }), "payout_account");
}

TEST(SetPayoutAccount, OfAFundNamesTheFund) {
  v1::Envelope envelope = test::set_payout_account();
  v1::ParticipantName& fund =
      *envelope.mutable_set_payout_account()->mutable_payee()->mutable_provider();
  fund.set_role(v1::FUND);
  fund.set_id("CNAS");
  const auto answer = test::decode(envelope, test::fund_clerk());
  ASSERT_TRUE(answer) << answer.error().sentence;
  const auto& set = std::get<core::SetPayoutAccount>(answer->commands.front().request);
  EXPECT_EQ(std::get<core::Participant>(set.payee), test::fund());
}

TEST(PayoutChangesPage, HidesTheAccountThatTheSecondOperatorEnters) {
  const core::PayoutChange change{.payee = test::pharmacy(),
                                  .account = "00799999002345678941",
                                  .by = *core::OperatorId::make("042"),
                                  .at = {}};
  core::Listed listed;
  listed.deed = core::Deed::kListPayoutChanges;
  listed.more = true;
  std::string bytes;
  core::encode_row(change, bytes);
  listed.rows = {{core::payout_change_key(test::centre(), change.payee), bytes}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::PayoutChangesPage& page = envelope.payout_changes_page();
  EXPECT_EQ(page.changes(0).payee().provider().id(), test::pharmacy().id.view());
  EXPECT_EQ(page.changes(0).payout_account(), "****************8941");
  EXPECT_EQ(page.changes(0).operator_id(), "042");
  EXPECT_EQ(page.next_after().provider().id(), test::pharmacy().id.view());
}

}  // namespace
}  // namespace wasl::wire
