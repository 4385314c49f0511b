// CloseBordereau: the claims of the list become presented, in bordereaux cut from it in order.

#include <algorithm>

#include "core/application.hpp"
#include "core/bordereau.hpp"

namespace wasl::core {
namespace {

PresentedClaim present(Application& state, const CloseBordereau& request, std::size_t index,
                       std::uint32_t bordereau) {
  const ListedClaim& listed = request.claims[index];
  const HeldClaim* held = held_claim(*state.command.closing.holdings, listed.claim);
  WASL_ASSERT(held != nullptr);
  RequestRow& row =
      state.change_listed<RequestRow>(Slot::kListed, static_cast<std::uint16_t>(index));
  WASL_ASSERT(row.state == RequestState::kApproved && row.sequence == listed.claim);
  row.state = RequestState::kPresented;
  row.bordereau = bordereau;
  state.index_claim(state.command.from, held->request_id, row);
  PresentedClaim claim;
  claim.claim = listed.claim;
  claim.request_id = held->request_id;
  claim.insurer = row.insurer;
  return claim;
}

void make(Application& state, Bordereau bordereau) {
  state.replace_index(std::nullopt, open_review(bordereau));
  const RowKey key = bordereau_key(bordereau.fund, bordereau.provider, bordereau.number);
  state.make(key, std::move(bordereau));
}

}  // namespace

void apply_to(Application& state, const ClosingDecision& decision, const CloseBordereau& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  WASL_ASSERT(state.command.closing.holdings.has_value());
  auto& presentation = state.change_versioned<Presentation>(Slot::kPresentation);
  WASL_ASSERT(decision.first == presentation.bordereaux + 1);
  presentation.up_to = request.up_to;
  const auto* provider = state.rows.get<Registration>(Slot::kParticipant);
  WASL_ASSERT(provider != nullptr);
  for (std::size_t first = 0; first < request.claims.size(); first += decision.claims_each) {
    Bordereau bordereau{.fund = request.fund,
                        .provider = state.command.from,
                        .number = ++presentation.bordereaux,
                        .centre = provider->centre,
                        .up_to = request.up_to,
                        .closed_by = state.stamp.sequence,
                        .closed_at = state.stamp.now,
                        .due = decision.due,
                        .total = {},
                        .claims = {},
                        .paid = {}};
    const std::size_t end = std::min(first + decision.claims_each, request.claims.size());
    for (std::size_t i = first; i < end; ++i) {
      bordereau.claims.push_back(present(state, request, i, bordereau.number));
      bordereau.total += bordereau.claims.back().insurer;
    }
    make(state, std::move(bordereau));
  }
}

}  // namespace wasl::core
