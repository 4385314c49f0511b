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
  const auto* const provider = given.has_provider() ? &given.provider() : nullptr;
  const auto [fund, of] = listed(given.fund(), "provider", provider, at, out.from);
  at.require(of.has_value(), "provider", "required: whose bordereau");
  out.request = core::GetBordereau{
      .fund = fund,
      .provider = of.value_or(core::Participant{}),
      .number = at.number<std::uint32_t>("number", given.number(), 1, UINT32_MAX)};
}

}  // namespace wasl::wire
