#pragma once
// The requests of a terminal: from what people type and a claim's file to Envelopes that are
// complete, checked as the switch will check them, and signed. Blocking: a card's counter is
// advanced on the disk.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/closing.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

// In whose name a terminal speaks, and with what it signs.
struct Signer {
  core::Participant me{};
  std::string card_file{};                        // Empty: no card is here.
  std::vector<std::string> professional_files{};  // The one of the card's fund is used.
};

// `json`: the JSON mapping of SubmitClaim. Filled in where they are absent: request id, provider id
// (the sender), and card number, fund and key version (from the card's file, which must not
// disagree). Proofs of a third-party claim are made anew when there is a card's file.
// kMalformed names the field that the switch would refuse.
[[nodiscard]] core::Result<v1::Envelope> submit_request(std::string_view json,
                                                        const Signer& signer);
// The same of a refund; the kind may be absent.
[[nodiscard]] core::Result<v1::Envelope> refund_request(std::string_view json,
                                                        const Signer& signer);
// The same claim as a quote, always under a new request id.
[[nodiscard]] core::Result<v1::Envelope> quote_request(std::string_view json, const Signer& signer);

// A look-up or update of rights: with the signer's card, or by number at a centre or desk.
struct CardQuestion {
  bool update = false;
  std::string terminal{};
  std::string number{};  // Without a card's file.
  std::string fund{};
  v1::Purpose purpose = v1::CARD_PRESENTED;
};
[[nodiscard]] core::Result<v1::Envelope> card_request(const CardQuestion& question,
                                                      const Signer& signer);

[[nodiscard]] core::Result<v1::Envelope> reverse_request(const core::RequestId& original,
                                                         v1::ReversalCause cause);
[[nodiscard]] core::Result<v1::Envelope> status_request(const core::RequestId& original,
                                                        bool close_if_absent);
[[nodiscard]] core::Result<v1::Envelope> list_request(const std::string& from,
                                                      const std::string& until);

// A correction under a new request id, from the JSON mapping of SubmitClaim: its terminal,
// prescription and lines. kMalformed names what the file holds and a correction can not change.
[[nodiscard]] core::Result<v1::Envelope> correction_request(const core::RequestId& original,
                                                            std::string_view json,
                                                            const core::Participant& me);
// Under a new request id.
[[nodiscard]] core::Result<v1::Envelope> review_request(const v1::ReviewBordereau& review,
                                                        const core::Participant& me);
// Under a new request id.
[[nodiscard]] core::Result<v1::Envelope> reduction_request(const v1::ReduceClaim& reduction,
                                                           const core::Participant& me);
// Under a new request id.
[[nodiscard]] core::Result<v1::Envelope> payout_request(const v1::SetPayoutAccount& change,
                                                        const core::Participant& me);

// A step of a settlement run, under a new request id.
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::ProposeRun& propose,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::CollectRun& collect,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::ApproveRun& approve,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::CancelRun& cancel,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::ExportRun& step,
                                                     const core::Participant& me);
// The same of a status file.
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::OpenStatusFile& open,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::ReceiveStatuses& part,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::ApplyStatuses& step,
                                                     const core::Participant& me);
[[nodiscard]] core::Result<v1::Envelope> run_request(const v1::DropStatusFile& drop,
                                                     const core::Participant& me);

// Under a new request id; the closing is signed.
[[nodiscard]] core::Result<v1::Envelope> closing_request(const core::CloseBordereau& closing);

// Without a body, with a random correlation id: a stored request may meet others on a later
// connection.
[[nodiscard]] core::Result<v1::Envelope> new_envelope();

// Asks for the words of reasons; no part of what is signed.
void set_language(core::Language language, v1::Envelope& request);

}  // namespace wasl::cli
