#include "core/permission.hpp"

#include <gtest/gtest.h>

namespace wasl::core {
namespace {

constexpr std::pair<Role, char> kRoles[] = {{Role::kProvider, 'p'},    {Role::kCentre, 'c'},
                                            {Role::kFund, 'f'},        {Role::kAuthority, 'a'},
                                            {Role::kDesk, 'd'},        {Role::kCentreOperator, 'C'},
                                            {Role::kFundOperator, 'F'}};

Request claim_of(ClaimKind kind) {
  SubmitClaim request;
  request.claim.kind = kind;
  return request;
}

Request quote_of(ClaimKind kind) {
  QuoteClaim request;
  request.claim.kind = kind;
  return request;
}

Request registration_of(Role role) {
  PutRegistration request;
  request.registration.participant.role = role;
  return request;
}

struct Permitted {
  Request request;
  const char* roles;  // One letter of each role that may, of operators in capitals.
};

TEST(Permission, IsTheTableOfTheProtocol) {
  const Permitted kTable[] = {{claim_of(ClaimKind::kThirdParty), "p"},
                              {claim_of(ClaimKind::kRefund), "cC"},
                              {quote_of(ClaimKind::kThirdParty), "p"},
                              {quote_of(ClaimKind::kRefund), "cC"},
                              {ReverseClaim{}, "pcC"},
                              {GetClaim{}, "pcC"},
                              {ListClaims{}, "pcC"},
                              {GetRights{}, "pcdC"},
                              {UpdateCard{}, "pcC"},
                              {ReportCard{}, "cfCF"},
                              {RequestPriorAgreement{}, "pcC"},
                              {DecidePriorAgreement{}, "fF"},
                              {ListPriorAgreements{}, "fF"},
                              {PutAccount{}, "f"},
                              {PutCard{}, "f"},
                              {registration_of(Role::kProvider), "f"},
                              {registration_of(Role::kCentre), "f"},
                              {registration_of(Role::kFund), ""},
                              {registration_of(Role::kAuthority), ""},
                              {registration_of(Role::kDesk), ""},
                              {PutPrescriber{}, "f"},
                              {PutProduct{}, "a"},
                              {PutTarif{}, "a"},
                              {PutRulebook{}, "a"},
                              {ConfirmClock{}, ""},
                              {Import{}, ""},
                              {ListBalances{}, "fF"},
                              {ListPostings{}, "pcfCF"},
                              {CloseBordereau{}, "p"},
                              {ListBordereaux{}, "pfF"},
                              {GetBordereau{}, "pcfCF"},
                              {CorrectClaim{}, "p"},
                              {ReviewBordereau{}, "CF"},
                              {ListReviews{}, "CF"},
                              {SetPayoutAccount{}, "CF"},
                              {ListPayoutChanges{}, "CF"},
                              {ProposeRun{}, "F"},
                              {CollectRun{}, "F"},
                              {ApproveRun{}, "F"},
                              {CancelRun{}, "F"},
                              {ListOwed{}, "F"},
                              {ListRuns{}, "F"},
                              {ListPayouts{}, "F"},
                              {ExportRun{}, "F"},
                              {NoRequest{}, ""},
                              {OpenStatusFile{}, "F"},
                              {ReceiveStatuses{}, "F"},
                              {ApplyStatuses{}, "F"},
                              {DropStatusFile{}, "F"},
                              {ListStatusFiles{}, "F"},
                              {ReduceClaim{}, "CF"},
                              {ListReceivables{}, "F"},
                              {AdvanceBusinessDay{}, ""},
                              {Reconcile{}, "pcfCF"},
                              {GetBankFile{}, "F"}};
  std::size_t deeds = 0;
  Deed last{};
  for (const auto& [request, roles] : kTable) {
    if (deed_of(request) != last) ++deeds;
    last = deed_of(request);
    for (const auto& [role, letter] : kRoles) {
      const bool expected = std::string_view(roles).find(letter) != std::string_view::npos;
      EXPECT_EQ(permitted(role, request), expected) << name(last) << " by " << name(role);
    }
  }
  EXPECT_EQ(deeds, kDeeds);
}

// What a kind of request forbids, no content of it allows.
TEST(Permission, OfAKindOfRequestIsWiderThanOfARequest) {
  EXPECT_TRUE(permitted(Role::kCentre, Deed::kSubmitClaim));
  EXPECT_FALSE(permitted(Role::kCentre, claim_of(ClaimKind::kThirdParty)));
  EXPECT_FALSE(permitted(Role::kFund, Deed::kSubmitClaim));
  EXPECT_FALSE(permitted(Role::kProvider, Deed::kPutRulebook));
  EXPECT_FALSE(permitted(Role::kAuthority, Deed::kImport));
}

TEST(Deeds, HaveTheNamesOfTheirRequests) {
  EXPECT_EQ(name(deed_of(SubmitClaim{})), "SubmitClaim");
  EXPECT_EQ(name(deed_of(ListPriorAgreements{})), "ListPriorAgreements");
  EXPECT_EQ(name(deed_of(ConfirmClock{})), "ConfirmClock");
  EXPECT_EQ(name(deed_of(Import{})), "Import");
  EXPECT_EQ(name(deed_of(ListPostings{})), "ListPostings");
  EXPECT_EQ(name(static_cast<Deed>(0)), "unknown");
  EXPECT_EQ(name(static_cast<Deed>(kDeeds + 1)), "unknown");
}

}  // namespace
}  // namespace wasl::core
