#include "core/request.hpp"

namespace wasl::core {

std::string_view name(Deed deed) {
  static constexpr std::string_view kNames[kDeeds] = {"SubmitClaim",
                                                      "QuoteClaim",
                                                      "ReverseClaim",
                                                      "GetClaim",
                                                      "ListClaims",
                                                      "GetRights",
                                                      "UpdateCard",
                                                      "ReportCard",
                                                      "RequestPriorAgreement",
                                                      "DecidePriorAgreement",
                                                      "ListPriorAgreements",
                                                      "PutAccount",
                                                      "PutCard",
                                                      "PutRegistration",
                                                      "PutPrescriber",
                                                      "PutProduct",
                                                      "PutTarif",
                                                      "PutRulebook",
                                                      "ConfirmClock",
                                                      "Import",
                                                      "ListBalances",
                                                      "ListPostings",
                                                      "CloseBordereau",
                                                      "ListBordereaux",
                                                      "GetBordereau",
                                                      "CorrectClaim",
                                                      "ReviewBordereau",
                                                      "ListReviews",
                                                      "SetPayoutAccount",
                                                      "ListPayoutChanges",
                                                      "ProposeRun",
                                                      "CollectRun",
                                                      "ApproveRun",
                                                      "CancelRun",
                                                      "ListOwed",
                                                      "ListRuns",
                                                      "ListPayouts",
                                                      "ExportRun",
                                                      "NoRequest",
                                                      "OpenStatusFile",
                                                      "ReceiveStatuses",
                                                      "ApplyStatuses",
                                                      "DropStatusFile",
                                                      "ListStatusFiles",
                                                      "ReduceClaim",
                                                      "ListReceivables",
                                                      "AdvanceBusinessDay",
                                                      "Reconcile",
                                                      "GetBankFile"};
  const auto index = static_cast<std::size_t>(deed) - 1;
  return index < kDeeds ? kNames[index] : "unknown";
}

bool is_listing(Deed deed) {
  return deed == Deed::kListClaims || deed == Deed::kListPriorAgreements ||
         deed == Deed::kListBalances || deed == Deed::kListPostings ||
         deed == Deed::kListBordereaux || deed == Deed::kGetBordereau ||
         deed == Deed::kListReviews || deed == Deed::kListPayoutChanges ||
         deed == Deed::kListOwed || deed == Deed::kListRuns || deed == Deed::kListPayouts ||
         deed == Deed::kListStatusFiles || deed == Deed::kListReceivables ||
         deed == Deed::kReconcile || deed == Deed::kGetBankFile;
}

bool is_switchs_own(Deed deed) {
  return deed == Deed::kConfirmClock || deed == Deed::kAdvanceBusinessDay;
}

}  // namespace wasl::core
