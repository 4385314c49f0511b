#include "store/pending_scan.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "core/codec.hpp"

namespace wasl::store {
namespace {

std::string prefix_of(core::KeyTag tag) { return {static_cast<char>(tag)}; }

class Reading {
 public:
  Reading(const Rocks& rocks, core::Instant now, const std::atomic<bool>& stopped)
      : at_(rocks.iterate()), now_(now), stopped_(stopped) {}

  void read(std::set<core::RowKey>& settled) {
    read_funds();
    read_presentations();
    add_approved();
    add_reviews();
    each_of<core::Owed>(prefix_of(core::KeyTag::kOwed),
                        [&](const core::Owed& owed) { count_of(owed.fund).add(owed); });
    add_runs(settled);
    add_status_files();
  }

  [[nodiscard]] const core::Result<void>& outcome() const { return outcome_; }

  [[nodiscard]] core::PendingReport report() const {
    core::PendingReport report{.at = now_, .took = {}, .funds = {}};
    for (const auto& [fund, count] : counts_) {
      const auto began = days_.find(fund);
      report.funds.push_back(
          {.fund = fund,
           .states = count.states(),
           .day_began = began == days_.end() ? std::nullopt : std::optional(began->second)});
    }
    return report;
  }

 private:
  // Whether the cursor is at a row that begins so; false once it failed or was stopped.
  bool at(std::string_view prefix) {
    if (!outcome_ || stopped_.load(std::memory_order_relaxed)) return false;
    if (at_.valid()) return at_.key().starts_with(prefix);
    outcome_ = at_.ended();
    return false;
  }

  template <typename Take>
  void each(std::string_view prefix, const Take& take) {
    for (at_.seek(prefix); at(prefix); at_.next()) {
      take(core::RowKey(at_.key()), core::as_bytes(at_.value()));
    }
  }

  template <typename T, typename Take>
  void each_of(std::string_view prefix, const Take& take) {
    each(prefix, [&](const core::RowKey& key, core::ByteView value) {
      const std::optional<core::Row> row = core::decode_row(key, value);
      if (!row || !std::holds_alternative<T>(*row)) return damaged();
      take(std::get<T>(*row));
    });
  }

  template <typename T>
  std::optional<T> find(const core::RowKey& key) {
    std::optional<T> found;
    each_of<T>(key.view(), [&](const T& row) { found = row; });
    return found;
  }

  void damaged() {
    outcome_ = core::fail(core::Errc::kCorrupt, "store: a row does not follow its format");
  }

  core::PendingCount& count_of(const core::FundCode& fund) {
    return counts_.try_emplace(fund, reference_.rulebook_of(fund), now_).first->second;
  }

  void read_funds() {
    for (const core::KeyTag tag : {core::KeyTag::kFund, core::KeyTag::kRulebook}) {
      each(prefix_of(tag), [&](const core::RowKey& key, core::ByteView value) {
        if (!core::decode_entry(key, value, reference_)) damaged();
      });
    }
    for (const auto& [fund, entry] : reference_.funds()) (void)count_of(fund);
    each_of<core::BusinessDay>(
        prefix_of(core::KeyTag::kBusinessDay),
        [&](const core::BusinessDay& day) { days_.emplace(day.fund, day.at); });
  }

  void read_presentations() {
    each(prefix_of(core::KeyTag::kPresentation),
         [&](const core::RowKey& key, core::ByteView value) {
           const std::optional<core::Row> row = core::decode_row(key, value);
           if (!row || !std::holds_alternative<core::Presentation>(*row)) return damaged();
           presented_.emplace(key, std::get<core::Presentation>(*row).up_to);
         });
  }

  // From provider to provider: what each has presented is skipped, and so are the postings of
  // centres, whose claims are refunds.
  void add_approved() {
    const std::string all = prefix_of(core::KeyTag::kPosting);
    for (at_.seek(all); at(all);) {
      const auto place = core::posting_place(core::RowKey(at_.key()));
      if (!place) return damaged();
      if (place->participant.role == core::Role::kProvider) {
        add_approved_of(*place);
      } else {
        at_.seek_behind(core::posting_prefix(place->fund));
      }
    }
  }

  // `first` is the provider's first posting, where the cursor stands; then it is behind the last.
  void add_approved_of(const core::PostingPlace& first) {
    const auto& [fund, provider, sequence, item] = first;
    const auto known = presented_.find(core::presentation_key(fund, provider));
    const core::Sequence presented = known == presented_.end() ? 0 : known->second;
    if (sequence <= presented) {
      at_.seek(core::posting_key(fund, provider, presented + 1).view());
    }
    std::map<core::ClaimId, core::Instant> waiting;
    const core::RowKey prefix = core::posting_prefix(fund, provider);
    for (; at(prefix.view()); at_.next()) {
      const auto set = core::decode_postings(core::as_bytes(at_.value()));
      if (!set) return damaged();
      if (set->cause == core::PostingCause::kApproval) waiting.emplace(set->claim, set->at);
      if (set->cause == core::PostingCause::kReversal) waiting.erase(set->claim);
    }
    for (const auto& [claim, approved] : waiting) count_of(fund).add_approved(approved);
  }

  void add_reviews() {
    each(prefix_of(core::KeyTag::kReviewIndex), [&](const core::RowKey& key, core::ByteView value) {
      const auto place = core::review_place(key);
      const auto row = core::decode_review_index_row(value);
      if (!place || !row) return damaged();
      count_of(row->fund).add(*row, place->deadline);
    });
  }

  void add_runs(std::set<core::RowKey>& settled) {
    std::vector<core::SettlementRun> exported;
    each_of<core::SettlementRun>(
        prefix_of(core::KeyTag::kRun), [&](const core::SettlementRun& run) {
          count_of(run.fund).add(run);
          const bool read = run.exported && !settled.contains(core::run_key(run.fund, run.id));
          if (read) exported.push_back(run);
        });
    for (const core::SettlementRun& run : exported) add_payouts(run, settled);
  }

  void add_payouts(const core::SettlementRun& run, std::set<core::RowKey>& settled) {
    bool open = run.state != core::RunState::kExported;
    const core::RowKey prefix = core::payout_prefix(run.fund, run.id);
    each_of<core::Payout>(prefix.view(), [&](const core::Payout& payout) {
      open = open || payout.state == core::PayoutState::kExported;
      count_of(run.fund).add(payout, run);
    });
    const bool whole = outcome_.has_value() && !stopped_.load(std::memory_order_relaxed);
    if (whole && !open) settled.insert(core::run_key(run.fund, run.id));
  }

  void add_status_files() {
    for (auto& [fund, count] : counts_) {
      const auto desk = find<core::StatusDesk>(core::status_desk_key(fund));
      if (!desk || desk->open == 0) continue;
      const auto file = find<core::StatusFile>(core::status_file_key(fund, desk->open));
      if (file) count.add(*file);
    }
  }

  RowCursor at_;
  const core::Instant now_;
  const std::atomic<bool>& stopped_;
  core::Result<void> outcome_;
  core::Reference reference_;  // Funds and rulebooks only.
  std::map<core::FundCode, core::PendingCount> counts_;
  std::map<core::FundCode, core::Instant> days_;
  std::map<core::RowKey, core::Sequence> presented_;  // By the key of the presentation.
};

}  // namespace

core::Result<std::optional<core::PendingReport>> PendingScan::read(
    const Rocks& rocks, core::Instant now, const std::atomic<bool>& stopped) {
  Reading reading(rocks, now, stopped);
  reading.read(settled_);
  if (!reading.outcome()) return std::unexpected(reading.outcome().error());
  if (stopped.load(std::memory_order_relaxed)) return std::nullopt;
  return reading.report();
}

}  // namespace wasl::store
