// ReviewBordereau: accepted claims become payable, together; rejected ones are released, each as by
// a reversal.

#include "core/application.hpp"
#include "core/bordereau.hpp"
#include "core/ledger.hpp"

namespace wasl::core {
namespace {

class Review {
 public:
  Review(Application& state, const ReviewBordereau& request)
      : state_(state), request_(request), bordereau_(state.change<Bordereau>(Slot::kBordereau)) {}

  void carry_out() {
    const std::optional<OpenReview> before = open_review(bordereau_);
    WASL_ASSERT(before.has_value());
    Cents accepted;
    for (PresentedClaim& claim : bordereau_.claims) {
      const bool rest = request_.accept_rest && claim.state == RequestState::kPresented;
      if (!rest || named_in(request_, claim.claim)) continue;
      accepted += accept(claim);
    }
    for (std::size_t i = 0; i < request_.verdicts.size(); ++i) accepted += carry_out_verdict(i);
    if (accepted.value > 0) {
      post(acceptance_postings(request_.number, accepted, state_.stamp.now));
      // To the provider, as one sum.
      state_.owe({.fund = request_.fund,
                  .payee = request_.provider,
                  .item = {.record = state_.stamp.sequence,
                           .amount = accepted,
                           .since = state_.stamp.now,
                           .due = bordereau_.due,
                           .of = AcceptedItem{.bordereau = request_.number},
                           .came_back = std::nullopt}});
    }
    state_.replace_index(before, open_review(bordereau_));
  }

 private:
  Cents carry_out_verdict(std::size_t index) {
    const ReviewVerdict& verdict = request_.verdicts[index];
    PresentedClaim* claim = presented_claim(bordereau_, verdict.claim);
    WASL_ASSERT(claim != nullptr && is_undecided(*claim));
    if (verdict.verdict == Verdict::kAccept) return accept(*claim);
    const bool held = verdict.verdict == Verdict::kHold;
    set_state(*claim, held ? RequestState::kHeld : RequestState::kRejected, verdict.reason);
    if (held) {
      claim->until = verdict.until;
      claim->owner = verdict.owner;
    } else {
      reject(static_cast<std::uint16_t>(index), *claim);
    }
    return {};
  }

  Cents accept(PresentedClaim& claim) {
    set_state(claim, RequestState::kAccepted, ReviewReason::kNone);
    return claim.insurer;
  }

  void reject(std::uint16_t index, const PresentedClaim& claim) {
    RequestRow& row = state_.change_listed<RequestRow>(Slot::kListed, index);
    WASL_ASSERT(row.state == RequestState::kPresented && row.sequence == claim.claim);
    row.state = RequestState::kRejected;
    state_.index_claim(request_.provider, claim.request_id, row);
    state_.release_listed_history(index, claim.claim);
    post(rejection_postings({.claim = claim.claim,
                             .request_id = claim.request_id,
                             .kind = row.kind,
                             .insurer = claim.insurer},
                            request_.number, state_.stamp.now));
  }

  void set_state(PresentedClaim& claim, RequestState to, ReviewReason reason) {
    claim.state = to;
    claim.reason = reason;
    claim.until = {};
    claim.owner = StepOwner::kCentre;
    claim.reviewed_by = state_.stamp.sequence;
  }

  void post(const PostingSet& set) {
    state_.touched.inserted.emplace_back(
        posting_key(request_.fund, request_.provider, state_.stamp.sequence, sets_++),
        encode_postings(set));
  }

  Application& state_;
  const ReviewBordereau& request_;
  Bordereau& bordereau_;
  std::uint16_t sets_ = 0;
};

}  // namespace

void apply_to(Application& state, const ReviewDecision& decision, const ReviewBordereau& request) {
  state.remember(RequestState::kDone);
  if (decision.reason == Reason::kNone) Review(state, request).carry_out();
}

}  // namespace wasl::core
