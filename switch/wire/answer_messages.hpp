#pragma once
// Fills the messages of answers from what the engine gave. Private to wire. Pure; any thread.

#include <string>

#include "core/reply.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/decode.hpp"

namespace wasl::wire {

using Texts = google::protobuf::RepeatedPtrField<v1::ReasonText>;

// With the usual sentence of its code.
void fill(const core::Refused& refused, v1::Refused& out);
// Without texts and trace.
void fill(const core::Answered& answered, const core::DataId& journal, v1::Answer& out);
void fill(const core::Status& status, const core::DataId& journal, v1::StatusAnswer& out);
void fill(const core::Listed& listed, v1::ClaimsPage& out);
void fill(const core::Listed& listed, v1::AgreementsPage& out);
void fill(const core::Listed& listed, v1::BalancesPage& out);
void fill(const core::Listed& listed, v1::PostingsPage& out);
// Of ListBordereaux without their claims, of GetBordereau with them.
void fill(const core::Listed& listed, v1::BordereauxPage& out);
void fill(const core::Listed& listed, v1::ReviewsPage& out);
void fill(const core::Listed& listed, v1::PayoutChangesPage& out);
void fill(const core::Listed& listed, v1::OwedPage& out);
void fill(const core::Listed& listed, v1::ReceivablesPage& out);
void fill(const core::Listed& listed, v1::RunsPage& out);
void fill(const core::Listed& listed, v1::PayoutsPage& out);
void fill(const core::Listed& listed, v1::BankFilePart& out);
void fill(const core::Listed& listed, v1::StatusFilesPage& out);
// With what differs from what the participant counted itself.
void fill(const core::Listed& listed, v1::ReconciliationPage& out);
void set_payee(const core::Payee& from, v1::Payee& out);
void set_participant(const core::Participant& from, v1::ParticipantName& out);
// Cut at kTraceBytesMax.
void fill_trace(const core::Trace& trace, v1::Answer& out);
// Each reason of the stored body once per language, without REASON_NONE.
void add_texts(const std::string& body, Languages languages, Texts& out);

}  // namespace wasl::wire
