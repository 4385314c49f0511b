#include "store/day_scan.hpp"

#include <optional>
#include <utility>

#include "core/assert.hpp"
#include "core/bytes.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "core/reconciliation.hpp"

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
      add_postings();
      add_bordereaux();
    }
    if (auto ended = at_.ended(); !ended) return std::unexpected(ended.error());
    for (auto& [place, books] : books_) {
      page_.rows.emplace_back(core::posting_prefix(place.fund, place.participant),
                              core::encode_day_account(books.account()));
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
    if (is_under(prefix)) day_->until = beginning().since;
    page_.rows.emplace_back(day, core::encode_day_range(*day_));
  }

  [[nodiscard]] core::BusinessDayIndexRow beginning() const {
    const auto row = core::decode_business_day_index_row(core::as_bytes(at_.value()));
    WASL_ASSERT(row.has_value());
    return *row;
  }

  [[nodiscard]] bool is_under(const core::RowKey& prefix) const {
    return at_.valid() && at_.key().starts_with(prefix.view());
  }

  void add_postings() {
    if (scan_.after.view().empty()) {
      at_.seek(scan_.prefix.view());
    } else {
      seek_behind(scan_.after);
    }
    while (is_under(scan_.prefix)) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      WASL_ASSERT(place.has_value());
      ++sets_;
      if (!day_->begun(place->sequence)) {
        seek_behind(core::posting_prefix(place->fund, place->participant));
        continue;
      }
      if (!is_of_last(*place) && !begin(*place)) return;
      const auto set = core::decode_postings(core::as_bytes(at_.value()));
      WASL_ASSERT(set.has_value());
      books_.back().second.add(place->sequence, *set);
      at_.next();
    }
  }

  // Every set of this participant; no record's number begins with this byte.
  void seek_behind(const core::RowKey& participant) {
    at_.seek(std::string(participant.view()) + '\xff');
  }

  [[nodiscard]] bool is_of_last(const core::PostingPlace& place) const {
    return !books_.empty() && books_.back().first.participant == place.participant;
  }

  // False: the page is full.
  bool begin(const core::PostingPlace& place) {
    if (!books_.empty() && (books_.size() == scan_.rows_max || sets_ >= kSetsEnough)) {
      page_.more = true;
      return false;
    }
    books_.emplace_back(place, core::DayBooks(*day_));
    return true;
  }

  void add_bordereaux() {
    for (auto& [place, books] : books_) {
      const core::RowKey prefix = core::bordereau_prefix(place.fund, place.participant);
      for (at_.seek(prefix.view()); is_under(prefix); at_.next()) {
        const auto row = core::decode_row(core::RowKey(at_.key()), core::as_bytes(at_.value()));
        WASL_ASSERT(row && std::holds_alternative<core::Bordereau>(*row));
        books.add(std::get<core::Bordereau>(*row));
      }
    }
  }

  RowCursor at_;
  const core::Scan& scan_;
  core::Scanned page_;
  std::optional<core::DayRange> day_;
  std::vector<std::pair<core::PostingPlace, core::DayBooks>> books_;  // In the order of the keys.
  std::size_t sets_ = 0;
};

}  // namespace

core::Result<core::Scanned> read_day(const Rocks& rocks, const core::Scan& scan) {
  return DayScan(rocks, scan).read();
}

}  // namespace wasl::store
