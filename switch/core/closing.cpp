#include "core/closing.hpp"

#include <algorithm>

#include "core/bytes.hpp"

namespace wasl::core {
namespace {

constexpr std::string_view kListMark = "wasl/bordereau/1";

}  // namespace

const HeldClaim* held_claim(const Holdings& holdings, ClaimId claim) {
  const auto found = std::ranges::lower_bound(holdings.claims, claim, {}, &HeldClaim::claim);
  return found == holdings.claims.end() || found->claim != claim ? nullptr : &*found;
}

void encode_closing_list(const Participant& provider, const CloseBordereau& closing,
                         std::string& out) {
  Writer writer(out);
  writer.raw(as_bytes(kListMark));
  writer.text(provider.id.view());
  writer.text(closing.fund.view());
  writer.integer(closing.up_to);
  writer.integer(closing.count);
  writer.integer(closing.total.value);
  for (const ListedClaim& claim : closing.claims) {
    writer.integer(claim.claim);
    writer.integer(claim.insurer.value);
  }
}

}  // namespace wasl::core
