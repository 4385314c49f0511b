#pragma once
// What decide() was given, as its parts see it, and how they note a check in the trace. Private to
// core's decide files.

#include <concepts>
#include <string>
#include <string_view>

#include "core/decide.hpp"

namespace wasl::core {

inline void add_words(std::string& out, std::string_view text) { out += text; }
inline void add_words(std::string& out, Day day) { out += to_text(day); }
inline void add_words(std::string& out, Cents amount) { out += to_text(amount); }
// Not an overload for bool, which would also take a literal.
template <std::integral T>
void add_words(std::string& out, T value) {
  if constexpr (std::same_as<T, bool>) {
    out += value ? "yes" : "no";
  } else {
    out += std::to_string(value);
  }
}

// Its arguments as one text: words, numbers, days and amounts.
template <typename... Parts>
[[nodiscard]] std::string words(const Parts&... parts) {
  std::string out;
  (add_words(out, parts), ...);
  return out;
}

struct Situation {
  static constexpr int kWholeClaim = -1;

  const Command& command;
  const RowSet& rows;
  const Reference& reference;
  Instant now;
  Trace* trace;

  // Gives `passed` back. `inputs` makes the text for the trace and is called only if there is one.
  template <typename Inputs>
  bool check(int number, bool passed, Inputs&& inputs, int line = kWholeClaim) const {
    if (trace != nullptr) {
      trace->push_back(
          {static_cast<std::uint8_t>(number), static_cast<std::int16_t>(line), passed, inputs()});
    }
    return passed;
  }
};

// Who asks is registered and is the fund or authority of this code.
template <typename CodeType>
[[nodiscard]] bool is_owner(const Participant& participant, const CodeType& code) {
  return participant.id.view() == code.view();
}

// Checks 1 and 2, the same for every request that has an id.
[[nodiscard]] Reason check_request_id(const Situation& situation);
// The first half of check 3: registered and not suspended.
[[nodiscard]] Reason check_participant(const Situation& situation);
// Both, in their order: how every changing request but claims, reversals and card services begins.
[[nodiscard]] Reason check_request(const Situation& situation);

// `original`: the row of the rejected claim in whose place this one stands; nullptr: of none.
[[nodiscard]] ClaimDecision decide_claim(const Situation& situation, const Claim& claim,
                                         const RequestRow* original = nullptr);
[[nodiscard]] ReversalDecision decide_reversal(const Situation& situation,
                                               const ReverseClaim& request);
[[nodiscard]] StatusDecision decide_status(const Situation& situation, const GetClaim& request);
[[nodiscard]] RightsDecision decide_rights(const Situation& situation, const GetRights& request);
[[nodiscard]] RightsDecision decide_update(const Situation& situation, const UpdateCard& request);
[[nodiscard]] PlainDecision decide_report(const Situation& situation, const ReportCard& request);
[[nodiscard]] PlainDecision decide_agreement_request(const Situation& situation,
                                                     const RequestPriorAgreement& request);
[[nodiscard]] PlainDecision decide_agreement(const Situation& situation,
                                             const DecidePriorAgreement& request);
[[nodiscard]] ClosingDecision decide_closing(const Situation& situation,
                                             const CloseBordereau& request);
[[nodiscard]] ClaimDecision decide_correction(const Situation& situation,
                                              const CorrectClaim& request);
[[nodiscard]] ReviewDecision decide_review(const Situation& situation,
                                           const ReviewBordereau& request);
[[nodiscard]] ReductionDecision decide_reduction(const Situation& situation,
                                                 const ReduceClaim& request);
[[nodiscard]] PlainDecision decide_business_day(const Situation& situation,
                                                const AdvanceBusinessDay& request);
[[nodiscard]] PayoutDecision decide_payout(const Situation& situation,
                                           const SetPayoutAccount& request);
[[nodiscard]] RunDecision decide_run(const Situation& situation, const ProposeRun& request);
[[nodiscard]] RunDecision decide_run(const Situation& situation, const ApproveRun& request);
[[nodiscard]] RunDecision decide_run(const Situation& situation, const CancelRun& request);
[[nodiscard]] ExportDecision decide_export(const Situation& situation, const ExportRun& request);
[[nodiscard]] StatusFileDecision decide_status_file(const Situation& situation,
                                                    const OpenStatusFile& request);
[[nodiscard]] StatusFileDecision decide_status_file(const Situation& situation,
                                                    const ReceiveStatuses& request);
[[nodiscard]] StatusFileDecision decide_status_file(const Situation& situation,
                                                    const ApplyStatuses& request);
[[nodiscard]] StatusFileDecision decide_status_file(const Situation& situation,
                                                    const DropStatusFile& request);
[[nodiscard]] CollectDecision decide_collecting(const Situation& situation,
                                                const CollectRun& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutAccount& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutCard& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutRegistration& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutPrescriber& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutProduct& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutTarif& request);
[[nodiscard]] PlainDecision decide_feed(const Situation& situation, const PutRulebook& request);

}  // namespace wasl::core
