#include "core/business_day.hpp"

#include <algorithm>

#include "core/application.hpp"
#include "core/situation.hpp"

namespace wasl::core {

Day business_date(const Rulebook& rulebook, Instant now) {
  const Day today = day_of(now, rulebook.utc_offset);
  const auto since_midnight = now + rulebook.utc_offset - today;
  const bool behind = since_midnight >= std::chrono::minutes{rulebook.at(today).cut_over_minutes};
  return behind ? std::min(today + std::chrono::days{1}, kDayMax) : today;
}

PlainDecision decide_business_day(const Situation& s, const AdvanceBusinessDay& request) {
  const auto refused = [](Reason reason) {
    PlainDecision decision;
    decision.reason = reason;
    return decision;
  };
  const Rulebook* rulebook = s.reference.rulebook_of(request.fund);
  if (rulebook == nullptr) return refused(Reason::kRulebookUnknown);
  const auto* current = s.rows.get<BusinessDay>(Slot::kBusinessDay);
  const bool later = current == nullptr || request.date > current->date;
  const bool begun = request.date <= business_date(*rulebook, s.now);
  return refused(later && begun ? Reason::kNone : Reason::kBusinessDayInvalid);
}

void apply_to(Application& state, const AdvanceBusinessDay& request) {
  auto& day = state.change<BusinessDay>(Slot::kBusinessDay);
  day = {.fund = request.fund,
         .date = request.date,
         .since = state.stamp.sequence,
         .at = state.stamp.now};
  state.touched.inserted.emplace_back(
      business_day_index_key(request.fund, request.date),
      encode_index_row(BusinessDayIndexRow{.since = day.since, .at = day.at}));
}

}  // namespace wasl::core
