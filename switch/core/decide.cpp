// Which part decides what, and what every changing request begins with.

#include "core/decide.hpp"

#include "core/situation.hpp"

namespace wasl::core {
namespace {

struct Decide {
  const Situation& s;

  Decision operator()(const SubmitClaim& request) const { return decide_claim(s, request.claim); }
  Decision operator()(const QuoteClaim& request) const { return decide_claim(s, request.claim); }
  Decision operator()(const ReverseClaim& request) const { return decide_reversal(s, request); }
  Decision operator()(const GetClaim& request) const { return decide_status(s, request); }
  Decision operator()(const GetRights& request) const { return decide_rights(s, request); }
  Decision operator()(const UpdateCard& request) const { return decide_update(s, request); }
  Decision operator()(const ReportCard& request) const { return decide_report(s, request); }
  Decision operator()(const RequestPriorAgreement& request) const {
    return decide_agreement_request(s, request);
  }
  Decision operator()(const DecidePriorAgreement& request) const {
    return decide_agreement(s, request);
  }
  Decision operator()(const CloseBordereau& request) const { return decide_closing(s, request); }
  Decision operator()(const CorrectClaim& request) const { return decide_correction(s, request); }
  Decision operator()(const ReviewBordereau& request) const { return decide_review(s, request); }
  Decision operator()(const ReduceClaim& request) const { return decide_reduction(s, request); }
  Decision operator()(const AdvanceBusinessDay& request) const {
    return decide_business_day(s, request);
  }
  Decision operator()(const SetPayoutAccount& request) const { return decide_payout(s, request); }
  Decision operator()(const ProposeRun& request) const { return decide_run(s, request); }
  Decision operator()(const CollectRun& request) const { return decide_collecting(s, request); }
  Decision operator()(const ApproveRun& request) const { return decide_run(s, request); }
  Decision operator()(const CancelRun& request) const { return decide_run(s, request); }
  Decision operator()(const ExportRun& request) const { return decide_export(s, request); }
  Decision operator()(const OpenStatusFile& request) const {
    return decide_status_file(s, request);
  }
  Decision operator()(const ReceiveStatuses& request) const {
    return decide_status_file(s, request);
  }
  Decision operator()(const ApplyStatuses& request) const { return decide_status_file(s, request); }
  Decision operator()(const DropStatusFile& request) const {
    return decide_status_file(s, request);
  }
  // Scans and the operator's commands: nothing is judged.
  Decision operator()(const ListClaims&) const { return PlainDecision{}; }
  Decision operator()(const ListPriorAgreements&) const { return PlainDecision{}; }
  Decision operator()(const ListBalances&) const { return PlainDecision{}; }
  Decision operator()(const ListPostings&) const { return PlainDecision{}; }
  Decision operator()(const ListBordereaux&) const { return PlainDecision{}; }
  Decision operator()(const GetBordereau&) const { return PlainDecision{}; }
  Decision operator()(const ListReviews&) const { return PlainDecision{}; }
  Decision operator()(const ListPayoutChanges&) const { return PlainDecision{}; }
  Decision operator()(const ListOwed&) const { return PlainDecision{}; }
  Decision operator()(const ListRuns&) const { return PlainDecision{}; }
  Decision operator()(const ListPayouts&) const { return PlainDecision{}; }
  Decision operator()(const ListStatusFiles&) const { return PlainDecision{}; }
  Decision operator()(const ListReceivables&) const { return PlainDecision{}; }
  Decision operator()(const Reconcile&) const { return PlainDecision{}; }
  Decision operator()(const GetBankFile&) const { return PlainDecision{}; }
  Decision operator()(const NoRequest&) const { return PlainDecision{}; }
  Decision operator()(const ConfirmClock&) const { return PlainDecision{}; }
  Decision operator()(const Import&) const { return PlainDecision{}; }

  template <typename Feed>
  Decision operator()(const Feed& request) const {
    return decide_feed(s, request);
  }
};

// Refusals that are not remembered: docs/decline_reasons.md "Before any check".
bool is_remembered(Reason reason) {
  return reason != Reason::kRequestIdReused && reason != Reason::kParticipantSuspended;
}

struct ChangesState {
  const Request& request;

  bool operator()(const ClaimDecision& decision) const {
    return !std::holds_alternative<QuoteClaim>(request) && is_remembered(decision.reason);
  }
  bool operator()(const StatusDecision& decision) const { return decision.writes_tombstone; }
  bool operator()(const PlainDecision& decision) const {
    // Of a business day that does not begin nothing is kept.
    const bool refused = decision.reason != Reason::kNone;
    if (std::holds_alternative<AdvanceBusinessDay>(request) && refused) return false;
    return !is_listing(deed_of(request)) && is_remembered(decision.reason);
  }
  template <typename Other>
  bool operator()(const Other& decision) const {
    return is_remembered(decision.reason);
  }
};

}  // namespace

Reason check_request_id(const Situation& s) {
  const auto* row = s.rows.get<RequestRow>(Slot::kRequest);
  if (row == nullptr) return Reason::kNone;
  const bool same = !row->answered || row->content == s.command.content;
  if (!s.check(1, same, [] { return words("request id not used with other content"); })) {
    return Reason::kRequestIdReused;
  }
  if (row->answered) return Reason::kNone;
  const bool closed = row->state == RequestState::kClosed;
  (void)s.check(2, false, [&] { return words(closed ? "closed" : "reversed", " before arrival"); });
  return closed ? Reason::kClosedBeforeArrival : Reason::kReversedBeforeArrival;
}

Reason check_participant(const Situation& s) {
  const auto* registration = s.rows.get<Registration>(Slot::kParticipant);
  const bool admitted = registration != nullptr && !registration->suspended;
  const bool passed = s.check(3, admitted, [&] {
    return words("registered ", registration != nullptr, ", admitted ", admitted);
  });
  return passed ? Reason::kNone : Reason::kParticipantSuspended;
}

Reason check_request(const Situation& s) {
  const Reason reason = check_request_id(s);
  return reason != Reason::kNone ? reason : check_participant(s);
}

Decision decide(const Command& command, const RowSet& rows, const Reference& reference, Instant now,
                Trace* trace) {
  const Situation situation{command, rows, reference, now, trace};
  return std::visit(Decide{situation}, command.request);
}

bool changes_state(const Command& command, const Decision& decision) {
  return std::visit(ChangesState{command.request}, decision);
}

}  // namespace wasl::core
