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

bool open_to(core::Role role, core::Request request) {
  core::Command command;
  command.from.role = role;
  command.request = std::move(request);
  return open_to_suspended(command);
}

TEST(Listing, OfTheOwnPastIsOpenToASuspendedParticipant) {
  const std::vector<core::Request> open{
      core::ReverseClaim{},   core::GetClaim{},     core::ListClaims{}, core::ListPostings{},
      core::ListBordereaux{}, core::GetBordereau{}, core::Reconcile{}};
  for (const core::Request& each : open) {
    EXPECT_TRUE(open_to(core::Role::kProvider, each)) << core::name(core::deed_of(each));
  }
  const std::vector<core::Request> closed{
      core::SubmitClaim{},     core::QuoteClaim{},          core::GetRights{},
      core::UpdateCard{},      core::CloseBordereau{},      core::CorrectClaim{},
      core::ReviewBordereau{}, core::ListPriorAgreements{}, core::ListOwed{}};
  for (const core::Request& each : closed) {
    EXPECT_FALSE(open_to(core::Role::kProvider, each)) << core::name(core::deed_of(each));
  }
}

TEST(Listing, OfWhatACentreReviewsIsNotItsOwnPast) {
  EXPECT_FALSE(open_to(core::Role::kCentre, core::GetBordereau{}));
  EXPECT_TRUE(open_to(core::Role::kCentre, core::ListPostings{}));
}

}  // namespace
}  // namespace wasl::engine
