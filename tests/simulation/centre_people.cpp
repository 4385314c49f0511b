#include "simulation/centre_people.hpp"

#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

#include "core/bordereau.hpp"
#include "simulation/rows_read.hpp"
#include "support/world.hpp"

namespace wasl::test {
namespace {

core::Participant pharmacy() {
  return {core::Role::kProvider, code<core::ParticipantId>(kPharmacy)};
}

// By bordereau.
using Paid = std::pair<std::uint32_t, core::ClaimId>;
std::vector<Paid> paid_claims(const OrderedRows& rows) {
  std::vector<Paid> paid;
  for (const auto& bordereau : rows_read<core::Bordereau>(rows, core::KeyTag::kBordereau)) {
    for (const core::PresentedClaim& claim : bordereau.claims) {
      const bool booked = core::state_now(bordereau, claim) == core::RequestState::kPaid;
      if (booked) paid.emplace_back(bordereau.number, claim.claim);
    }
  }
  return paid;
}

}  // namespace

core::ReviewVerdict CentrePeople::some_verdict(core::ClaimId claim, core::Day today) {
  core::ReviewVerdict verdict;
  verdict.claim = claim;
  verdict.verdict = static_cast<core::Verdict>(1 + below(3));
  if (verdict.verdict == core::Verdict::kAccept) return verdict;
  verdict.reason = core::ReviewReason::kNotConforming;
  if (verdict.verdict == core::Verdict::kHold) verdict.until = today + std::chrono::days{3};
  return verdict;
}

// Of any bordereau, also one that is decided already: that is refused.
std::optional<core::Request> CentrePeople::review(const ClientRecord& record, core::Day today) {
  const Known known = known_to_the_clerk(record);
  if (known.bordereaux.empty()) return std::nullopt;
  const auto chosen = std::next(known.bordereaux.begin(),
                                static_cast<std::ptrdiff_t>(below(known.bordereaux.size())));
  core::ReviewBordereau review;
  review.fund = code<core::FundCode>(kFund);
  review.provider = pharmacy();
  // Sometimes one that is not closed yet: what was found absent must be found once it is there.
  review.number = chosen->first + (below(6) == 0 ? 1 : 0);
  for (const core::ClaimId claim : chosen->second) {
    if (below(3) == 0) review.verdicts.push_back(some_verdict(claim, today));
  }
  review.accept_rest = review.verdicts.empty() || below(2) == 0;
  return review;
}

// Of a claim that is paid, or of any that was presented, to any amount: also of one that waits, is
// being paid or was rejected, to more than it is worth, or of one that no such bordereau holds.
std::optional<core::Request> CentrePeople::reduction(const ClientRecord& record,
                                                     const OrderedRows& rows) {
  core::ReduceClaim reduction;
  reduction.fund = code<core::FundCode>(kFund);
  reduction.provider = pharmacy();
  reduction.reason = core::ReviewReason::kWrongQuantity;
  if (below(4) != 0) reduction.insurer = core::Cents{static_cast<std::int64_t>(below(12'000))};
  if (const std::vector<Paid> paid = paid_claims(rows); !paid.empty() && below(2) == 0) {
    std::tie(reduction.bordereau, reduction.claim) = paid[below(paid.size())];
    return reduction;
  }
  const Known known = known_to_the_clerk(record);
  if (known.bordereaux.empty()) return std::nullopt;
  const auto chosen = std::next(known.bordereaux.begin(),
                                static_cast<std::ptrdiff_t>(below(known.bordereaux.size())));
  reduction.bordereau = chosen->first + (below(20) == 0 ? 1 : 0);
  reduction.claim = chosen->second[below(chosen->second.size())];
  return reduction;
}

}  // namespace wasl::test
