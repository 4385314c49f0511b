// Who may ask for a listing.

#include "engine/listing.hpp"

#include <gtest/gtest.h>

namespace wasl::engine {
namespace {

const core::FundCode kKnown = *core::FundCode::make("CNAS");
const core::FundCode kMistyped = *core::FundCode::make("CNSA");

core::Reference one_fund() {
  core::Reference reference;
  reference.put(core::Fund{.code = kKnown,
                           .scheme = *core::SchemeCode::make("DZ-CNAS"),
                           .name = {},
                           .source_version = 1});
  return reference;
}

template <typename Request>
core::Command of_a_fund(core::Role from, const core::FundCode& fund) {
  Request request;
  request.fund = fund;
  core::Command command;
  command.from = {from, *core::ParticipantId::make("16-004512")};
  command.request = request;
  return command;
}

template <typename Request>
void expect_knows_funds() {
  const core::Reference reference = one_fund();
  EXPECT_FALSE(lists_unknown_fund(of_a_fund<Request>(core::Role::kProvider, kKnown), reference));
  EXPECT_TRUE(lists_unknown_fund(of_a_fund<Request>(core::Role::kProvider, kMistyped), reference));
  EXPECT_FALSE(lists_unknown_fund(of_a_fund<Request>(core::Role::kFund, kMistyped), reference))
      << "a fund names itself";
}

TEST(Listing, OfAFundThatIsNotOnFileIsToldFromAnEmptyOne) {
  expect_knows_funds<core::ListPostings>();
  expect_knows_funds<core::ListBordereaux>();
  expect_knows_funds<core::GetBordereau>();
  expect_knows_funds<core::Reconcile>();
}

TEST(Listing, LeavesTheFundOfAChangingRequestToItsDecision) {
  EXPECT_FALSE(lists_unknown_fund(of_a_fund<core::CloseBordereau>(core::Role::kProvider, kMistyped),
                                  one_fund()));
}

TEST(Listing, OfTheOwnPastIsOpenToASuspendedParticipant) {
  using enum core::Deed;
  for (const core::Deed open : {kReverseClaim, kGetClaim, kListClaims, kListPostings,
                                kListBordereaux, kGetBordereau, kReconcile}) {
    EXPECT_TRUE(open_to_suspended(open)) << core::name(open);
  }
  for (const core::Deed closed :
       {kSubmitClaim, kQuoteClaim, kGetRights, kUpdateCard, kCloseBordereau, kCorrectClaim,
        kReviewBordereau, kListPriorAgreements, kListOwed}) {
    EXPECT_FALSE(open_to_suspended(closed)) << core::name(closed);
  }
}

}  // namespace
}  // namespace wasl::engine
