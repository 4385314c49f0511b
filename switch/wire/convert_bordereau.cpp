#include "wire/convert.hpp"

namespace wasl::wire {
namespace {

core::ListedClaim listed_claim(const v1::ClaimToPresent& given, const Fields& at) {
  core::ListedClaim claim;
  claim.claim = at.number<core::ClaimId>("claim_id", given.claim_id(), 1, UINT64_MAX);
  claim.insurer = at.cents("insurer_cents", given.insurer_cents(), core::kClaimAmountMax);
  return claim;
}

std::string bytes(const char* name, const std::string& given, std::size_t most, const Fields& at) {
  at.require(!given.empty() && given.size() <= most, name, "missing or too long");
  return given;
}

core::ReviewVerdict verdict(const v1::ReviewVerdict& given, const Fields& at) {
  core::ReviewVerdict out;
  out.claim = at.number<core::ClaimId>("claim_id", given.claim_id(), 1, UINT64_MAX);
  out.verdict = at.choice("verdict", given.verdict(), core::Verdict::kHold);
  const bool objects = out.verdict != core::Verdict::kAccept;
  out.reason = at.choice("reason", given.reason(),
                         objects ? core::ReviewReason::kMedicalControl : core::ReviewReason::kNone,
                         objects ? core::ReviewReason::kWrongTarif : core::ReviewReason::kNone);
  if (out.verdict == core::Verdict::kHold) {
    out.until = at.day("until", given.until());
    out.owner = at.choice("owner", given.owner(), core::StepOwner::kFund);
  } else {
    at.require(given.until().empty(), "until", "with HOLD only");
    at.require(given.owner() == v1::STEP_OWNER_UNSPECIFIED, "owner", "with HOLD only");
  }
  return out;
}

struct BordereauName {
  core::FundCode fund;
  core::Participant provider;
  std::uint32_t number = 0;
};

// A provider names its own, a fund that of a provider, a centre that of a provider with a fund.
template <typename Message>
BordereauName bordereau_name(const Message& given, const core::Participant& from,
                             const Fields& at) {
  const auto* const provider = given.has_provider() ? &given.provider() : nullptr;
  Listed whose;
  if (from.role == core::Role::kCentre) {
    whose.fund = at.code<core::FundCode>("fund", given.fund());
    if (provider != nullptr) whose.of = convert(*provider, at.in("provider"));
  } else {
    whose = listed(given.fund(), "provider", provider, at, from);
  }
  at.require(whose.of.has_value(), "provider", "required: whose bordereau");
  return {.fund = whose.fund,
          .provider = whose.of.value_or(core::Participant{}),
          .number = at.number<std::uint32_t>("number", given.number(), 1, UINT32_MAX)};
}

}  // namespace

void convert(const v1::CloseBordereau& given, const Fields& at, core::Command& out) {
  core::CloseBordereau closing;
  out.request_id = at.request_id("request_id", given.request_id());
  closing.fund = at.code<core::FundCode>("fund", given.fund());
  closing.up_to = at.number<core::Sequence>("up_to", given.up_to(), 1, UINT64_MAX);
  core::ClaimId before = 0;
  for (int i = 0; i < given.claims_size() && !at.failed(); ++i) {
    closing.claims.push_back(listed_claim(given.claims(i), at.in("claims", i)));
    const core::ClaimId claim = closing.claims.back().claim;
    at.in("claims", i).require(claim > before, "claim_id", "not in ascending order");
    before = claim;
  }
  closing.count = given.count();
  closing.total = at.cents("total_cents", given.total_cents(), core::kBordereauAmountMax, 0);
  closing.digest = at.bytes<std::tuple_size_v<core::Sha256>>("digest", given.digest());
  closing.signing_key = bytes("signing_key", given.signing_key(), core::kSigningKeyBytesMax, at);
  closing.signature = bytes("signature", given.signature(), core::kSignatureBytesMax, at);
  out.request = std::move(closing);
}

void convert(const v1::ListBordereaux& given, const Fields& at, core::Command& out) {
  const auto* const provider = given.has_provider() ? &given.provider() : nullptr;
  const auto* const after = given.has_after_provider() ? &given.after_provider() : nullptr;
  const auto [fund, of] = listed(given.fund(), "provider", provider, at, out.from);
  out.request = core::ListBordereaux{
      .fund = fund,
      .provider = of,
      .after_provider = after_participant(given.after(), "after_provider", after, of, at),
      .after = given.after(),
      .page = at.page_size(given.page_size())};
}

void convert(const v1::GetBordereau& given, const Fields& at, core::Command& out) {
  const BordereauName one = bordereau_name(given, out.from, at);
  out.request =
      core::GetBordereau{.fund = one.fund, .provider = one.provider, .number = one.number};
}

void convert(const v1::ReviewBordereau& given, const Fields& at, core::Command& out) {
  out.request_id = at.request_id("request_id", given.request_id());
  const BordereauName one = bordereau_name(given, out.from, at);
  core::ReviewBordereau review{.fund = one.fund,
                               .provider = one.provider,
                               .number = one.number,
                               .verdicts = {},
                               .accept_rest = given.accept_rest()};
  at.require(given.accept_rest() || given.verdicts_size() > 0, "verdicts",
             "neither a verdict nor accept_rest is given");
  core::ClaimId before = 0;
  for (int i = 0; i < given.verdicts_size() && !at.failed(); ++i) {
    review.verdicts.push_back(verdict(given.verdicts(i), at.in("verdicts", i)));
    const core::ClaimId claim = review.verdicts.back().claim;
    at.in("verdicts", i).require(claim > before, "claim_id", "not in ascending order");
    before = claim;
  }
  out.request = std::move(review);
}

void convert(const v1::ReduceClaim& given, const Fields& at, core::Command& out) {
  out.request_id = at.request_id("request_id", given.request_id());
  const BordereauName one = bordereau_name(given, out.from, at);
  out.request = core::ReduceClaim{
      .fund = one.fund,
      .provider = one.provider,
      .bordereau = one.number,
      .claim = at.number<core::ClaimId>("claim_id", given.claim_id(), 1, UINT64_MAX),
      .insurer = at.cents("insurer_cents", given.insurer_cents(), core::kClaimAmountMax, 0),
      .reason = at.choice("reason", given.reason(), core::ReviewReason::kMedicalControl)};
}

void convert(const v1::ListReviews& given, const Fields& at, core::Command& out) {
  core::ListReviews list;
  if (!given.after_deadline().empty()) {
    list.after_day = at.day("after_deadline", given.after_deadline());
    list.after_closing = given.after_closed_by();
    list.after_number = given.after_number();
  } else {
    at.require(given.after_closed_by() == 0, "after_closed_by", "with `after_deadline` only");
    at.require(given.after_number() == 0, "after_number", "with `after_deadline` only");
  }
  list.page = at.page_size(given.page_size());
  out.request = list;
}

}  // namespace wasl::wire
