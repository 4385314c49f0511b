#include "store/verify_bordereaux.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/codec.hpp"
#include "store/row_walk.hpp"
#include "store/stored_row.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::RequestState;

namespace {

constexpr char kClaimOf = 'd';  // Tag in the scratch map. Bordereau's key and claim: its Standing.

std::string claims_of(const core::RowKey& bordereau) {
  return kClaimOf + std::string(bordereau.view());
}
std::string place_of(const core::RowKey& bordereau, core::ClaimId claim) {
  std::string bytes = claims_of(bordereau);
  core::Writer(bytes).integer(claim);
  return bytes;
}

// How a presented claim stands.
struct Standing {
  RequestState state = RequestState::kPresented;
  core::Cents insurer;
  core::RequestId request_id{};
};

std::string encode(const Standing& standing) {
  std::string bytes;
  core::Writer out(bytes);
  out.integer(static_cast<std::uint8_t>(standing.state));
  out.integer(standing.insurer.value);
  out.raw(standing.request_id);
  return bytes;
}

Standing decode(std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  Standing standing;
  standing.state = static_cast<RequestState>(in.integer<std::uint8_t>());
  standing.insurer.value = in.integer<std::int64_t>();
  standing.request_id = in.array<16>();
  return standing;
}

using Claims = std::vector<std::pair<core::ClaimId, Standing>>;

core::Result<Claims> claims_in(ScratchMap& map, const core::RowKey& bordereau) {
  Claims claims;
  const std::string prefix = claims_of(bordereau);
  const auto take = [&](std::string_view key, std::string_view value) {
    core::Reader in(core::as_bytes(key.substr(prefix.size())));
    claims.emplace_back(in.integer<core::ClaimId>(), decode(value));
    return true;
  };
  if (auto scanned = map.scan(prefix, take); !scanned) return std::unexpected(scanned.error());
  return claims;
}

// The verdict on the claim, if there is one.
std::optional<core::Verdict> verdict_on(const core::ReviewBordereau& review, core::ClaimId claim,
                                        RequestState state) {
  for (const core::ReviewVerdict& each : review.verdicts) {
    if (each.claim == claim) return each.verdict;
  }
  const bool rest = review.accept_rest && state == RequestState::kPresented;
  return rest ? std::optional(core::Verdict::kAccept) : std::nullopt;
}

bool may_follow(RequestState from, core::Verdict verdict) {
  if (from == RequestState::kPresented) return true;
  return from == RequestState::kHeld && verdict != core::Verdict::kHold;
}

RequestState state_after(core::Verdict verdict) {
  if (verdict == core::Verdict::kAccept) return RequestState::kAccepted;
  return verdict == core::Verdict::kReject ? RequestState::kRejected : RequestState::kHeld;
}

// Into the answer that the review must have given.
void tally(const Standing& before, std::optional<core::Verdict> verdict,
           core::ReviewDecision& told) {
  const RequestState after = verdict ? state_after(*verdict) : before.state;
  if (verdict && after == RequestState::kAccepted) told.accepted.add(before.insurer);
  if (verdict && after == RequestState::kRejected) told.rejected.add(before.insurer);
  if (verdict && after == RequestState::kHeld) told.held.add(before.insurer);
  const bool undecided = after == RequestState::kPresented || after == RequestState::kHeld;
  if (undecided) told.undecided.add(before.insurer);
}

}  // namespace

core::Result<void> BordereauCheck::take_closing(const core::Command& command,
                                                const core::ClosingDecision& decision,
                                                core::Sequence sequence) {
  const auto& closing = std::get<core::CloseBordereau>(command.request);
  for (std::size_t i = 0; i < closing.claims.size(); ++i) {
    const auto number = decision.first + static_cast<std::uint32_t>(i / decision.claims_each);
    const core::RowKey bordereau = core::bordereau_key(closing.fund, command.from, number);
    const std::string place = place_of(bordereau, closing.claims[i].claim);
    const auto before = map_.get(place);
    if (!before) return std::unexpected(before.error());
    if (before->has_value()) {
      differences_.add("bordereau", at(sequence) + ": a bordereau of this number was closed");
    }
    const core::HeldClaim* held =
        command.closing.holdings
            ? core::held_claim(*command.closing.holdings, closing.claims[i].claim)
            : nullptr;
    const Standing standing{.state = RequestState::kPresented,
                            .insurer = closing.claims[i].insurer,
                            .request_id = held == nullptr ? core::RequestId{} : held->request_id};
    if (auto put = map_.put(place, encode(standing)); !put) return put;
    ++missing_;
  }
  return {};
}

core::Result<Reviewed> BordereauCheck::take_review(const core::ReviewBordereau& review,
                                                   const core::ReviewDecision& decision,
                                                   core::Sequence sequence) {
  const core::RowKey bordereau = core::bordereau_key(review.fund, review.provider, review.number);
  const auto claims = claims_in(map_, bordereau);
  if (!claims) return std::unexpected(claims.error());
  Reviewed reviewed;
  core::ReviewDecision told;
  for (const auto& [claim, before] : *claims) {
    const auto verdict = verdict_on(review, claim, before.state);
    tally(before, verdict, told);
    if (!verdict) continue;
    if (!may_follow(before.state, *verdict)) {
      differences_.add("bordereau", at(sequence) + ": decides " + at(claim) + " again");
    }
    Standing after = before;
    after.state = state_after(*verdict);
    if (auto put = map_.put(place_of(bordereau, claim), encode(after)); !put) {
      return std::unexpected(put.error());
    }
    if (after.state == RequestState::kAccepted) reviewed.accepted += before.insurer;
    if (after.state != RequestState::kRejected) continue;
    reviewed.rejected.push_back({.claim = claim,
                                 .request_id = before.request_id,
                                 .kind = core::ClaimKind::kThirdParty,
                                 .insurer = before.insurer});
  }
  if (told != decision) {
    differences_.add("bordereau",
                     at(sequence) + ": what it says it decided is not what was presented");
  }
  return reviewed;
}

core::Result<void> BordereauCheck::compare_rows(const Rocks& rows) {
  const auto check = [&](const core::RowKey& key, std::string_view value) {
    return check_row(key, value);
  };
  if (auto checked = for_each_row(rows, core::KeyTag::kBordereau, check); !checked) return checked;
  if (missing_ > 0) {
    differences_.add("bordereau",
                     "presented claims that no bordereau holds: " + std::to_string(missing_));
  }
  return {};
}

core::Result<void> BordereauCheck::check_row(const core::RowKey& key, std::string_view value) {
  const auto row = decode_stored(key, value);
  if (!row.has_value()) {
    return core::fail(core::Errc::kCorrupt, "a bordereau's row does not follow its format");
  }
  for (const core::PresentedClaim& claim : std::get<core::Bordereau>(*row).claims) {
    const std::string place = place_of(key, claim.claim);
    const auto expected = map_.get(place);
    if (!expected) return std::unexpected(expected.error());
    const Standing found{claim.state, claim.insurer, claim.request_id};
    if (!expected->has_value() || **expected != encode(found)) {
      differences_.add("bordereau", at(claim.claim) +
                                        ": its bordereau does not hold it as it was "
                                        "presented and reviewed");
      continue;
    }
    --missing_;
    if (auto put = map_.put(place, {}); !put) return put;
  }
  return {};
}

}  // namespace wasl::store
