#include "store/verify_day_closings.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "core/index_rows.hpp"
#include "core/reconciliation.hpp"
#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {
namespace {

using core::LedgerAccount;
using core::Result;

// Whoever is owed more has cost the fund more, or got less of its money.
std::uint64_t change_of(const core::PostingSet& set) {
  std::uint64_t change = 0;
  for (const core::Posting& each : set.postings) {
    if (each.account != LedgerAccount::kBenefitsExpense && each.account != LedgerAccount::kBank) {
      continue;
    }
    change += static_cast<std::uint64_t>(each.debit.value);
    change -= static_cast<std::uint64_t>(each.credit.value);
  }
  return change;
}

class DayClosingCheck {
 public:
  DayClosingCheck(const Rocks& rows, Differences& differences)
      : rows_(rows),
        differences_(differences),
        postings_(rows.iterate()),
        bordereaux_(rows.iterate()) {}

  Result<void> check() {
    const auto begun = [&](const core::RowKey& key, std::string_view value) -> Result<void> {
      const auto row = core::decode_business_day_index_row(core::as_bytes(value));
      if (row) begun_.emplace(of_fund(key), row->since);
      return {};
    };
    auto walked = for_each_row(rows_, core::KeyTag::kBusinessDayIndex, begun);
    if (!walked) return walked;
    const auto each = [&](const core::RowKey& key, std::string_view value) {
      return check_closing(key, value);
    };
    walked = for_each_row(rows_, core::KeyTag::kDayClosing, each);
    if (!walked) return walked;
    if (auto ended = postings_.ended(); !ended) return ended;
    return bordereaux_.ended();
  }

 private:
  // The key without its date.
  static std::string of_fund(const core::RowKey& key) {
    const std::string_view bytes = key.view();
    return std::string(bytes.substr(0, bytes.size() - std::min(bytes.size(), kDateBytes)));
  }

  Result<void> check_closing(const core::RowKey& key, std::string_view value) {
    const auto place = core::day_closing_place(key);
    const auto kept = core::decode_day_closing(core::as_bytes(value));
    if (!place || !kept) {
      differences_.add("ledger", "what a business day closed with does not follow its format");
      return {};
    }
    const auto prefix = core::business_day_index_prefix(place->fund);
    if (!begun_.contains({std::string(prefix.view()), place->last})) {
      differences_.add("ledger", at(place->last) +
                                     ": no business day ended there, and what it "
                                     "closed with is kept");
    }
    if (!of_ || of_->fund != place->fund || of_->participant != place->participant) start(*place);
    add_up_to(place->last);
    if (kept->owed.value != static_cast<std::int64_t>(owed_) || kept->bordereaux != number_) {
      differences_.add("ledger", at(place->last) +
                                     ": what a participant's business day closed "
                                     "with is not what was posted until then");
    }
    return {};
  }

  void start(const core::DayClosingPlace& place) {
    of_ = place;
    owed_ = 0;
    number_ = 0;
    postings_.seek(core::posting_prefix(place.fund, place.participant).view());
    bordereaux_.seek(core::bordereau_prefix(place.fund, place.participant).view());
  }

  void add_up_to(core::Sequence last) {
    const core::RowKey postings = core::posting_prefix(of_->fund, of_->participant);
    for (; postings_.is_under(postings); postings_.next()) {
      const auto place = core::posting_place(core::RowKey(postings_.key()));
      const auto set = core::decode_postings(core::as_bytes(postings_.value()));
      if (place && place->sequence > last) break;
      if (set) owed_ += change_of(*set);
    }
    const core::RowKey bordereaux = core::bordereau_prefix(of_->fund, of_->participant);
    for (; bordereaux_.is_under(bordereaux); bordereaux_.next()) {
      const auto row =
          core::decode_row(core::RowKey(bordereaux_.key()), core::as_bytes(bordereaux_.value()));
      const auto* bordereau = row ? std::get_if<core::Bordereau>(&*row) : nullptr;
      if (bordereau == nullptr) continue;
      if (bordereau->closed_by > last) break;
      number_ = bordereau->number;
    }
  }

  static constexpr std::size_t kDateBytes = 4;

  const Rocks& rows_;
  Differences& differences_;
  RowCursor postings_;
  RowCursor bordereaux_;
  std::set<std::pair<std::string, core::Sequence>> begun_;  // By what a fund's keys begin with.
  std::optional<core::DayClosingPlace> of_;                 // Whose sums these are:
  std::uint64_t owed_ = 0;                                  // modulo 2^64,
  std::uint32_t number_ = 0;
};

}  // namespace

void check_day_closings(const Rocks& rows, Differences& differences) {
  const Result<void> read = DayClosingCheck(rows, differences).check();
  if (!read) differences.add("rocksdb", read.error().context);
}

}  // namespace wasl::store
