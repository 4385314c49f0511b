#include "store/day_scan.hpp"

#include <optional>
#include <utility>

#include "core/assert.hpp"
#include "core/bytes.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "core/reconciliation.hpp"
#include "store/day_closings.hpp"

namespace wasl::store {
namespace {

// Of one page: about a tenth of a second.
constexpr std::size_t kSetsEnough = 100'000;

// On one snapshot, so that what is added up is the store of one moment.
class DayScan {
 public:
  DayScan(const Rocks& rocks, const core::Scan& scan)
      : at_(rocks.iterate()), scan_(scan), page_{scan.id, {}, false} {}

  core::Result<core::Scanned> read() {
    find_day();
    if (day_) {
      if (auto added = add_postings(); !added) return std::unexpected(added.error());
      add_bordereaux();
    }
    if (auto ended = at_.ended(); !ended) return std::unexpected(ended.error());
    for (const Books& each : books_) {
      page_.rows.emplace_back(core::posting_prefix(each.fund, each.participant),
                              core::encode_day_account(each.books.account()));
    }
    return std::move(page_);
  }

 private:
  // The day's own index row, and the next one, if it has ended.
  void find_day() {
    const core::RowKey prefix = core::business_day_index_prefix(scan_.day->fund);
    const core::RowKey day = core::business_day_index_key(scan_.day->fund, scan_.day->date);
    at_.seek(day.view());
    if (!at_.valid() || at_.key() != day.view()) return;
    day_ = core::DayRange{.since = beginning().since, .until = std::nullopt};
    at_.next();
    if (at_.is_under(prefix)) day_->until = beginning().since;
    page_.rows.emplace_back(day, core::encode_day_range(*day_));
  }

  [[nodiscard]] core::BusinessDayIndexRow beginning() const {
    const auto row = core::decode_business_day_index_row(core::as_bytes(at_.value()));
    WASL_ASSERT(row.has_value());
    return *row;
  }

  core::Result<void> add_postings() {
    if (scan_.after.view().empty()) {
      at_.seek(scan_.prefix.view());
    } else {
      at_.seek_behind(scan_.after);
    }
    while (at_.is_under(scan_.prefix)) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      WASL_ASSERT(place.has_value());
      const core::RowKey participant = core::posting_prefix(place->fund, place->participant);
      if (day_->begun(place->sequence)) {
        if (is_full()) return {};
        if (auto added = add_postings_of(*place); !added) return added;
      }
      at_.seek_behind(participant);
    }
    return {};
  }

  bool is_full() {
    page_.more = !books_.empty() && (books_.size() == scan_.rows_max || sets_ >= kSetsEnough);
    return page_.more;
  }

  // Of the participant of this place: the sets behind the last closing that is kept.
  core::Result<void> add_postings_of(const core::PostingPlace& of) {
    const auto kept = kept_closing(at_, of.fund, of.participant, day_->since);
    if (!kept) return std::unexpected(kept.error());
    Books& books = books_.emplace_back(of.fund, of.participant, kept->closing.bordereaux,
                                       core::DayBooks(*day_, kept->closing));
    const core::RowKey prefix = core::posting_prefix(of.fund, of.participant);
    at_.seek(core::posting_key(of.fund, of.participant, kept->last + 1).view());
    for (; at_.is_under(prefix); at_.next(), ++sets_) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      WASL_ASSERT(place.has_value());
      if (!day_->begun(place->sequence)) break;
      const auto set = core::decode_postings(core::as_bytes(at_.value()));
      WASL_ASSERT(set.has_value());
      books.books.add(place->sequence, *set);
    }
    return {};
  }

  void add_bordereaux() {
    for (Books& each : books_) {
      const core::RowKey prefix = core::bordereau_prefix(each.fund, each.participant);
      at_.seek(core::bordereau_key(each.fund, each.participant, each.bordereaux + 1).view());
      for (; at_.is_under(prefix); at_.next()) {
        const auto row = core::decode_row(core::RowKey(at_.key()), core::as_bytes(at_.value()));
        WASL_ASSERT(row && std::holds_alternative<core::Bordereau>(*row));
        const auto& bordereau = std::get<core::Bordereau>(*row);
        if (!day_->begun(bordereau.closed_by)) break;
        each.books.add(bordereau);
      }
    }
  }

  struct Books {
    core::FundCode fund;
    core::Participant participant;
    std::uint32_t bordereaux = 0;  // Up to this number none is of the day.
    core::DayBooks books;
  };

  RowCursor at_;
  const core::Scan& scan_;
  core::Scanned page_;
  std::optional<core::DayRange> day_;
  std::vector<Books> books_;  // In the order of the keys.
  std::size_t sets_ = 0;
};

}  // namespace

core::Result<core::Scanned> read_day(const Rocks& rocks, const core::Scan& scan) {
  return DayScan(rocks, scan).read();
}

}  // namespace wasl::store
