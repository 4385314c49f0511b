#include "engine/listing.hpp"

#include <cstdint>
#include <variant>

#include "core/assert.hpp"
#include "core/bordereau.hpp"
#include "core/codec.hpp"
#include "core/run.hpp"

namespace wasl::engine {
namespace {

// A page of the rows under `prefix`, behind `after`; empty: from the first.
core::Scan page_of(const core::RowKey& prefix, const core::RowKey& after, std::uint16_t rows_max) {
  core::Scan scan;
  scan.prefix = prefix;
  scan.after = after;
  scan.rows_max = rows_max;
  return scan;
}

struct ScanOf {
  const core::Participant& from;

  core::Scan operator()(const core::ListClaims& list) const {
    core::Scan scan = page_of(core::claim_index_prefix(from),
                              core::claim_index_key(from, list.from, list.after), list.page);
    scan.until = core::claim_index_key(from, list.until + std::chrono::days{1}, 0);
    return scan;
  }
  core::Scan operator()(const core::ListPriorAgreements& list) const {
    return page_of(core::agreement_index_prefix(fund()),
                   core::agreement_index_key(fund(), list.after), list.page);
  }
  core::Scan operator()(const core::ListBalances&) const {
    return page_of(core::balance_prefix(fund()), {}, core::kPageMax);
  }
  core::Scan operator()(const core::ListPostings& list) const {
    core::RowKey after;
    if (list.after_of) {
      after = core::posting_key(list.fund, *list.after_of, list.after, list.after_item);
    }
    return page_of(postings_of(list), after, list.page);
  }
  core::Scan operator()(const core::ListBordereaux& list) const {
    core::RowKey after;
    if (list.after_provider) {
      after = core::bordereau_key(list.fund, *list.after_provider, list.after);
    }
    return page_of(list.provider ? core::bordereau_prefix(list.fund, *list.provider)
                                 : core::bordereau_prefix(list.fund),
                   after, list.page);
  }
  core::Scan operator()(const core::GetBordereau& get) const {
    return page_of(core::bordereau_key(get.fund, get.provider, get.number), {}, 1);
  }
  core::Scan operator()(const core::ListReviews& list) const {
    core::RowKey after;
    if (list.after_day) {
      after = core::review_index_key(from, *list.after_day, list.after_closing, list.after_number);
    }
    return page_of(core::review_index_prefix(from), after, list.page);
  }
  core::Scan operator()(const core::ListPayoutChanges& list) const {
    core::RowKey after;
    if (list.after) after = core::payout_change_key(from, *list.after);
    return page_of(core::payout_change_prefix(from), after, list.page);
  }
  core::Scan operator()(const core::ListOwed& list) const {
    core::RowKey after;
    if (list.after) after = core::owed_key(fund(), *list.after, list.after_record);
    return page_of(core::owed_prefix(fund()), after, list.page);
  }
  core::Scan operator()(const core::ListRuns& list) const {
    return page_of(core::run_prefix(fund()), core::run_key(fund(), list.after), list.page);
  }
  core::Scan operator()(const core::ListPayouts& list) const {
    return page_of(core::payout_prefix(fund(), list.run),
                   core::payout_key(fund(), {.run = list.run, .number = list.after}), list.page);
  }
  core::Scan operator()(const core::GetBankFile& get) const {
    core::Scan scan;
    scan.part =
        core::WantedPart{.fund = fund(), .run = get.run, .file = get.file, .offset = get.offset};
    return scan;
  }
  core::Scan operator()(const core::ListStatusFiles& list) const {
    return page_of(core::status_file_prefix(fund()), core::status_file_key(fund(), list.after),
                   list.page);
  }
  core::Scan operator()(const core::ListReceivables& list) const {
    core::RowKey after;
    if (list.after) after = core::receivable_key(fund(), *list.after);
    return page_of(core::receivable_prefix(fund()), after, list.page);
  }
  core::Scan operator()(const core::Reconcile& list) const {
    core::RowKey after;
    if (list.after) after = core::posting_prefix(list.fund, *list.after);
    core::Scan scan = page_of(postings_of(list), after, list.page);
    scan.day = core::ScannedDay{.fund = list.fund, .date = list.date};
    return scan;
  }
  template <typename Other>
  core::Scan operator()(const Other&) const {
    WASL_ASSERT(false && "no listing");
    return {};
  }

 private:
  [[nodiscard]] core::FundCode fund() const { return core::fund_spoken_for(from); }

  // Of one participant, or of the whole fund.
  template <typename Listing>
  [[nodiscard]] static core::RowKey postings_of(const Listing& list) {
    return list.of ? core::posting_prefix(list.fund, *list.of) : core::posting_prefix(list.fund);
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

bool open_to_suspended(const core::Command& command) {
  switch (core::deed_of(command.request)) {
    case core::Deed::kGetBordereau:  // Those that a centre reviews are its providers'.
      return command.from.role != core::Role::kCentre;
    case core::Deed::kReverseClaim:
    case core::Deed::kGetClaim:
    case core::Deed::kListClaims:
    case core::Deed::kListPostings:
    case core::Deed::kListBordereaux:
    case core::Deed::kReconcile:
      return true;
    default:
      return false;
  }
}

bool lists_unknown_fund(const core::Command& command, const core::Reference& reference) {
  // A fund names nobody but itself.
  if (command.from.role == core::Role::kFund) return false;
  if (!core::is_listing(core::deed_of(command.request))) return false;
  const auto unknown = [&]<typename Listing>(const Listing& listing) {
    if constexpr (requires { reference.fund(listing.fund); }) {
      return reference.fund(listing.fund) == nullptr;
    } else {
      return false;
    }
  };
  return std::visit(unknown, command.request);
}

core::Scan scan_of(const core::Command& command) {
  return std::visit(ScanOf{command.from}, command.request);
}

}  // namespace wasl::engine
