#include "store/verify_reviews.hpp"

#include <algorithm>
#include <string>

#include "core/index_rows.hpp"
#include "store/row_walk.hpp"

namespace wasl::store {

using core::RequestState;

namespace {

constexpr char kWaits = 'w';  // Tag in the scratch map. Key of the list's row: its bytes.

// The provider's centre, or the fund, which speaks under its code.
core::Participant reviewer(const core::Bordereau& bordereau) {
  if (!bordereau.centre.empty()) return {core::Role::kCentre, bordereau.centre};
  return {core::Role::kFund,
          core::ParticipantId::make(bordereau.fund.view()).value_or(core::ParticipantId{})};
}

std::string place_of(const core::RowKey& key) { return kWaits + std::string(key.view()); }

}  // namespace

core::Result<void> ReviewIndexCheck::expect(const core::Bordereau& bordereau) {
  core::ReviewIndexRow row;
  row.fund = bordereau.fund;
  row.provider = bordereau.provider;
  row.since = bordereau.closed_at;
  core::Day deadline = core::kDayMax;
  for (const core::PresentedClaim& claim : bordereau.claims) {
    const bool presented = claim.state == RequestState::kPresented;
    const bool held = claim.state == RequestState::kHeld;
    if (!presented && !held) continue;
    row.presented = static_cast<std::uint16_t>(row.presented + (presented ? 1 : 0));
    row.held = static_cast<std::uint16_t>(row.held + (held ? 1 : 0));
    row.amount += claim.insurer;
    deadline = std::min(deadline, held ? claim.until : bordereau.due);
  }
  if (row.presented == 0 && row.held == 0) return {};
  ++missing_;
  return map_.put(place_of(core::review_index_key(reviewer(bordereau), deadline,
                                                  bordereau.closed_by, bordereau.number)),
                  core::encode_index_row(row));
}

core::Result<void> ReviewIndexCheck::compare_rows(const Rocks& rows) {
  const auto check = [&](const core::RowKey& key, std::string_view value) {
    return check_row(key, value);
  };
  if (auto checked = for_each_row(rows, core::KeyTag::kReviewIndex, check); !checked) {
    return checked;
  }
  if (missing_ > 0) {
    differences_.add("bordereau",
                     "bordereaux that wait, and in no list of work: " + std::to_string(missing_));
  }
  return {};
}

core::Result<void> ReviewIndexCheck::check_row(const core::RowKey& key, std::string_view value) {
  const auto expected = map_.get(place_of(key));
  if (!expected) return std::unexpected(expected.error());
  if (!expected->has_value() || **expected != value) {
    differences_.add("bordereau", "a list of work shows a bordereau as it does not wait");
    return {};
  }
  --missing_;
  return map_.put(place_of(key), {});
}

}  // namespace wasl::store
