// CloseBordereau: the claims of the list become presented, in bordereaux cut from it in order.

#include <algorithm>

#include "core/application.hpp"
#include "core/codec.hpp"

namespace wasl::core {
namespace {

PresentedClaim present(Application& state, const CloseBordereau& request, std::size_t index,
                       std::uint32_t bordereau) {
  const ListedClaim& listed = request.claims[index];
  const HeldClaim* held = held_claim(*state.command.closing.holdings, listed.claim);
  WASL_ASSERT(held != nullptr);
  RequestRow& row = state.change_listed(static_cast<std::uint16_t>(index));
  WASL_ASSERT(row.state == RequestState::kApproved && row.sequence == listed.claim);
  row.state = RequestState::kPresented;
  row.bordereau = bordereau;
  state.index_claim(held->request_id, row);
  return {.claim = listed.claim, .request_id = held->request_id, .insurer = row.insurer};
}

void insert(Application& state, const Bordereau& bordereau) {
  std::string bytes;
  encode_row(bordereau, bytes);
  state.touched.inserted.emplace_back(
      bordereau_key(bordereau.fund, bordereau.provider, bordereau.number), std::move(bytes));
}

}  // namespace

void apply_to(Application& state, const ClosingDecision& decision, const CloseBordereau& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  WASL_ASSERT(state.command.closing.holdings.has_value());
  auto& presentation = state.change_versioned<Presentation>(Slot::kPresentation);
  WASL_ASSERT(decision.first == presentation.bordereaux + 1);
  presentation.up_to = request.up_to;
  for (std::size_t first = 0; first < request.claims.size(); first += decision.claims_each) {
    Bordereau bordereau{.fund = request.fund,
                        .provider = state.command.from,
                        .number = ++presentation.bordereaux,
                        .up_to = request.up_to,
                        .closed_by = state.stamp.sequence,
                        .closed_at = state.stamp.now,
                        .due = decision.due,
                        .total = {},
                        .claims = {}};
    const std::size_t end = std::min(first + decision.claims_each, request.claims.size());
    for (std::size_t i = first; i < end; ++i) {
      bordereau.claims.push_back(present(state, request, i, bordereau.number));
      bordereau.total += bordereau.claims.back().insurer;
    }
    insert(state, bordereau);
  }
}

}  // namespace wasl::core
