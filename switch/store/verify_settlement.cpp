#include "store/verify_settlement.hpp"

#include <optional>
#include <utility>

#include "store/row_walk.hpp"
#include "store/stored_row.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

namespace {

// Tags of the scratch map's keys.
constexpr char kItem = 'o';    // Record that made it owed: its Place.
constexpr char kPayout = 'q';  // Run, number and record: an item of that payout.
constexpr char kRun = 'u';     // Run: its Tally.

std::string items_of(const core::PayoutId& payout) {
  std::string key(1, kPayout);
  core::Writer out(key);
  out.integer(payout.run);
  out.integer(payout.number);
  return key;
}

// Of one kind, decoded, each given to `check`.
template <typename T, typename Check>
core::Result<void> for_each_of(const Rocks& rows, core::KeyTag tag, Check check) {
  return for_each_row(rows, tag,
                      [&](const core::RowKey& key, std::string_view value) -> core::Result<void> {
                        const auto row = decode_stored(key, value);
                        if (!row.has_value() || !std::holds_alternative<T>(*row)) {
                          return core::fail(core::Errc::kCorrupt,
                                            "a row of the settlement does not follow its format");
                        }
                        return check(std::get<T>(*row));
                      });
}

}  // namespace

std::string SettlementCheck::encode(const Place& place) {
  std::string bytes;
  core::Writer out(bytes);
  out.integer(place.amount.value);
  out.integer(place.payout.run);
  out.integer(place.payout.number);
  return bytes;
}

std::string SettlementCheck::encode(const Tally& tally) {
  std::string bytes;
  core::Writer out(bytes);
  out.integer(static_cast<std::uint8_t>(tally.state));
  out.integer(tally.payouts);
  out.integer(tally.total.value);
  out.integer(tally.released);
  return bytes;
}

core::Result<void> SettlementCheck::take(const core::RecordView& record, core::Sequence sequence) {
  const core::Command& command = record.command;
  if (const auto* review = std::get_if<core::ReviewDecision>(&record.decision)) {
    return owe(sequence, review->accepted.amount);
  }
  if (const auto* claim = std::get_if<core::ClaimDecision>(&record.decision)) {
    const auto* submit = std::get_if<core::SubmitClaim>(&command.request);
    const bool refund = submit != nullptr && submit->claim.kind == core::ClaimKind::kRefund;
    return refund ? owe(sequence, claim->insurer) : core::Result<void>{};
  }
  if (const auto* reversal = std::get_if<core::ReversalDecision>(&record.decision)) {
    const bool released = reversal->effect == core::ReversalDecision::Effect::kReleased;
    return released ? forget(reversal->claim, sequence) : core::Result<void>{};
  }
  if (const auto* step = std::get_if<core::CollectDecision>(&record.decision)) {
    if (step->reason == core::Reason::kNone) return take_collecting(command, *step, sequence);
  }
  if (const auto* run = std::get_if<core::RunDecision>(&record.decision)) {
    if (run->reason == core::Reason::kNone) return take_run(command, *run, sequence);
  }
  return {};
}

core::Result<void> SettlementCheck::owe(core::Sequence record, core::Cents amount) {
  if (amount.value == 0) return {};
  ++missing_;
  return map_.put(kItem + number(record), encode(Place{.amount = amount, .payout = {}}));
}

core::Result<void> SettlementCheck::forget(core::ClaimId claim, core::Sequence sequence) {
  const std::string key = kItem + number(claim);
  const auto before = map_.get(key);
  if (!before) return std::unexpected(before.error());
  if (!before->has_value()) return {};  // No refund, or one of which the fund pays nothing.
  core::Reader in(core::as_bytes(**before));
  const Place owed{.amount = core::Cents{in.integer<std::int64_t>()}, .payout = {}};
  if (**before != encode(owed)) {
    differences_.add("settlement",
                     at(sequence) + ": reverses " + at(claim) + ", which a run has taken");
  }
  --missing_;
  return map_.put(key, {});
}

core::Result<void> SettlementCheck::move(const core::OwedItem& item, const core::PayoutId& payout,
                                         core::Sequence sequence) {
  const std::string key = kItem + number(item.record);
  const auto before = map_.get(key);
  if (!before) return std::unexpected(before.error());
  if (!before->has_value() || **before != encode(Place{.amount = item.amount, .payout = {}})) {
    differences_.add("settlement", at(sequence) + ": takes what is owed by " + at(item.record) +
                                       ", which is not owed, or not so much");
  }
  if (auto put = map_.put(items_of(payout) + number(item.record), number(1)); !put) return put;
  return map_.put(key, encode(Place{.amount = item.amount, .payout = payout}));
}

core::Result<SettlementCheck::Tally> SettlementCheck::tally_of(core::Sequence run) {
  const auto bytes = map_.get(kRun + number(run));
  if (!bytes) return std::unexpected(bytes.error());
  Tally tally;
  if (!bytes->has_value()) return tally;
  core::Reader in(core::as_bytes(**bytes));
  tally.state = static_cast<core::RunState>(in.integer<std::uint8_t>());
  tally.payouts = in.integer<std::uint32_t>();
  tally.total.value = in.integer<std::int64_t>();
  tally.released = in.integer<std::uint32_t>();
  return tally;
}

core::Result<void> SettlementCheck::take_collecting(const core::Command& command,
                                                    const core::CollectDecision& decision,
                                                    core::Sequence sequence) {
  const core::Sequence run = std::get<core::CollectRun>(command.request).run;
  auto tally = tally_of(run);
  if (!tally) return std::unexpected(tally.error());
  const core::Payee* last = nullptr;
  for (std::size_t i = 0; i < decision.verdicts.size(); ++i) {
    if (decision.verdicts[i] != core::OwedVerdict::kTaken) continue;
    const core::Owed& owed = command.owed->owed[i];
    if (last == nullptr || *last != owed.payee) ++tally->payouts;
    last = &owed.payee;
    tally->total += owed.item.amount;
    auto moved = move(owed.item, {.run = run, .number = tally->payouts}, sequence);
    if (!moved) return moved;
  }
  tally->state = decision.state;
  return map_.put(kRun + number(run), encode(*tally));
}

core::Result<void> SettlementCheck::take_run(const core::Command& command,
                                             const core::RunDecision& decision,
                                             core::Sequence sequence) {
  core::Sequence run = sequence;
  if (std::holds_alternative<core::ProposeRun>(command.request)) ++missing_runs_;
  if (const auto* approve = std::get_if<core::ApproveRun>(&command.request)) run = approve->run;
  if (const auto* cancel = std::get_if<core::CancelRun>(&command.request)) run = cancel->run;
  auto tally = tally_of(run);
  if (!tally) return std::unexpected(tally.error());
  for (std::uint32_t i = 0; i < decision.released && tally->released < tally->payouts; ++i) {
    auto released = release({.run = run, .number = tally->released + 1});
    if (!released) return released;
    ++tally->released;
  }
  tally->state = decision.state;
  return map_.put(kRun + number(run), encode(*tally));
}

core::Result<void> SettlementCheck::release(const core::PayoutId& payout) {
  std::vector<core::Sequence> records;
  const std::string prefix = items_of(payout);
  const auto take = [&](std::string_view key, std::string_view) {
    core::Reader in(core::as_bytes(key.substr(prefix.size())));
    records.push_back(in.integer<core::Sequence>());
    return true;
  };
  if (auto scanned = map_.scan(prefix, take); !scanned) return scanned;
  for (const core::Sequence record : records) {
    const auto place = map_.get(kItem + number(record));
    if (!place) return std::unexpected(place.error());
    if (!place->has_value()) continue;  // It was named when it was taken.
    core::Reader in(core::as_bytes(**place));
    const Place owed{.amount = core::Cents{in.integer<std::int64_t>()}, .payout = {}};
    if (auto put = map_.put(kItem + number(record), encode(owed)); !put) return put;
    if (auto put = map_.put(prefix + number(record), {}); !put) return put;
  }
  return {};
}

core::Result<void> SettlementCheck::compare_rows(const Rocks& rows) {
  using core::KeyTag;
  auto owed = for_each_of<core::Owed>(rows, KeyTag::kOwed, [&](const core::Owed& row) {
    return check_item(row.item.record, {.amount = row.item.amount, .payout = {}});
  });
  if (!owed) return owed;
  auto paid = for_each_of<core::Payout>(rows, KeyTag::kPayout,
                                        [&](const core::Payout& row) { return check_payout(row); });
  if (!paid) return paid;
  auto runs = for_each_of<core::SettlementRun>(
      rows, KeyTag::kRun, [&](const core::SettlementRun& row) { return check_run(row); });
  if (!runs) return runs;
  if (missing_ > 0) {
    differences_.add("settlement",
                     "owed, and in no row of it: " + std::to_string(missing_) + " items");
  }
  if (missing_runs_ > 0) {
    differences_.add("settlement", "runs without a row: " + std::to_string(missing_runs_));
  }
  return {};
}

core::Result<void> SettlementCheck::check_item(core::Sequence record, const Place& found) {
  const auto expected = map_.get(kItem + number(record));
  if (!expected) return std::unexpected(expected.error());
  if (!expected->has_value() || **expected != encode(found)) {
    differences_.add("settlement", "what is owed by " + at(record) +
                                       " is not where the records put it, or not so much");
    return {};
  }
  --missing_;
  return map_.put(kItem + number(record), {});
}

core::Result<void> SettlementCheck::check_payout(const core::Payout& payout) {
  core::Cents sum;
  for (const core::OwedItem& item : payout.items) {
    sum += item.amount;
    auto checked = check_item(item.record, {.amount = item.amount, .payout = payout.id});
    if (!checked) return checked;
  }
  if (sum != payout.amount) {
    differences_.add("settlement", "a payout of the run " + std::to_string(payout.id.run) +
                                       " is not the sum of its items");
  }
  return {};
}

core::Result<void> SettlementCheck::check_run(const core::SettlementRun& run) {
  const auto tally = tally_of(run.id);
  if (!tally) return std::unexpected(tally.error());
  if (missing_runs_ > 0) --missing_runs_;
  const Tally found{run.state, run.payouts, run.total, run.released};
  if (encode(found) != encode(*tally)) {
    differences_.add("settlement",
                     "the run " + std::to_string(run.id) + " is not as its records left it");
  }
  return {};
}

}  // namespace wasl::store
