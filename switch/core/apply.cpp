// Which part carries out what. A decision is of the kind its request asks for: anything else is a
// bug of the caller, since the journal's decoder has refused it before.

#include "core/application.hpp"
#include "core/card_counter.hpp"

namespace wasl::core {
namespace {

template <typename DecisionKind>
const DecisionKind& expected(const Decision& decision) {
  WASL_ASSERT(std::holds_alternative<DecisionKind>(decision));
  return std::get<DecisionKind>(decision);
}

struct Apply {
  Application& state;
  const Decision& decision;

  void operator()(const SubmitClaim& request) const {
    apply_to(state, expected<ClaimDecision>(decision), request);
  }
  void operator()(const ReverseClaim& request) const {
    apply_to(state, expected<ReversalDecision>(decision), request);
  }
  void operator()(const GetClaim& request) const {
    apply_to(state, expected<StatusDecision>(decision), request);
  }
  void operator()(const GetRights& request) const {
    apply_to(state, expected<RightsDecision>(decision), request);
  }
  void operator()(const UpdateCard& request) const {
    apply_to(state, expected<RightsDecision>(decision), request);
  }
  void operator()(const CloseBordereau& request) const {
    apply_to(state, expected<ClosingDecision>(decision), request);
  }
  void operator()(const CorrectClaim& request) const {
    apply_to(state, expected<ClaimDecision>(decision), request);
  }
  void operator()(const ReviewBordereau& request) const {
    apply_to(state, expected<ReviewDecision>(decision), request);
  }
  void operator()(const ReduceClaim& request) const {
    apply_to(state, expected<ReductionDecision>(decision), request);
  }
  void operator()(const AdvanceBusinessDay& request) const {
    if (expected<PlainDecision>(decision).reason == Reason::kNone) apply_to(state, request);
  }
  void operator()(const SetPayoutAccount& request) const {
    apply_to(state, expected<PayoutDecision>(decision), request);
  }
  void operator()(const ProposeRun& request) const {
    apply_to(state, expected<RunDecision>(decision), request);
  }
  void operator()(const CollectRun& request) const {
    apply_to(state, expected<CollectDecision>(decision), request);
  }
  void operator()(const ApproveRun& request) const {
    apply_to(state, expected<RunDecision>(decision), request);
  }
  void operator()(const CancelRun& request) const {
    apply_to(state, expected<RunDecision>(decision), request);
  }
  void operator()(const ExportRun& request) const {
    apply_to(state, expected<ExportDecision>(decision), request);
  }
  void operator()(const OpenStatusFile& request) const {
    apply_to(state, expected<StatusFileDecision>(decision), request);
  }
  void operator()(const ReceiveStatuses& request) const {
    apply_to(state, expected<StatusFileDecision>(decision), request);
  }
  void operator()(const ApplyStatuses& request) const {
    apply_to(state, expected<StatusFileDecision>(decision), request);
  }
  void operator()(const DropStatusFile& request) const {
    apply_to(state, expected<StatusFileDecision>(decision), request);
  }
  // Journaled, but no row holds it.
  void operator()(const ConfirmClock&) const {}
  // Its rows come from the kept files, in one ingestion by the store (store/recovery.hpp).
  void operator()(const Import&) const {}
  // changes_state() is false for these.
  void operator()(const QuoteClaim&) const {}
  void operator()(const ListClaims&) const {}
  void operator()(const ListPriorAgreements&) const {}
  void operator()(const ListBalances&) const {}
  void operator()(const ListPostings&) const {}
  void operator()(const ListBordereaux&) const {}
  void operator()(const GetBordereau&) const {}
  void operator()(const ListReviews&) const {}
  void operator()(const ListPayoutChanges&) const {}
  void operator()(const ListOwed&) const {}
  void operator()(const ListRuns&) const {}
  void operator()(const ListPayouts&) const {}
  void operator()(const ListStatusFiles&) const {}
  void operator()(const ListReceivables&) const {}
  void operator()(const Reconcile&) const {}
  void operator()(const GetBankFile&) const {}
  void operator()(const NoRequest&) const {}

  template <typename Plain>
  void operator()(const Plain& request) const {
    const auto& plain = expected<PlainDecision>(decision);
    state.remember(RequestState::kDone);
    if (plain.reason == Reason::kNone) apply_to(state, request);
  }
};

}  // namespace

void Application::use_card(const CardNumber& number) {
  auto& account = change_versioned<Account>(Slot::kAccount);
  Card* card = account.card(number);
  WASL_ASSERT(card != nullptr && command.proofs.card.has_value());
  use_counter(*card, command.proofs.card->atc);
}

// NOLINTNEXTLINE(readability-function-size): a struct of them would be made for this call alone.
Touched apply(const Command& command, const Decision& decision, const Stamp& stamp,
              const std::string& body, RowSet& rows, Reference& reference) {
  Application state{command, stamp, body, rows, reference};
  if (changes_state(command, decision)) std::visit(Apply{state, decision}, command.request);
  return std::move(state.touched);
}

}  // namespace wasl::core
