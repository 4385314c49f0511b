#include "store/pending_scan.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "core/codec.hpp"
#include "core/run.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {
namespace {

std::string prefix_of(core::KeyTag tag) { return {static_cast<char>(tag)}; }

class Reading {
 public:
  Reading(const Rocks& rocks, core::Instant now, const std::atomic<bool>& stopped,
          PendingKnown& known)
      : at_(rocks.iterate()), now_(now), stopped_(stopped), known_(known) {}

  void read() {
    read_funds();
    read_presentations();
    add_approved();
    add_rejected();
    add_reviews();
    each_of<core::Owed>(prefix_of(core::KeyTag::kOwed), [&](const core::RowKey&, const auto& owed) {
      count_of(owed.fund).add(owed);
    });
    add_runs();
    add_status_files();
    add_account_changes();
    add_agreements();
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
  // False once it failed or was stopped.
  [[nodiscard]] bool goes_on() const {
    return outcome_.has_value() && !stopped_.load(std::memory_order_relaxed);
  }

  // Whether it goes on, and the cursor is at a row that begins so.
  bool at(std::string_view prefix) {
    if (!goes_on()) return false;
    if (at_.valid()) return at_.key().starts_with(prefix);
    outcome_ = at_.ended();
    return false;
  }

  template <typename Take>
  void each(std::string_view prefix, const Take& take) {
    for (at_.seek(prefix); at(prefix); at_.next()) {
      take(core::RowKey(at_.key()), at_.value());
    }
  }

  template <typename T, typename Take>
  void each_of(std::string_view prefix, const Take& take) {
    each(prefix, [&](const core::RowKey& key, std::string_view value) {
      const std::optional<core::Row> row = decode_stored(key, value);
      if (!row || !std::holds_alternative<T>(*row)) return damaged();
      take(key, std::get<T>(*row));
    });
  }

  template <typename T>
  std::optional<T> find(const core::RowKey& key) {
    std::optional<T> found;
    each_of<T>(key.view(), [&](const core::RowKey&, const T& row) { found = row; });
    return found;
  }
  // Of a row that another one says is there; nothing if it did not go on.
  template <typename T>
  std::optional<T> find_named(const core::RowKey& key) {
    std::optional<T> found = find<T>(key);
    if (!found && goes_on()) damaged();
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
      each(prefix_of(tag), [&](const core::RowKey& key, std::string_view value) {
        if (!core::decode_entry(key, core::as_bytes(value), reference_)) damaged();
      });
    }
    for (const auto& [fund, entry] : reference_.funds()) {
      (void)count_of(fund);
      read_days(fund);
    }
    each_of<core::BusinessDay>(
        prefix_of(core::KeyTag::kBusinessDay),
        [&](const core::RowKey&, const auto& day) { days_.emplace(day.fund, day.at); });
  }

  void read_days(const core::FundCode& fund) {
    each(core::business_day_index_prefix(fund).view(),
         [&](const core::RowKey&, std::string_view value) {
           const auto day = core::decode_business_day_index_row(core::as_bytes(value));
           if (!day) return damaged();
           begun_[fund].push_back(*day);
         });
  }

  void read_presentations() {
    each_of<core::Presentation>(prefix_of(core::KeyTag::kPresentation),
                                [&](const core::RowKey& key, const auto& presentation) {
                                  presented_.emplace(key, presentation.up_to);
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
  // Rejections are looked for behind what was read of them, claims that wait to be presented behind
  // what is.
  void add_approved_of(const core::PostingPlace& first) {
    const auto& [fund, provider, sequence, item] = first;
    const core::RowKey name = core::presentation_key(fund, provider);
    const auto known = presented_.find(name);
    const core::Sequence presented = known == presented_.end() ? 0 : known->second;
    Rejections& rejections = rejections_of(name, first);
    const core::Sequence skipped = std::min(presented, rejections.read);
    const auto behind = [&](core::Sequence last) {
      return core::posting_key(fund, provider, last + 1);
    };
    if (sequence <= skipped) at_.seek(behind(skipped).view());
    const core::RowKey unread = behind(rejections.read);
    const core::RowKey unpresented = behind(presented);
    std::vector<Rejections::Claim> rejected;
    std::map<core::ClaimId, core::Instant> waiting;
    core::RowKey last;
    const core::RowKey prefix = core::posting_prefix(fund, provider);
    for (; at(prefix.view()); at_.next()) {
      const auto set = core::decode_postings(core::as_bytes(at_.value()));
      if (!set) return damaged();
      last = core::RowKey(at_.key());
      if (set->cause == core::PostingCause::kRejection && last >= unread) {
        rejected.push_back({.request_id = set->request_id, .at = set->at});
      }
      if (last < unpresented) continue;
      if (set->cause == core::PostingCause::kApproval) waiting.emplace(set->claim, set->at);
      if (set->cause == core::PostingCause::kReversal) waiting.erase(set->claim);
    }
    for (const auto& [claim, approved] : waiting) count_of(fund).add_approved(approved);
    if (goes_on()) take_rejected(rejected, last, rejections);
  }

  Rejections& rejections_of(const core::RowKey& name, const core::PostingPlace& of) {
    const core::PendingCount& count = count_of(of.fund);
    const auto [at, is_new] = known_.rejections.try_emplace(name);
    Rejections& rejections = at->second;
    // Found again where a clock that ran ahead, or a rulebook, had taken too much for too old.
    if (is_new || count.correctable_from() < rejections.correctable_from) {
      rejections = {.fund = of.fund,
                    .provider = of.participant,
                    .read = last_before(of.fund, count.correctable_since()),
                    .correctable_from = {},
                    .waiting = {}};
    }
    rejections.correctable_from = count.correctable_from();
    return rejections;
  }

  // A record of the fund's behind which everything is of this time or later; 0: of all there is.
  core::Sequence last_before(const core::FundCode& fund, core::Instant time) {
    const auto& days = begun_[fund];
    const auto day = std::ranges::lower_bound(days, time, {}, &core::BusinessDayIndexRow::at);
    return day == days.begin() ? 0 : std::prev(day)->since;
  }

  // All up to the key was read; empty: there was nothing to read.
  void take_rejected(const std::vector<Rejections::Claim>& rejected, const core::RowKey& last,
                     Rejections& to) {
    to.waiting.insert(to.waiting.end(), rejected.begin(), rejected.end());
    if (last.view().empty()) return;
    const auto place = core::posting_place(last);
    if (!place) return damaged();
    to.read = std::max(to.read, place->sequence);
  }

  // Each by its own row, which says what became of it.
  void add_rejected() {
    for (auto& [name, of] : known_.rejections) {
      core::PendingCount& count = count_of(of.fund);
      std::erase_if(of.waiting, [&, &of = of](const Rejections::Claim& claim) {
        const auto row =
            find_named<core::RequestRow>(core::request_key(of.provider, claim.request_id, 0));
        if (!row) return false;
        const bool waits =
            row->state == core::RequestState::kRejected && count.is_correctable(row->service_date);
        if (waits) count.add_rejected(claim.at);
        return !waits;
      });
    }
  }

  void add_reviews() {
    std::vector<core::RowKey> with_held;
    each(prefix_of(core::KeyTag::kReviewIndex),
         [&](const core::RowKey& key, std::string_view value) {
           const auto place = core::review_place(key);
           const auto row = core::decode_review_index_row(core::as_bytes(value));
           if (!place || !row) return damaged();
           if (row->held == 0) return count_of(row->fund).add(*row, *place);
           with_held.push_back(core::bordereau_key(row->fund, row->provider, place->number));
         });
    for (const core::RowKey& key : with_held) {
      const auto bordereau = find_named<core::Bordereau>(key);
      if (bordereau) count_of(bordereau->fund).add(*bordereau);
    }
  }

  void add_runs() {
    std::vector<core::SettlementRun> exported;
    each_of<core::SettlementRun>(prefix_of(core::KeyTag::kRun),
                                 [&](const core::RowKey& key, const auto& run) {
                                   count_of(run.fund).add(run);
                                   const bool read = run.exported && !known_.settled.contains(key);
                                   if (read) exported.push_back(run);
                                 });
    for (const core::SettlementRun& run : exported) add_payouts(run);
  }

  void add_payouts(const core::SettlementRun& run) {
    bool open = run.state != core::RunState::kExported;
    const core::RowKey prefix = core::payout_prefix(run.fund, run.id);
    each_of<core::Payout>(prefix.view(), [&](const core::RowKey&, const auto& payout) {
      open = open || payout.state == core::PayoutState::kExported;
      count_of(run.fund).add(payout, run);
    });
    if (goes_on() && !open) known_.settled.insert(core::run_key(run.fund, run.id));
  }

  void add_status_files() {
    for (auto& [fund, count] : counts_) {
      const auto desk = find<core::StatusDesk>(core::status_desk_key(fund));
      if (!desk || desk->open == 0) continue;
      const auto file = find<core::StatusFile>(core::status_file_key(fund, desk->open));
      if (file) count.add(*file);
    }
  }

  void add_account_changes() {
    std::vector<std::pair<core::Participant, core::PayoutChange>> changes;
    each_of<core::PayoutChange>(prefix_of(core::KeyTag::kPayoutChange),
                                [&](const core::RowKey& key, const auto& change) {
                                  const auto of = core::payout_change_at(key);
                                  if (!of) return damaged();
                                  changes.emplace_back(*of, change);
                                });
    for (const auto& [at, change] : changes) {
      for (const core::FundCode& fund : funds_paying(at, change.payee)) {
        count_of(fund).add(change, at.role);
      }
    }
  }

  // The fund that changes the account; of a change at a centre each that pays to it.
  std::set<core::FundCode> funds_paying(const core::Participant& at, const core::Payee& payee) {
    if (at.role == core::Role::kFund) return {core::fund_spoken_for(at)};
    const core::RowKey key = core::payee_key(payee);
    if (std::holds_alternative<core::InsuredNumber>(payee)) {
      const auto account = find_named<core::Account>(key);
      return account ? std::set{account->fund} : std::set<core::FundCode>{};
    }
    std::set<core::FundCode> funds;
    const auto provider = find_named<core::Registration>(key);
    if (!provider) return funds;
    for (const core::FundAgreement& each : provider->agreements) funds.insert(each.fund);
    return funds;
  }

  void add_agreements() {
    for (auto& [fund, count] : counts_) {
      each(core::agreement_index_prefix(fund).view(),
           [&, &fund = fund, &count = count](const core::RowKey& key, std::string_view value) {
             const auto id = core::indexed_sequence(key);
             const auto agreement = core::decode_agreement_index_row(core::as_bytes(value));
             if (!id || !agreement) return damaged();
             count.add(*agreement, began_before(fund, *id));
           });
    }
  }

  // When the business day began that the record is of; Instant{}: none had begun.
  core::Instant began_before(const core::FundCode& fund, core::Sequence record) {
    const auto& days = begun_[fund];
    const auto day = std::ranges::lower_bound(days, record, {}, &core::BusinessDayIndexRow::since);
    return day == days.begin() ? core::Instant{} : std::prev(day)->at;
  }

  RowCursor at_;
  const core::Instant now_;
  const std::atomic<bool>& stopped_;
  PendingKnown& known_;
  core::Result<void> outcome_;
  core::Reference reference_;  // Funds and rulebooks only.
  std::map<core::FundCode, core::PendingCount> counts_;
  std::map<core::FundCode, core::Instant> days_;
  std::map<core::FundCode, std::vector<core::BusinessDayIndexRow>> begun_;  // All, in order.
  std::map<core::RowKey, core::Sequence> presented_;  // By the key of the presentation.
};

}  // namespace

core::Result<std::optional<core::PendingReport>> PendingScan::read(
    const Rocks& rocks, core::Instant now, const std::atomic<bool>& stopped) {
  Reading reading(rocks, now, stopped, known_);
  reading.read();
  if (!reading.outcome()) return std::unexpected(reading.outcome().error());
  if (stopped.load(std::memory_order_relaxed)) return std::nullopt;
  return reading.report();
}

}  // namespace wasl::store
