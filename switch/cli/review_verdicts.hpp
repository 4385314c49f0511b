#pragma once
// What an operator decides of a bordereau's claims before it is sent: a v1::ReviewBordereau that
// grows verdict by verdict. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "wasl/v1/answer.pb.h"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

// On bordereau `number` of the provider and fund, without verdicts.
[[nodiscard]] v1::ReviewBordereau review_of(const std::string& provider, const std::string& fund,
                                            std::uint32_t number);

[[nodiscard]] v1::GetBordereau bordereau_of(const v1::ReviewBordereau& review);

[[nodiscard]] v1::ReviewVerdict accepting(std::uint64_t claim);
// "70=WRONG_TARIF"
[[nodiscard]] core::Result<v1::ReviewVerdict> parse_rejection(std::string_view typed);
// "70=MISSING_PRESCRIPTION:2026-03-20:PROVIDER"
[[nodiscard]] core::Result<v1::ReviewVerdict> parse_hold(std::string_view typed);

// nullptr: none names the claim.
[[nodiscard]] const v1::ReviewVerdict* verdict_on(const v1::ReviewBordereau& review,
                                                  std::uint64_t claim);
// What the review decides of a claim, named or as one of the rest; nothing: it leaves it.
[[nodiscard]] std::optional<v1::ReviewVerdict> verdict_for(const v1::ReviewBordereau& review,
                                                           const v1::PresentedClaim& claim);
// Verdicts stay in the order of their claims. One on the same claim is replaced.
void set_verdict(const v1::ReviewVerdict& verdict, v1::ReviewBordereau& review);

void drop_verdict(std::uint64_t claim, v1::ReviewBordereau& review);

// A claim that waits for its first or final decision.
[[nodiscard]] bool is_undecided(const v1::PresentedClaim& claim);
// Whether the claim can be decided so as it stands: a hold is not prolonged.
[[nodiscard]] bool allows(const v1::PresentedClaim& claim, v1::ReviewVerdict::Verdict verdict);
// Leaves of the review what the bordereau, as it is by now, allows; the claims whose verdicts it
// does not allow any more.
std::vector<std::uint64_t> drop_overtaken(const v1::Bordereau& bordereau,
                                          v1::ReviewBordereau& review);
// Accepting or rejecting can not be taken back.
[[nodiscard]] bool is_final(const v1::ReviewBordereau& review);
// What it comes to if the switch carries it out on the bordereau as it is shown.
[[nodiscard]] v1::ReviewAnswer expected(const v1::ReviewBordereau& review,
                                        const v1::Bordereau& bordereau);

}  // namespace wasl::cli
