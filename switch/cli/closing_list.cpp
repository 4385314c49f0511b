#include "cli/closing_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "cli/format.hpp"
#include "core/request.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

constexpr std::string_view kHeader = "claim_id,insurer_cents";
// A line that a person reads.
constexpr std::size_t kNamedMax = 20;

// A whole field of digits.
template <typename T>
std::optional<T> number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<core::ListedClaim> claim_of(std::string_view line) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto id = number<core::ClaimId>(line.substr(0, comma));
  const auto cents = number<std::int64_t>(line.substr(comma + 1));
  if (!id || !cents || *id == 0 || *cents < 1 || *cents > core::kClaimAmountMax.value) {
    return std::nullopt;
  }
  return core::ListedClaim{.claim = *id, .insurer = core::Cents{*cents}};
}

v1::ListDifference difference(core::ClaimId claim, v1::ListDifference::Side side,
                              core::Cents held) {
  v1::ListDifference found;
  found.set_claim_id(claim);
  found.set_side(side);
  found.set_held_cents(held.value);
  return found;
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::vector<core::ListedClaim> waiting_claims(std::span<const v1::PostingSet> sets) {
  std::map<core::ClaimId, core::Cents> waiting;
  for (const v1::PostingSet& set : sets) {
    if (set.cause() == v1::APPROVAL) {
      waiting.emplace(set.claim_id(), core::Cents{set.postings(0).debit_cents()});
    } else if (set.cause() == v1::REVERSAL) {
      waiting.erase(set.claim_id());
    }
  }
  std::vector<core::ListedClaim> claims;
  for (const auto& [claim, insurer] : waiting) claims.push_back({claim, insurer});
  return claims;
}

std::span<const core::ListedClaim> behind_the_list(std::span<const core::ListedClaim> waiting,
                                                   std::span<const core::ListedClaim> listed) {
  if (listed.empty()) return waiting;
  const auto first =
      std::ranges::upper_bound(waiting, listed.back().claim, {}, &core::ListedClaim::claim);
  return {first, waiting.end()};
}

std::vector<v1::ListDifference> differences(std::span<const core::ListedClaim> waiting,
                                            std::span<const core::ListedClaim> listed) {
  std::map<core::ClaimId, core::Cents> held;
  const std::size_t behind = behind_the_list(waiting, listed).size();
  for (const core::ListedClaim& each : waiting.first(waiting.size() - behind)) {
    held.emplace(each.claim, each.insurer);
  }
  std::map<core::ClaimId, v1::ListDifference> found;
  for (const core::ListedClaim& each : listed) {
    const auto at = held.find(each.claim);
    if (at == held.end()) {
      found.emplace(each.claim,
                    difference(each.claim, v1::ListDifference::ONLY_LISTED, core::Cents{0}));
    } else if (at->second != each.insurer) {
      found.emplace(each.claim,
                    difference(each.claim, v1::ListDifference::AMOUNT_DIFFERS, at->second));
    }
    if (at != held.end()) held.erase(at);
  }
  for (const auto& [claim, cents] : held) {
    found.emplace(claim, difference(claim, v1::ListDifference::ONLY_HELD, cents));
  }
  std::vector<v1::ListDifference> all;
  for (auto& [claim, each] : found) all.push_back(std::move(each));
  return all;
}

std::string sum_text(std::span<const core::ListedClaim> claims) {
  std::int64_t cents = 0;
  for (const core::ListedClaim& claim : claims) cents += claim.insurer.value;
  return fmt::format("{} {} of {}", claims.size(), claims.size() == 1 ? "claim" : "claims",
                     amount_for_people(cents));
}

std::string not_listed(std::span<const core::ListedClaim> claims) {
  std::string names;
  for (const core::ListedClaim& claim : claims.first(std::min(claims.size(), kNamedMax))) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", claim.claim);
  }
  if (claims.size() > kNamedMax) names += fmt::format(" and {} more", claims.size() - kNamedMax);
  return fmt::format("{} {} not in your list and still {}: {}", sum_text(claims),
                     claims.size() == 1 ? "is" : "are", claims.size() == 1 ? "waits" : "wait",
                     names);
}

std::string waiting_reminder(std::span<const v1::PostingSet> sets, std::string_view fund) {
  const std::vector<core::ListedClaim> claims = waiting_claims(sets);
  if (claims.empty()) return {};
  const auto oldest = std::ranges::find(sets, claims.front().claim, &v1::PostingSet::claim_id);
  const core::Instant since{std::chrono::milliseconds{oldest->posted_at_ms()}};
  return fmt::format(
      "waiting to be presented: {}, the oldest since {} (wasl terminal close-day --fund {})\n",
      sum_text(claims), core::to_text(core::day_of(since, std::chrono::minutes{0})), fund);
}

core::Result<std::vector<core::ListedClaim>> parse_own_list(std::string_view csv) {
  std::vector<core::ListedClaim> claims;
  std::string_view rest = csv;
  if (next_line(rest) != kHeader) {
    return core::fail(Errc::kMalformed, fmt::format("line 1: expected {}", kHeader));
  }
  for (int line = 2; !rest.empty(); ++line) {
    const auto claim = claim_of(next_line(rest));
    if (!claim) {
      return core::fail(Errc::kMalformed,
                        fmt::format("line {}: expected a claim id and its centimes, two whole "
                                    "numbers above zero",
                                    line));
    }
    claims.push_back(*claim);
  }
  std::ranges::sort(claims, {}, &core::ListedClaim::claim);
  const auto twice = std::ranges::adjacent_find(claims, {}, &core::ListedClaim::claim);
  if (twice != claims.end()) {
    return core::fail(Errc::kMalformed, fmt::format("claim {} stands twice", twice->claim));
  }
  return claims;
}

std::vector<core::CloseBordereau> closings_of(const core::FundCode& fund,
                                              std::span<const core::ListedClaim> claims) {
  std::vector<core::CloseBordereau> closings;
  while (!claims.empty()) {
    const auto part = claims.first(std::min(claims.size(), core::kClosingClaimsMax));
    core::CloseBordereau closing;
    closing.fund = fund;
    closing.up_to = part.back().claim;
    closing.claims.assign(part.begin(), part.end());
    closing.count = static_cast<std::uint32_t>(part.size());
    for (const core::ListedClaim& each : part) closing.total += each.insurer;
    closings.push_back(std::move(closing));
    claims = claims.subspan(part.size());
  }
  return closings;
}

void set_closing(const core::CloseBordereau& closing, v1::CloseBordereau& out) {
  out.set_fund(std::string(closing.fund.view()));
  out.set_up_to(closing.up_to);
  for (const core::ListedClaim& each : closing.claims) {
    v1::ClaimToPresent& claim = *out.add_claims();
    claim.set_claim_id(each.claim);
    claim.set_insurer_cents(each.insurer.value);
  }
  out.set_count(closing.count);
  out.set_total_cents(closing.total.value);
  out.set_digest(std::string(core::as_text(closing.digest)));
  out.set_signing_key(closing.signing_key);
  out.set_signature(closing.signature);
}

}  // namespace wasl::cli
