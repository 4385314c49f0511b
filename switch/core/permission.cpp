#include "core/permission.hpp"

namespace wasl::core {
namespace {

bool permitted_claim(Role role, const Claim& claim) {
  return claim.kind == ClaimKind::kThirdParty ? role == Role::kProvider : role == Role::kCentre;
}

struct Permission {
  Role role;

  [[nodiscard]] bool provider_or_centre() const {
    return role == Role::kProvider || role == Role::kCentre;
  }

  bool operator()(const SubmitClaim& request) const { return permitted_claim(role, request.claim); }
  bool operator()(const QuoteClaim& request) const { return permitted_claim(role, request.claim); }
  bool operator()(const ReverseClaim&) const { return provider_or_centre(); }
  bool operator()(const GetClaim&) const { return provider_or_centre(); }
  bool operator()(const ListClaims&) const { return provider_or_centre(); }
  bool operator()(const GetRights&) const { return provider_or_centre() || role == Role::kDesk; }
  bool operator()(const UpdateCard&) const { return provider_or_centre(); }
  bool operator()(const ReportCard&) const { return role == Role::kCentre || role == Role::kFund; }
  bool operator()(const RequestPriorAgreement&) const { return provider_or_centre(); }
  bool operator()(const DecidePriorAgreement&) const { return role == Role::kFund; }
  bool operator()(const ListPriorAgreements&) const { return role == Role::kFund; }
  bool operator()(const PutAccount&) const { return role == Role::kFund; }
  bool operator()(const PutCard&) const { return role == Role::kFund; }
  bool operator()(const PutRegistration& request) const {
    const Role target = request.registration.participant.role;
    return role == Role::kFund && (target == Role::kProvider || target == Role::kCentre);
  }
  bool operator()(const PutPrescriber&) const { return role == Role::kFund; }
  bool operator()(const PutProduct&) const { return role == Role::kAuthority; }
  bool operator()(const PutTarif&) const { return role == Role::kAuthority; }
  bool operator()(const PutRulebook&) const { return role == Role::kAuthority; }
  bool operator()(const ConfirmClock&) const { return false; }
  bool operator()(const Import&) const { return false; }
};

}  // namespace

bool permitted(Role role, const Request& request) { return std::visit(Permission{role}, request); }

}  // namespace wasl::core
