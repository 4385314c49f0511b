#pragma once
// From the messages of the protocol to commands: all structural validation, field by field. `from`
// of the command is set before; what is found wrong goes to the Fault of `at`, and the command is
// then not to be used. Pure; any thread.

#include "core/request.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/fields.hpp"

namespace wasl::wire {

// Reads a rulebook file; its error names line and key.
using RulebookReader = core::Result<core::Rulebook> (*)(std::string_view content);

void convert(const v1::SubmitClaim& given, const Fields& at, core::Command& out);
void convert(const v1::QuoteClaim& given, const Fields& at, core::Command& out);
void convert(const v1::ReverseClaim& given, const Fields& at, core::Command& out);
void convert(const v1::GetClaim& given, const Fields& at, core::Command& out);
void convert(const v1::ListClaims& given, const Fields& at, core::Command& out);
void convert(const v1::GetRights& given, const Fields& at, core::Command& out);
void convert(const v1::UpdateCard& given, const Fields& at, core::Command& out);
void convert(const v1::ReportCard& given, const Fields& at, core::Command& out);
void convert(const v1::RequestPriorAgreement& given, const Fields& at, core::Command& out);
void convert(const v1::DecidePriorAgreement& given, const Fields& at, core::Command& out);
void convert(const v1::ListPriorAgreements& given, const Fields& at, core::Command& out);
void convert(const v1::ListBalances& given, const Fields& at, core::Command& out);
void convert(const v1::ListPostings& given, const Fields& at, core::Command& out);
void convert(const v1::CloseBordereau& given, const Fields& at, core::Command& out);
void convert(const v1::ListBordereaux& given, const Fields& at, core::Command& out);
void convert(const v1::GetBordereau& given, const Fields& at, core::Command& out);
void convert(const v1::CorrectClaim& given, const Fields& at, core::Command& out);
void convert(const v1::ReviewBordereau& given, const Fields& at, core::Command& out);
void convert(const v1::ListReviews& given, const Fields& at, core::Command& out);
void convert(const v1::ReduceClaim& given, const Fields& at, core::Command& out);
void convert(const v1::SetPayoutAccount& given, const Fields& at, core::Command& out);
void convert(const v1::ListPayoutChanges& given, const Fields& at, core::Command& out);
void convert(const v1::ProposeRun& given, const Fields& at, core::Command& out);
void convert(const v1::CollectRun& given, const Fields& at, core::Command& out);
void convert(const v1::ApproveRun& given, const Fields& at, core::Command& out);
void convert(const v1::CancelRun& given, const Fields& at, core::Command& out);
void convert(const v1::ListOwed& given, const Fields& at, core::Command& out);
void convert(const v1::ListReceivables& given, const Fields& at, core::Command& out);
void convert(const v1::ListRuns& given, const Fields& at, core::Command& out);
void convert(const v1::ListPayouts& given, const Fields& at, core::Command& out);
void convert(const v1::ExportRun& given, const Fields& at, core::Command& out);
void convert(const v1::GetBankFile& given, const Fields& at, core::Command& out);
void convert(const v1::OpenStatusFile& given, const Fields& at, core::Command& out);
void convert(const v1::ReceiveStatuses& given, const Fields& at, core::Command& out);
void convert(const v1::ApplyStatuses& given, const Fields& at, core::Command& out);
void convert(const v1::DropStatusFile& given, const Fields& at, core::Command& out);
void convert(const v1::ListStatusFiles& given, const Fields& at, core::Command& out);
void convert(const v1::Reconcile& given, const Fields& at, core::Command& out);

// Items of feeds.
[[nodiscard]] core::PutAccount convert(const v1::Account& given, const Fields& at);
[[nodiscard]] core::PutCard convert(const v1::CardItem& given, const Fields& at);
// `role`: provider or centre.
[[nodiscard]] core::PutRegistration convert(const v1::Registration& given, core::Role role,
                                            const Fields& at);
[[nodiscard]] core::PutPrescriber convert(const v1::Prescriber& given, const Fields& at);
[[nodiscard]] core::PutProduct convert(const v1::Product& given, const Fields& at);
[[nodiscard]] core::PutTarif convert(const v1::Tarif& given, const Fields& at);
[[nodiscard]] core::PutRulebook convert(const v1::RulebookItem& given, RulebookReader read,
                                        const Fields& at);

// Shared parts.
[[nodiscard]] core::Payee payee(const v1::Payee& given, const Fields& at);
[[nodiscard]] core::Participant convert(const v1::ParticipantName& given, const Fields& at);
// Whose rows a listing by fund and participant is about: a fund may ask for all (nothing) or one of
// its own ledger, anyone else for its own with the fund it names.
struct Listed {
  core::FundCode fund;
  std::optional<core::Participant> of;
};
[[nodiscard]] Listed listed(const std::string& fund, const char* name,
                            const v1::ParticipantName* participant, const Fields& at,
                            const core::Participant& from);
// Behind whose row the page begins; nothing for the first page, whose `after` is zero.
[[nodiscard]] std::optional<core::Participant> after_participant(
    std::uint64_t after, const char* name, const v1::ParticipantName* given,
    const std::optional<core::Participant>& of, const Fields& at);
[[nodiscard]] core::PrescriptionKey convert(const v1::PrescriptionKey& given, const Fields& at);
[[nodiscard]] core::Card convert(const v1::Card& given, const Fields& at);
// `signs`: the card gives a proof, so its key version must be known.
[[nodiscard]] core::CardReference convert(const v1::CardReference& given, bool signs,
                                          const Fields& at);
[[nodiscard]] core::Proofs convert(const v1::Proofs& given, const Fields& at);
// The subject of a prior agreement, in a request and in a feed alike.
template <typename Message>
[[nodiscard]] std::variant<core::PrescriptionKey, core::ProductCode> agreement_subject(
    const Message& given, const Fields& at) {
  if (given.has_prescription()) return convert(given.prescription(), at.in("prescription"));
  if (given.has_product_code())
    return at.code<core::ProductCode>("product_code", given.product_code());
  at.fail("prescription", "neither a prescription nor a product is given");
  return core::ProductCode{};
}

}  // namespace wasl::wire
