#include "engine/listing.hpp"

#include <variant>

#include "core/assert.hpp"
#include "core/bordereau.hpp"
#include "core/codec.hpp"
#include "core/run.hpp"

namespace wasl::engine {
namespace {

struct ScanOf {
  const core::Participant& from;

  core::Scan operator()(const core::ListClaims& list) const {
    core::Scan scan;
    scan.prefix = core::claim_index_prefix(from);
    scan.after = core::claim_index_key(from, list.from, list.after);
    scan.until = core::claim_index_key(from, list.until + std::chrono::days{1}, 0);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListPriorAgreements& list) const {
    core::Scan scan;
    scan.prefix = core::agreement_index_prefix(core::fund_spoken_for(from));
    scan.after = core::agreement_index_key(core::fund_spoken_for(from), list.after);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListBalances&) const {
    core::Scan scan;
    scan.prefix = core::balance_prefix(core::fund_spoken_for(from));
    scan.rows_max = core::kPageMax;
    return scan;
  }
  core::Scan operator()(const core::ListPostings& list) const {
    core::Scan scan;
    scan.prefix =
        list.of ? core::posting_prefix(list.fund, *list.of) : core::posting_prefix(list.fund);
    if (list.after_of) {
      scan.after = core::posting_key(list.fund, *list.after_of, list.after, list.after_item);
    }
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListBordereaux& list) const {
    core::Scan scan;
    scan.prefix = list.provider ? core::bordereau_prefix(list.fund, *list.provider)
                                : core::bordereau_prefix(list.fund);
    if (list.after_provider) {
      scan.after = core::bordereau_key(list.fund, *list.after_provider, list.after);
    }
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::GetBordereau& get) const {
    core::Scan scan;
    scan.prefix = core::bordereau_key(get.fund, get.provider, get.number);
    scan.rows_max = 1;
    return scan;
  }
  core::Scan operator()(const core::ListReviews& list) const {
    core::Scan scan;
    scan.prefix = core::review_index_prefix(from);
    if (list.after_day) {
      scan.after =
          core::review_index_key(from, *list.after_day, list.after_closing, list.after_number);
    }
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListPayoutChanges& list) const {
    core::Scan scan;
    scan.prefix = core::payout_change_prefix(from);
    if (list.after) scan.after = core::payout_change_key(from, *list.after);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListOwed& list) const {
    const core::FundCode fund = core::fund_spoken_for(from);
    core::Scan scan;
    scan.prefix = core::owed_prefix(fund);
    if (list.after) scan.after = core::owed_key(fund, *list.after, list.after_record);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListRuns& list) const {
    core::Scan scan;
    scan.prefix = core::run_prefix(core::fund_spoken_for(from));
    scan.after = core::run_key(core::fund_spoken_for(from), list.after);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListPayouts& list) const { return payouts_of(list); }
  core::Scan operator()(const core::ListTransfers& list) const { return payouts_of(list); }
  core::Scan operator()(const core::ListStatusFiles& list) const {
    core::Scan scan;
    scan.prefix = core::status_file_prefix(core::fund_spoken_for(from));
    scan.after = core::status_file_key(core::fund_spoken_for(from), list.after);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::ListReceivables& list) const {
    const core::FundCode fund = core::fund_spoken_for(from);
    core::Scan scan;
    scan.prefix = core::receivable_prefix(fund);
    if (list.after) scan.after = core::receivable_key(fund, *list.after);
    scan.rows_max = list.page;
    return scan;
  }
  core::Scan operator()(const core::Reconcile& list) const {
    core::Scan scan;
    scan.prefix =
        list.of ? core::posting_prefix(list.fund, *list.of) : core::posting_prefix(list.fund);
    if (list.after) scan.after = core::posting_prefix(list.fund, *list.after);
    scan.rows_max = list.page;
    scan.day = core::ScannedDay{.fund = list.fund, .date = list.date};
    return scan;
  }
  template <typename Other>
  core::Scan operator()(const Other&) const {
    WASL_ASSERT(false && "no listing");
    return {};
  }

 private:
  template <typename Listing>
  [[nodiscard]] core::Scan payouts_of(const Listing& list) const {
    const core::FundCode fund = core::fund_spoken_for(from);
    core::Scan scan;
    scan.prefix = core::payout_prefix(fund, list.run);
    scan.after = core::payout_key(fund, {.run = list.run, .number = list.after});
    scan.rows_max = list.page;
    return scan;
  }
};

// A centre sees the bordereaux that it reviews. Others name their own.
bool shown_to(const core::Participant& from, const std::pair<core::RowKey, std::string>& stored) {
  if (from.role != core::Role::kCentre) return true;
  const auto row = core::decode_row(stored.first, core::as_bytes(stored.second));
  const auto* bordereau = row ? std::get_if<core::Bordereau>(&*row) : nullptr;
  return bordereau == nullptr || from == core::reviewer_of(*bordereau);
}

}  // namespace

void leave_shown_to(const core::Participant& from, core::Scanned& scan) {
  std::erase_if(scan.rows, [&](const auto& row) { return !shown_to(from, row); });
}

core::Scan scan_of(const core::Command& command) {
  return std::visit(ScanOf{command.from}, command.request);
}

}  // namespace wasl::engine
