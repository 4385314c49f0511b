#include "cli/review_verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cli/review_words.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using Verdict = v1::ReviewVerdict;

// Up to the separator, which is removed; all of it where there is none.
std::string_view take_until(char separator, std::string_view& rest) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

// The claim and reason at the beginning of ID=REASON or ID=REASON:…
core::Result<Verdict> begin(Verdict::Verdict kind, std::string_view& rest) {
  const std::string_view id = take_until('=', rest);
  std::uint64_t claim = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), claim);
  if (error != std::errc{} || end != id.data() + id.size() || rest.empty()) {
    return core::fail(Errc::kMalformed,
                      fmt::format("'{}' does not begin with a claim's id and '='", id));
  }
  const core::Result<v1::ReviewReason> reason = parse_review_reason(take_until(':', rest));
  if (!reason) return std::unexpected(reason.error());
  Verdict verdict;
  verdict.set_claim_id(claim);
  verdict.set_verdict(kind);
  verdict.set_reason(*reason);
  return verdict;
}

void add(std::int64_t insurer_cents, v1::ReviewTally& tally) {
  tally.set_claims(tally.claims() + 1);
  tally.set_insurer_cents(tally.insurer_cents() + insurer_cents);
}

}  // namespace

v1::ReviewBordereau review_of(const std::string& provider, const std::string& fund,
                              std::uint32_t number) {
  v1::ReviewBordereau review;
  review.mutable_provider()->set_role(v1::PROVIDER);
  review.mutable_provider()->set_id(provider);
  review.set_fund(fund);
  review.set_number(number);
  return review;
}

v1::GetBordereau bordereau_of(const v1::ReviewBordereau& review) {
  v1::GetBordereau which;
  *which.mutable_provider() = review.provider();
  which.set_fund(review.fund());
  which.set_number(review.number());
  return which;
}

Verdict accepting(std::uint64_t claim) {
  Verdict verdict;
  verdict.set_claim_id(claim);
  verdict.set_verdict(Verdict::ACCEPT);
  return verdict;
}

core::Result<Verdict> parse_rejection(std::string_view typed) {
  std::string_view rest = typed;
  core::Result<Verdict> verdict = begin(Verdict::REJECT, rest);
  if (verdict && !rest.empty()) {
    return core::fail(Errc::kMalformed, fmt::format("'{}' is more than ID=REASON", typed));
  }
  return verdict;
}

core::Result<Verdict> parse_hold(std::string_view typed) {
  std::string_view rest = typed;
  core::Result<Verdict> verdict = begin(Verdict::HOLD, rest);
  if (!verdict) return verdict;
  const std::string_view until = take_until(':', rest);
  if (!core::parse_day(until)) {
    return core::fail(Errc::kMalformed,
                      fmt::format("'{}' is no day; a hold is ID=REASON:YYYY-MM-DD:OWNER", until));
  }
  const core::Result<v1::StepOwner> owner = parse_step_owner(rest);
  if (!owner) return std::unexpected(owner.error());
  verdict->set_until(std::string(until));
  verdict->set_owner(*owner);
  return verdict;
}

const Verdict* verdict_on(const v1::ReviewBordereau& review, std::uint64_t claim) {
  const auto found = std::ranges::find(review.verdicts(), claim, &Verdict::claim_id);
  return found == review.verdicts().end() ? nullptr : &*found;
}

std::optional<Verdict> verdict_for(const v1::ReviewBordereau& review,
                                   const v1::PresentedClaim& claim) {
  const Verdict* const named = verdict_on(review, claim.claim_id());
  if (named != nullptr) return *named;
  if (review.accept_rest() && claim.state() == v1::PRESENTED) return accepting(claim.claim_id());
  return std::nullopt;
}

void set_verdict(const Verdict& verdict, v1::ReviewBordereau& review) {
  auto& verdicts = *review.mutable_verdicts();
  const auto same = std::ranges::find(verdicts, verdict.claim_id(), &Verdict::claim_id);
  if (same != verdicts.end()) {
    *same = verdict;
    return;
  }
  *verdicts.Add() = verdict;
  std::ranges::sort(verdicts, {}, &Verdict::claim_id);
}

void drop_verdict(std::uint64_t claim, v1::ReviewBordereau& review) {
  auto& verdicts = *review.mutable_verdicts();
  const auto same = std::ranges::find(verdicts, claim, &Verdict::claim_id);
  if (same != verdicts.end()) verdicts.erase(same);
}

bool is_undecided(const v1::PresentedClaim& claim) {
  return claim.state() == v1::PRESENTED || claim.state() == v1::HELD;
}

bool allows(const v1::PresentedClaim& claim, Verdict::Verdict verdict) {
  return claim.state() == v1::PRESENTED || (claim.state() == v1::HELD && verdict != Verdict::HOLD);
}

std::vector<std::uint64_t> drop_overtaken(const v1::Bordereau& bordereau,
                                          v1::ReviewBordereau& review) {
  std::vector<std::uint64_t> dropped;
  for (const Verdict& verdict : review.verdicts()) {
    const auto claim =
        std::ranges::find(bordereau.claims(), verdict.claim_id(), &v1::PresentedClaim::claim_id);
    const bool fits = claim != bordereau.claims().end() && allows(*claim, verdict.verdict());
    if (!fits) dropped.push_back(verdict.claim_id());
  }
  for (const std::uint64_t claim : dropped) drop_verdict(claim, review);
  const auto is_presented = [](const auto& claim) { return claim.state() == v1::PRESENTED; };
  if (std::ranges::none_of(bordereau.claims(), is_presented)) review.clear_accept_rest();
  return dropped;
}

bool is_final(const v1::ReviewBordereau& review) {
  return review.accept_rest() || std::ranges::any_of(review.verdicts(), [](const Verdict& each) {
           return each.verdict() != Verdict::HOLD;
         });
}

v1::ReviewAnswer expected(const v1::ReviewBordereau& review, const v1::Bordereau& bordereau) {
  v1::ReviewAnswer answer;
  for (const v1::PresentedClaim& claim : bordereau.claims()) {
    const std::optional<Verdict> given = verdict_for(review, claim);
    const Verdict::Verdict verdict = given ? given->verdict() : Verdict::VERDICT_UNSPECIFIED;
    const std::int64_t cents = claim.insurer_cents();
    if (verdict == Verdict::ACCEPT) add(cents, *answer.mutable_accepted());
    if (verdict == Verdict::REJECT) add(cents, *answer.mutable_rejected());
    if (verdict == Verdict::HOLD) add(cents, *answer.mutable_held());
    const bool left = verdict == Verdict::HOLD || (!given && is_undecided(claim));
    if (left) add(cents, *answer.mutable_undecided());
  }
  return answer;
}

}  // namespace wasl::cli
