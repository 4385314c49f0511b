#include "store/day_closings.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "store/row_walk.hpp"

namespace wasl::store {
namespace {

using core::Errc;
using core::Result;
using core::Sequence;

// The applier waits while a batch is inserted.
constexpr std::uint64_t kRowsAtOnce = 100;

std::unexpected<core::Error> damaged(const char* what) {
  return core::fail(Errc::kCorrupt, std::string("store: ") + what + " does not follow its format");
}

// Of one fund. Of the two cursors each is on a snapshot of its own: what an ended day holds is in
// both.
class Keeping {
 public:
  Keeping(Rocks& rocks, const core::FundCode& fund, const std::atomic<bool>& stopped)
      : rocks_(rocks),
        fund_(fund),
        stopped_(stopped),
        at_(rocks.iterate()),
        bordereaux_(rocks.iterate()) {}

  // Gives whether it came to the end: every closing of these days is kept.
  Result<bool> keep(std::uint64_t sets_enough) {
    if (auto read = read_days(); !read) return std::unexpected(read.error());
    const core::RowKey prefix = core::posting_prefix(fund_);
    at_.seek(prefix.view());
    while (goes_on(prefix) && sets_ < sets_enough) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      if (!place) return damaged("the key of a posting");
      if (auto kept = keep_of(place->participant); !kept) return std::unexpected(kept.error());
      at_.seek_behind(core::posting_prefix(fund_, place->participant));
    }
    if (auto written = write(); !written) return std::unexpected(written.error());
    if (auto read = at_.ended(); !read) return std::unexpected(read.error());
    return !stopped_.load() && sets_ < sets_enough;
  }

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t sets() const { return sets_; }

 private:
  [[nodiscard]] bool goes_on(const core::RowKey& prefix) const {
    return !stopped_.load(std::memory_order_relaxed) && at_.is_under(prefix);
  }

  // The records behind which a day of the fund began, so that the one before had ended.
  Result<void> read_days() {
    const core::RowKey prefix = core::business_day_index_prefix(fund_);
    for (at_.seek(prefix.view()); at_.is_under(prefix); at_.next()) {
      const auto day = core::decode_business_day_index_row(core::as_bytes(at_.value()));
      if (!day) return damaged("a business day");
      days_.push_back(day->since);
    }
    return at_.ended();
  }

  // A row for each day that ended behind the last one kept and moved something; none if not all
  // could be read.
  Result<void> keep_of(const core::Participant& participant) {
    const auto last = kept_closing(at_, fund_, participant, std::numeric_limits<Sequence>::max());
    if (!last) return std::unexpected(last.error());
    core::DayClosing sum = last->closing;
    auto day = std::ranges::upper_bound(days_, last->last);
    if (day == days_.end()) return at_.ended();
    closed_.clear();
    bool moved = false;
    const core::RowKey prefix = core::posting_prefix(fund_, participant);
    at_.seek(core::posting_key(fund_, participant, last->last + 1).view());
    for (; day != days_.end() && goes_on(prefix); at_.next(), ++sets_) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      const auto set = core::decode_postings(core::as_bytes(at_.value()));
      if (!place || !set) return damaged("a set of postings");
      for (; day != days_.end() && place->sequence > *day; ++day) {
        if (std::exchange(moved, false)) closed_.emplace_back(*day, sum);
      }
      core::add(*set, sum);
      moved = true;
    }
    if (moved && day != days_.end()) closed_.emplace_back(*day, sum);
    if (stopped_.load()) return {};
    if (auto read = at_.ended(); !read) return read;
    return add_rows(participant, last->closing.bordereaux);
  }

  // Of `closed_`, with the bordereaux behind this number.
  Result<void> add_rows(const core::Participant& participant, std::uint32_t bordereaux) {
    for (auto& [last, closing] : closed_) {
      const auto number = last_bordereau(participant, last, bordereaux);
      if (!number) return std::unexpected(number.error());
      closing.bordereaux = bordereaux = *number;
    }
    for (const auto& [last, closing] : closed_) {
      batch_.change(core::day_closing_key(fund_, participant, last).view(),
                    core::encode_day_closing(closing));
      if (++batched_ < kRowsAtOnce) continue;
      if (auto written = write(); !written) return written;
    }
    return {};
  }

  // The number of the last one that was closed by the record `last`, from `number` on.
  Result<std::uint32_t> last_bordereau(const core::Participant& participant, Sequence last,
                                       std::uint32_t number) {
    const core::RowKey prefix = core::bordereau_prefix(fund_, participant);
    bordereaux_.seek(core::bordereau_key(fund_, participant, number + 1).view());
    for (; bordereaux_.is_under(prefix); bordereaux_.next()) {
      const auto row =
          core::decode_row(core::RowKey(bordereaux_.key()), core::as_bytes(bordereaux_.value()));
      const auto* bordereau = row ? std::get_if<core::Bordereau>(&*row) : nullptr;
      if (bordereau == nullptr) return damaged("a bordereau");
      if (bordereau->closed_by > last) break;
      number = bordereau->number;
    }
    if (auto read = bordereaux_.ended(); !read) return std::unexpected(read.error());
    return number;
  }

  Result<void> write() {
    if (batched_ == 0) return {};
    auto written = rocks_.add_derived(batch_);
    batch_.clear();
    const std::uint64_t rows = std::exchange(batched_, 0);
    if (written) rows_ += rows;
    return written;
  }

  Rocks& rocks_;
  const core::FundCode& fund_;
  const std::atomic<bool>& stopped_;
  RowCursor at_;
  RowCursor bordereaux_;
  std::vector<Sequence> days_;
  std::vector<std::pair<Sequence, core::DayClosing>> closed_;  // Of one participant.
  RocksBatch batch_;
  std::uint64_t batched_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t sets_ = 0;
};

// The day that each fund is in.
Result<std::vector<core::BusinessDay>> days_that_go_on(const Rocks& rocks) {
  std::vector<core::BusinessDay> days;
  const auto take = [&](const core::RowKey& /*key*/, const core::BusinessDay& day) {
    days.push_back(day);
    return Result<void>{};
  };
  auto walked = for_each_of<core::BusinessDay>(rocks, core::KeyTag::kBusinessDay, take);
  if (!walked) return std::unexpected(walked.error());
  return days;
}

}  // namespace

Result<KeptClosing> kept_closing(RowCursor& at, const core::FundCode& fund,
                                 const core::Participant& participant, Sequence until) {
  at.seek_back(core::day_closing_key(fund, participant, until).view());
  if (!at.is_under(core::day_closing_prefix(fund, participant))) return KeptClosing{};
  const auto place = core::day_closing_place(core::RowKey(at.key()));
  const auto closing = core::decode_day_closing(core::as_bytes(at.value()));
  if (!place || !closing) return damaged("what a business day closed with");
  return KeptClosing{.last = place->last, .closing = *closing};
}

Result<std::uint64_t> DayClosings::keep(Rocks& rocks, const std::atomic<bool>& stopped) {
  const auto days = days_that_go_on(rocks);
  if (!days) return std::unexpected(days.error());
  std::uint64_t rows = 0;
  std::uint64_t left = sets_enough_;
  for (const core::BusinessDay& day : *days) {
    if (kept_[day.fund] == day.since || left == 0) continue;
    Keeping keeping(rocks, day.fund, stopped);
    const Result<bool> done = keeping.keep(left);
    if (!done) return std::unexpected(done.error());
    rows += keeping.rows();
    left -= std::min(left, keeping.sets());
    if (*done) kept_[day.fund] = day.since;
  }
  return rows;
}

}  // namespace wasl::store
