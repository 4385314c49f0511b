#include "cli/reduction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/bordereau_view.hpp"
#include "cli/format.hpp"
#include "cli/receipt_text.hpp"
#include "cli/review_words.hpp"
#include "core/assert.hpp"

namespace wasl::cli {

using Effect = v1::ReductionAnswer::Effect;

const v1::PresentedClaim* claim_in(const v1::Bordereau& bordereau, std::uint64_t claim) {
  const auto found = std::ranges::find(bordereau.claims(), claim, &v1::PresentedClaim::claim_id);
  return found == bordereau.claims().end() ? nullptr : &*found;
}

std::optional<Effect> effect_of_reducing(const v1::PresentedClaim& claim) {
  if (claim.state() == v1::ACCEPTED) return v1::ReductionAnswer::OWED_LESS;
  if (claim.state() == v1::PAID) return v1::ReductionAnswer::OWED_BACK;
  return std::nullopt;
}

std::string summary(const v1::ReduceClaim& reduction, const v1::Bordereau& bordereau,
                    core::Language language) {
  const v1::PresentedClaim* const claim = claim_in(bordereau, reduction.claim_id());
  WASL_ASSERT(claim != nullptr);
  const std::int64_t difference = claim->insurer_cents() - reduction.insurer_cents();
  std::string out = fmt::format(
      "{}\nclaim {}: {}\n  the fund pays {} now, {} from now on: {} less\n  {}\n",
      title_of(bordereau), claim->claim_id(), words_of(*claim, language),
      amount_for_people(claim->insurer_cents()), amount_for_people(reduction.insurer_cents()),
      amount_for_people(difference), words_of(reduction.reason(), language));
  const std::optional<Effect> effect = effect_of_reducing(*claim);
  if (effect) out += fmt::format("  {}\n", text(*effect, language));
  return out;
}

}  // namespace wasl::cli
