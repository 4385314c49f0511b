#include "store/verify_bordereaux.hpp"

#include <chrono>
#include <string>

#include "core/codec.hpp"
#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::RequestState;

namespace {

// Tags of the scratch map's keys.
constexpr char kClaimOf = 'd';  // Bordereau's key and claim: how the claim stands.
constexpr char kHead = 'h';     // Bordereau's key: what its closing made of it.

std::string head_of(const core::RowKey& bordereau) { return kHead + std::string(bordereau.view()); }
std::string claims_of(const core::RowKey& bordereau) {
  return kClaimOf + std::string(bordereau.view());
}
std::string place_of(const core::RowKey& bordereau, core::ClaimId claim) {
  std::string bytes = claims_of(bordereau);
  core::Writer(bytes).integer(claim);
  return bytes;
}

void write(core::Writer& out, core::Day day) {
  out.integer(static_cast<std::int32_t>(day.time_since_epoch().count()));
}

core::Day read_day(core::Reader& in) {
  return core::Day{std::chrono::days{in.integer<std::int32_t>()}};
}

std::string encode(const core::PresentedClaim& claim) {
  std::string bytes;
  core::Writer out(bytes);
  out.raw(claim.request_id);
  out.integer(claim.insurer.value);
  out.integer(static_cast<std::uint8_t>(claim.state));
  out.integer(static_cast<std::uint8_t>(claim.reason));
  write(out, claim.until);
  out.integer(static_cast<std::uint8_t>(claim.owner));
  out.integer(claim.reviewed_by);
  out.integer(claim.reduced.value);
  out.integer(claim.reduced_by);
  return bytes;
}

core::PresentedClaim decode(core::ClaimId id, std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  core::PresentedClaim claim;
  claim.claim = id;
  claim.request_id = in.array<16>();
  claim.insurer.value = in.integer<std::int64_t>();
  claim.state = static_cast<RequestState>(in.integer<std::uint8_t>());
  claim.reason = static_cast<core::ReviewReason>(in.integer<std::uint8_t>());
  claim.until = read_day(in);
  claim.owner = static_cast<core::StepOwner>(in.integer<std::uint8_t>());
  claim.reviewed_by = in.integer<core::Sequence>();
  claim.reduced.value = in.integer<std::int64_t>();
  claim.reduced_by = in.integer<core::Sequence>();
  return claim;
}

// All but its claims and what pays them; its centre is in no record. The total is that of its
// claims as they were presented.
std::string encode_head(const core::Bordereau& bordereau) {
  std::string bytes;
  core::Writer out(bytes);
  write(out, bordereau.due);
  out.integer(bordereau.up_to);
  out.integer(bordereau.closed_by);
  out.integer(static_cast<std::int64_t>(bordereau.closed_at.time_since_epoch().count()));
  out.integer(bordereau.total.value);
  return bytes;
}

core::Day due_in_head(std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  return read_day(in);
}

using Claims = std::vector<core::PresentedClaim>;

core::Result<Claims> claims_in(ScratchMap& map, const core::RowKey& bordereau) {
  Claims claims;
  const std::string prefix = claims_of(bordereau);
  const auto take = [&](std::string_view key, std::string_view value) {
    core::Reader in(core::as_bytes(key.substr(prefix.size())));
    claims.push_back(decode(in.integer<core::ClaimId>(), value));
    return true;
  };
  if (auto scanned = map.scan(prefix, take); !scanned) return std::unexpected(scanned.error());
  return claims;
}

// What is decided of the claim, if anything is.
std::optional<core::ReviewVerdict> verdict_on(const core::ReviewBordereau& review,
                                              const core::PresentedClaim& claim) {
  for (const core::ReviewVerdict& each : review.verdicts) {
    if (each.claim == claim.claim) return each;
  }
  if (!review.accept_rest || claim.state != RequestState::kPresented) return std::nullopt;
  core::ReviewVerdict rest;
  rest.claim = claim.claim;
  rest.verdict = core::Verdict::kAccept;
  return rest;
}

bool may_follow(RequestState from, core::Verdict verdict) {
  if (from == RequestState::kPresented) return true;
  return from == RequestState::kHeld && verdict != core::Verdict::kHold;
}

RequestState state_after(core::Verdict verdict) {
  if (verdict == core::Verdict::kAccept) return RequestState::kAccepted;
  return verdict == core::Verdict::kReject ? RequestState::kRejected : RequestState::kHeld;
}

core::PresentedClaim behind(core::PresentedClaim claim, const core::ReviewVerdict& verdict,
                            core::Sequence review) {
  const bool held = verdict.verdict == core::Verdict::kHold;
  claim.state = state_after(verdict.verdict);
  claim.reason =
      verdict.verdict == core::Verdict::kAccept ? core::ReviewReason::kNone : verdict.reason;
  claim.until = held ? verdict.until : core::Day{};
  claim.owner = held ? verdict.owner : core::StepOwner::kCentre;
  claim.reviewed_by = review;
  return claim;
}

// Into the answer that the review must have given.
void tally(const core::PresentedClaim& before, const std::optional<core::ReviewVerdict>& verdict,
           core::ReviewDecision& told) {
  const RequestState after = verdict ? state_after(verdict->verdict) : before.state;
  if (verdict && after == RequestState::kAccepted) told.accepted.add(before.insurer);
  if (verdict && after == RequestState::kRejected) told.rejected.add(before.insurer);
  if (verdict && after == RequestState::kHeld) told.held.add(before.insurer);
  const bool undecided = after == RequestState::kPresented || after == RequestState::kHeld;
  if (undecided) told.undecided.add(before.insurer);
}

core::PostedClaim posted(const core::PresentedClaim& claim, core::Cents amount) {
  return {.claim = claim.claim,
          .request_id = claim.request_id,
          .kind = core::ClaimKind::kThirdParty,
          .insurer = amount};
}

}  // namespace

core::Result<void> BordereauCheck::take_closing(const core::Command& command,
                                                const core::ClosingDecision& decision,
                                                const core::Stamp& stamp) {
  const auto& closing = std::get<core::CloseBordereau>(command.request);
  core::Bordereau head;
  for (std::size_t i = 0; i < closing.claims.size(); ++i) {
    if (i % decision.claims_each == 0) {
      head.up_to = closing.up_to;
      head.closed_by = stamp.sequence;
      head.closed_at = stamp.now;
      head.due = decision.due;
      head.total = {};
    }
    const auto number = decision.first + static_cast<std::uint32_t>(i / decision.claims_each);
    const core::RowKey bordereau = core::bordereau_key(closing.fund, command.from, number);
    const std::string place = place_of(bordereau, closing.claims[i].claim);
    const auto before = map_.get(place);
    if (!before) return std::unexpected(before.error());
    if (before->has_value()) {
      differences_.add("bordereau", at(stamp.sequence) + ": a bordereau of this number was closed");
    }
    const core::HeldClaim* held =
        command.closing.holdings
            ? core::held_claim(*command.closing.holdings, closing.claims[i].claim)
            : nullptr;
    core::PresentedClaim claim;
    claim.insurer = closing.claims[i].insurer;
    if (held != nullptr) claim.request_id = held->request_id;
    if (auto put = map_.put(place, encode(claim)); !put) return put;
    ++missing_;
    head.total += claim.insurer;
    if (auto put = map_.put(head_of(bordereau), encode_head(head)); !put) return put;
  }
  return {};
}

core::Result<Reviewed> BordereauCheck::take_review(const core::ReviewBordereau& review,
                                                   const core::ReviewDecision& decision,
                                                   core::Sequence sequence) {
  const core::RowKey bordereau = core::bordereau_key(review.fund, review.provider, review.number);
  const auto claims = claims_in(map_, bordereau);
  if (!claims) return std::unexpected(claims.error());
  const auto head = map_.get(head_of(bordereau));
  if (!head) return std::unexpected(head.error());
  Reviewed reviewed;
  if (head->has_value()) reviewed.due = due_in_head(**head);
  core::ReviewDecision told;
  for (const core::PresentedClaim& before : *claims) {
    const auto verdict = verdict_on(review, before);
    tally(before, verdict, told);
    if (!verdict) continue;
    if (!may_follow(before.state, verdict->verdict)) {
      differences_.add("bordereau", at(sequence) + ": decides " + at(before.claim) + " again");
    }
    const core::PresentedClaim after = behind(before, *verdict, sequence);
    if (auto put = map_.put(place_of(bordereau, before.claim), encode(after)); !put) {
      return std::unexpected(put.error());
    }
    if (after.state == RequestState::kAccepted) reviewed.accepted += before.insurer;
    if (after.state == RequestState::kRejected) {
      reviewed.rejected.push_back(posted(before, before.insurer));
    }
  }
  if (told != decision) {
    differences_.add("bordereau",
                     at(sequence) + ": what it says it decided is not what was presented");
  }
  return reviewed;
}

core::Result<std::optional<Reduced>> BordereauCheck::take_reduction(
    const core::ReduceClaim& reduction, const core::ReductionDecision& decision,
    core::Sequence sequence) {
  const std::string place =
      place_of(core::bordereau_key(reduction.fund, reduction.provider, reduction.bordereau),
               reduction.claim);
  const auto before = map_.get(place);
  if (!before) return std::unexpected(before.error());
  core::PresentedClaim claim;
  if (before->has_value()) claim = decode(reduction.claim, **before);
  const bool less = reduction.insurer + decision.difference == claim.insurer;
  if (claim.state != RequestState::kAccepted || !less) {
    differences_.add("bordereau", at(sequence) + ": reduces " + at(reduction.claim) +
                                      ", which is no accepted claim of that amount");
    return std::optional<Reduced>{};
  }
  claim.insurer = reduction.insurer;
  claim.reduced += decision.difference;
  claim.reduced_by = sequence;
  claim.reason = reduction.reason;
  if (auto put = map_.put(place, encode(claim)); !put) return std::unexpected(put.error());
  return Reduced{.claim = posted(claim, decision.difference),
                 .acceptance = claim.reviewed_by,
                 .paid = decision.effect == core::ReductionDecision::Effect::kOwedBack};
}

core::Result<void> BordereauCheck::compare_rows(const Rocks& rows) {
  const auto check = [&](const core::RowKey& key, const core::Bordereau& bordereau) {
    return check_row(key, bordereau);
  };
  auto checked = for_each_of<core::Bordereau>(rows, core::KeyTag::kBordereau, check);
  if (!checked) return checked;
  if (missing_ > 0) {
    differences_.add("bordereau",
                     "presented claims that no bordereau holds: " + std::to_string(missing_));
  }
  return reviews_.compare_rows(rows);
}

core::Result<void> BordereauCheck::check_row(const core::RowKey& key,
                                             const core::Bordereau& bordereau) {
  if (auto head = check_head(key, bordereau); !head) return head;
  for (const core::PresentedClaim& claim : bordereau.claims) {
    const std::string place = place_of(key, claim.claim);
    const auto expected = map_.get(place);
    if (!expected) return std::unexpected(expected.error());
    if (!expected->has_value() || **expected != encode(claim)) {
      differences_.add("bordereau", at(claim.claim) +
                                        ": its bordereau does not hold it as it was "
                                        "presented, reviewed and reduced");
      continue;
    }
    --missing_;
    if (auto put = map_.put(place, {}); !put) return put;
  }
  return reviews_.expect(bordereau);
}

core::Result<void> BordereauCheck::check_head(const core::RowKey& key,
                                              const core::Bordereau& bordereau) {
  const auto expected = map_.get(head_of(key));
  if (!expected) return std::unexpected(expected.error());
  if (!expected->has_value() || **expected != encode_head(bordereau)) {
    differences_.add("bordereau", "the bordereau " + std::to_string(bordereau.number) +
                                      " is not as its closing left it");
  }
  return {};
}

}  // namespace wasl::store
