#include "store/day_closings.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "store/row_walk.hpp"

namespace wasl::store {
namespace {

constexpr std::uint64_t kRowsAtOnce = 1'000;

bool starts_with(const RowCursor& at, const core::RowKey& prefix) {
  return at.valid() && at.key().starts_with(prefix.view());
}

// Of one fund, on one snapshot.
class Keeping {
 public:
  Keeping(Rocks& rocks, const core::FundCode& fund, const std::atomic<bool>& stopped)
      : rocks_(rocks),
        fund_(fund),
        stopped_(stopped),
        at_(rocks.iterate()),
        bordereaux_(rocks.iterate()) {}

  // The records behind which a day of the fund began, so that the one before had ended.
  [[nodiscard]] std::vector<core::Sequence> days_ended() {
    const core::RowKey prefix = core::business_day_index_prefix(fund_);
    std::vector<core::Sequence> ended;
    for (at_.seek(prefix.view()); is_under(at_, prefix); at_.next()) {
      const auto day = core::decode_business_day_index_row(core::as_bytes(at_.value()));
      WASL_ASSERT(day.has_value());
      ended.push_back(day->since);
    }
    return ended;
  }

  core::Result<std::uint64_t> keep(const std::vector<core::Sequence>& days) {
    const core::RowKey prefix = core::posting_prefix(fund_);
    at_.seek(prefix.view());
    while (is_under(at_, prefix)) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      WASL_ASSERT(place.has_value());
      keep_of(place->participant, days);
      if (batched_ >= kRowsAtOnce) write();
      const core::RowKey participant = core::posting_prefix(fund_, place->participant);
      at_.seek(std::string(participant.view()) + '\xff');
    }
    write();
    if (!written_) return std::unexpected(written_.error());
    if (auto ended = at_.ended(); !ended) return std::unexpected(ended.error());
    if (auto ended = bordereaux_.ended(); !ended) return std::unexpected(ended.error());
    return rows_;
  }

 private:
  [[nodiscard]] bool is_under(const RowCursor& at, const core::RowKey& prefix) const {
    return written_ && !stopped_.load(std::memory_order_relaxed) && starts_with(at, prefix);
  }

  // A row for each day that ended behind the last one kept and moved something.
  void keep_of(const core::Participant& participant, const std::vector<core::Sequence>& days) {
    KeptClosing kept =
        kept_closing(at_, fund_, participant, std::numeric_limits<core::Sequence>::max());
    auto day = std::ranges::upper_bound(days, kept.last);
    const core::RowKey prefix = core::posting_prefix(fund_, participant);
    bool moved = false;
    at_.seek(core::posting_key(fund_, participant, kept.last + 1).view());
    for (; day != days.end() && is_under(at_, prefix); at_.next()) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      WASL_ASSERT(place.has_value());
      while (day != days.end() && place->sequence > *day) {
        if (std::exchange(moved, false)) add_row(participant, *day, kept.closing);
        ++day;
      }
      const auto set = core::decode_postings(core::as_bytes(at_.value()));
      WASL_ASSERT(set.has_value());
      core::add(*set, kept.closing);
      moved = true;
    }
    if (moved && day != days.end() && !stopped_.load()) add_row(participant, *day, kept.closing);
  }

  void add_row(const core::Participant& participant, core::Sequence last,
               core::DayClosing& closing) {
    count_bordereaux(participant, last, closing);
    batch_.change(core::day_closing_key(fund_, participant, last).view(),
                  core::encode_day_closing(closing));
    ++batched_;
  }

  void count_bordereaux(const core::Participant& participant, core::Sequence last,
                        core::DayClosing& closing) {
    const core::RowKey prefix = core::bordereau_prefix(fund_, participant);
    bordereaux_.seek(core::bordereau_key(fund_, participant, closing.bordereaux + 1).view());
    for (; starts_with(bordereaux_, prefix); bordereaux_.next()) {
      const auto row =
          core::decode_row(core::RowKey(bordereaux_.key()), core::as_bytes(bordereaux_.value()));
      WASL_ASSERT(row && std::holds_alternative<core::Bordereau>(*row));
      const auto& bordereau = std::get<core::Bordereau>(*row);
      if (bordereau.closed_by > last) return;
      closing.bordereaux = bordereau.number;
    }
  }

  void write() {
    if (!written_ || batched_ == 0) return;
    written_ = rocks_.add_derived(batch_);
    batch_.clear();
    rows_ += std::exchange(batched_, 0);
  }

  Rocks& rocks_;
  const core::FundCode& fund_;
  const std::atomic<bool>& stopped_;
  RowCursor at_;
  RowCursor bordereaux_;
  RocksBatch batch_;
  std::uint64_t batched_ = 0;
  std::uint64_t rows_ = 0;
  core::Result<void> written_;
};

core::Result<std::vector<core::FundCode>> funds_with_days(const Rocks& rocks) {
  std::vector<core::FundCode> funds;
  const auto take = [&](const core::RowKey& /*key*/, const core::BusinessDay& day) {
    funds.push_back(day.fund);
    return core::Result<void>{};
  };
  auto walked = for_each_of<core::BusinessDay>(rocks, core::KeyTag::kBusinessDay, take);
  if (!walked) return std::unexpected(walked.error());
  return funds;
}

}  // namespace

KeptClosing kept_closing(RowCursor& at, const core::FundCode& fund,
                         const core::Participant& participant, core::Sequence until) {
  at.seek_back(core::day_closing_key(fund, participant, until).view());
  const core::RowKey prefix = core::day_closing_prefix(fund, participant);
  if (!starts_with(at, prefix)) return {};
  const auto place = core::day_closing_place(core::RowKey(at.key()));
  const auto closing = core::decode_day_closing(core::as_bytes(at.value()));
  WASL_ASSERT(place && closing);
  return {.last = place->last, .closing = *closing};
}

core::Result<std::uint64_t> DayClosings::keep(Rocks& rocks, const std::atomic<bool>& stopped) {
  const auto funds = funds_with_days(rocks);
  if (!funds) return std::unexpected(funds.error());
  std::uint64_t rows = 0;
  for (const core::FundCode& fund : *funds) {
    Keeping keeping(rocks, fund, stopped);
    const std::vector<core::Sequence> days = keeping.days_ended();
    if (days.empty() || days.back() == kept_[fund]) continue;
    const auto kept = keeping.keep(days);
    if (!kept) return std::unexpected(kept.error());
    rows += *kept;
    if (!stopped.load()) kept_[fund] = days.back();
  }
  return rows;
}

}  // namespace wasl::store
