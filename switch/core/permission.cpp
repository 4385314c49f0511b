#include "core/permission.hpp"

namespace wasl::core {
namespace {

bool right_kind(Role role, const Claim& claim) {
  return claim.kind == ClaimKind::kThirdParty ? role == Role::kProvider : role == Role::kCentre;
}

bool is_feed(Deed deed) { return deed >= Deed::kPutAccount && deed <= Deed::kPutRulebook; }

// What a person decides, and no certificate of a whole centre or fund.
bool is_persons(Deed deed) {
  return deed == Deed::kReviewBordereau || deed == Deed::kListReviews ||
         deed == Deed::kReduceClaim || deed == Deed::kSetPayoutAccount ||
         deed == Deed::kListPayoutChanges;
}

// Of those, what only the people of a fund decide.
bool is_funds_persons(Deed deed) {
  if (deed == Deed::kNoRequest) return false;
  return deed == Deed::kListReceivables || deed == Deed::kGetBankFile ||
         (deed >= Deed::kProposeRun && deed <= Deed::kListStatusFiles);
}

// For whom an operator speaks.
Role employer_of(Role role) {
  if (role == Role::kCentreOperator) return Role::kCentre;
  return role == Role::kFundOperator ? Role::kFund : role;
}

bool permitted_itself(Role role, Deed deed) {
  const bool provider_or_centre = role == Role::kProvider || role == Role::kCentre;
  switch (deed) {
    case Deed::kSubmitClaim:
    case Deed::kQuoteClaim:
    case Deed::kReverseClaim:
    case Deed::kGetClaim:
    case Deed::kListClaims:
    case Deed::kUpdateCard:
    case Deed::kRequestPriorAgreement:
      return provider_or_centre;
    case Deed::kCloseBordereau:
    case Deed::kCorrectClaim:
      return role == Role::kProvider;
    case Deed::kListBordereaux:
      return role == Role::kProvider || role == Role::kFund;
    case Deed::kGetBordereau:
    case Deed::kListPostings:
    case Deed::kReconcile:
      return provider_or_centre || role == Role::kFund;
    case Deed::kGetRights:
      return provider_or_centre || role == Role::kDesk;
    case Deed::kReportCard:
      return role == Role::kCentre || role == Role::kFund;
    case Deed::kDecidePriorAgreement:
    case Deed::kListPriorAgreements:
    case Deed::kListBalances:
    case Deed::kPutAccount:
    case Deed::kPutCard:
    case Deed::kPutRegistration:
    case Deed::kPutPrescriber:
      return role == Role::kFund;
    case Deed::kPutProduct:
    case Deed::kPutTarif:
    case Deed::kPutRulebook:
      return role == Role::kAuthority;
    default:  // A person's, the switch's own, or of whoever runs it.
      return false;
  }
}

}  // namespace

bool permitted(Role role, Deed deed) {
  if (is_funds_persons(deed)) return role == Role::kFundOperator;
  if (is_persons(deed)) return is_operator(role);
  if (is_operator(role) && is_feed(deed)) return false;
  return permitted_itself(employer_of(role), deed);
}

bool permitted(Role role, const Request& request) {
  if (!permitted(role, deed_of(request))) return false;
  if (const auto* submit = std::get_if<SubmitClaim>(&request)) {
    return right_kind(employer_of(role), submit->claim);
  }
  if (const auto* quote = std::get_if<QuoteClaim>(&request)) {
    return right_kind(employer_of(role), quote->claim);
  }
  const auto* put = std::get_if<PutRegistration>(&request);
  if (put == nullptr) return true;
  const Role target = put->registration.participant.role;
  return target == Role::kProvider || target == Role::kCentre;
}

}  // namespace wasl::core
