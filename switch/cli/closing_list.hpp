#pragma once
// The list of a provider's end of day: from the postings that the switch holds, or from the
// pharmacy's own records, in closings of at most core::kClosingClaimsMax claims. Pure.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/closing.hpp"
#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

// What waits: approvals that were not reversed, by claim id. `sets` are the provider's postings
// behind its last closing, in order.
[[nodiscard]] std::vector<core::ListedClaim> waiting_claims(std::span<const v1::PostingSet> sets);

// Those of `waiting` behind the last claim of `listed`, both by id: the switch compares them with
// no list that ends before them.
[[nodiscard]] std::span<const core::ListedClaim> behind_the_list(
    std::span<const core::ListedClaim> waiting, std::span<const core::ListedClaim> listed);

// Where `listed` is not what waits up to its last claim, both by id: by claim, as the switch names
// them.
[[nodiscard]] std::vector<v1::ListDifference> differences(
    std::span<const core::ListedClaim> waiting, std::span<const core::ListedClaim> listed);

// "2 claims of 1,235.00"
[[nodiscard]] std::string sum_text(std::span<const core::ListedClaim> claims);

// "2 claims of 1,235.00 are not in your list and still wait: 26, 27"; a long list is cut. Of at
// least one claim.
[[nodiscard]] std::string not_listed(std::span<const core::ListedClaim> claims);

// What a pharmacy is reminded of: how many claims wait, their worth, and since which day (UTC) the
// oldest does. Empty if none waits.
[[nodiscard]] std::string waiting_reminder(std::span<const v1::PostingSet> sets,
                                           std::string_view fund);

// CSV with the header line `claim_id,insurer_cents`. kMalformed names line and fault; claims come
// back by id.
[[nodiscard]] core::Result<std::vector<core::ListedClaim>> parse_own_list(std::string_view csv);

// One closing for each core::kClosingClaimsMax claims; each reaches to its last claim. Without
// digest, key and signature.
[[nodiscard]] std::vector<core::CloseBordereau> closings_of(
    const core::FundCode& fund, std::span<const core::ListedClaim> claims);

void set_closing(const core::CloseBordereau& closing, v1::CloseBordereau& out);

}  // namespace wasl::cli
