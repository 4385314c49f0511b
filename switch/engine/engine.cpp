#include "engine/engine.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"
#include "core/bordereau.hpp"
#include "core/codec.hpp"
#include "core/rulebook_used.hpp"
#include "core/run.hpp"
#include "engine/listing.hpp"

namespace wasl::engine {
namespace {

// The state a terminal acts on, of the request's own row as it is now.
core::RequestState state_now(const core::RowSet& rows) {
  const auto* row = rows.get<core::RequestRow>(core::Slot::kRequest);
  if (row == nullptr) return core::RequestState::kDone;
  return core::state_now(*row, rows.get<core::Bordereau>(core::Slot::kBordereau));
}

struct Reported {
  core::Outcome outcome;
  core::Reason reason;
};

Reported reported(const core::Decision& decision) {
  if (const auto* claim = std::get_if<core::ClaimDecision>(&decision)) {
    return {claim->outcome, claim->reason};
  }
  const auto reason_of = []<typename T>(const T& made) {
    if constexpr (requires { made.reason; }) return made.reason;
    return core::Reason::kNone;
  };
  const core::Reason reason = std::visit(reason_of, decision);
  return {reason == core::Reason::kNone ? core::Outcome::kApproved : core::Outcome::kDeclined,
          reason};
}

void report(core::Observer& observer, core::Deed deed, const core::Decision& decision) {
  const Reported what = reported(decision);
  observer.decided(deed, what.outcome, what.reason);
  const auto* claim = std::get_if<core::ClaimDecision>(&decision);
  // A quote declines nothing.
  if (claim == nullptr || deed == core::Deed::kQuoteClaim) return;
  for (const core::LineDecision& line : claim->lines) {
    if (line.reason != core::Reason::kNone) observer.line_declined(line.reason);
  }
}

core::Status status_of(const core::StatusDecision& decision, const core::RowSet& rows) {
  core::Status status;
  status.finding = decision.finding;
  const auto* row = rows.get<core::RequestRow>(core::Slot::kOriginal);
  if (row == nullptr || decision.finding == core::StatusDecision::Finding::kNotAClaim)
    return status;
  const auto* bordereau = rows.get<core::Bordereau>(core::Slot::kBordereau);
  status.state_now = core::state_now(*row, bordereau);
  status.reduced = core::reduced_since(*row, bordereau);
  status.sequence = row->sequence;
  status.receipt = row->receipt;
  if (row->answered) status.body = row->body;
  return status;
}

}  // namespace

Engine::Engine(Options options, Start start, const core::AnswerEncoder& encoder,
               core::Observer& observer)
    : options_(options),
      encoder_(encoder),
      observer_(observer),
      reference_(std::move(start.reference)),
      cache_(options.cache_entries_max),
      parking_(cache_, options.parked_entries_max),
      clock_(start.last_now, options.clock_step_max),
      last_sequence_(start.last_sequence),
      committed_(start.last_sequence),
      applied_(start.last_sequence),
      gathering_(options.run_step_items) {}

// Completions first: they free what new commands need, and are bounded by what is in flight.
Effects Engine::step(Inputs inputs) {
  clock_.observe(inputs.wall, inputs.monotonic);
  now_ = inputs.monotonic;
  free_bytes_ = inputs.free_bytes;
  lagging_ = inputs.lag.records > options_.store_lag_max.records ||
             inputs.lag.bytes > options_.store_lag_max.bytes;
  if (inputs.applied) applied_ = *inputs.applied;
  parking_.take_loaded(std::move(inputs.loaded));
  if (inputs.committed) finish(std::move(*inputs.committed));
  deliver_scans(std::move(inputs.scanned));
  admit(days_due());
  admit(std::move(inputs.commands));
  if (!commit_in_flight_) decide_group();
  cache_.evict(applied_);
  report_step();

  Effects effects;
  if (!commit_in_flight_ && !group_.payloads.empty()) effects.commit = take_group();
  effects.loads = parking_.take_loads();
  effects.scans = std::exchange(scans_, {});
  effects.deliveries = std::exchange(deliveries_, {});
  return effects;
}

void Engine::report_step() {
  observer_.parked(parking_.size());
  observer_.clock_alarm(clock_.alarmed());
  observer_.disk_free(free_bytes_);
  const std::uint64_t hits = cache_.hits();
  const std::uint64_t misses = cache_.misses();
  observer_.cache(hits - std::exchange(hits_reported_, hits),
                  misses - std::exchange(misses_reported_, misses));
}

bool Engine::idle() const {
  return parking_.size() == 0 && !commit_in_flight_ && listings_.empty() && gathering_.empty();
}

void Engine::admit(std::vector<Submission> commands) {
  for (Submission& submission : commands) {
    observer_.stage(core::Stage::kQueue, now_ - submission.received);
    if (lagging_) {
      busy(submission, core::BusyCause::kLag);
    } else if (!parking_.admit(submission, now_)) {
      busy(submission, core::BusyCause::kParked);
    }
  }
}

std::vector<Submission> Engine::days_due() {
  std::vector<Submission> due;
  if (!options_.begins_days) return due;
  for (core::Command& command : cut_over_.due(reference_, clock_.now(), now_)) {
    Submission& submission = due.emplace_back();
    submission.command = std::move(command);
    submission.received = now_;
  }
  return due;
}

void Engine::finish(core::Committed committed) {
  WASL_ASSERT(commit_in_flight_ && committed.first == committed_ + 1);
  WASL_ASSERT(committed.first + committed.receipts.size() == last_sequence_ + 1);
  commit_in_flight_ = false;
  committed_ = last_sequence_;
  const auto receipt_of = [&](core::Sequence sequence) {
    return committed.receipts[sequence - committed.first];
  };
  for (Entry* entry : std::exchange(changed_, {})) {
    auto* row = std::get_if<core::RequestRow>(&entry->row);
    if (row != nullptr && row->sequence >= committed.first)
      row->receipt = receipt_of(row->sequence);
  }
  for (Delivery& delivery : std::exchange(withheld_, {})) {
    if (auto* answer = std::get_if<core::Answered>(&delivery.reply)) {
      if (answer->sequence >= committed.first) answer->receipt = receipt_of(answer->sequence);
    } else if (auto* status = std::get_if<core::Status>(&delivery.reply)) {
      if (status->sequence >= committed.first) status->receipt = receipt_of(status->sequence);
    }
    deliveries_.push_back(std::move(delivery));
  }
}

void Engine::deliver_scans(std::vector<core::Scanned> scanned) {
  for (core::Scanned& scan : scanned) {
    if (gathering_.holds(scan.id)) {
      take_gathered(std::move(scan));
      continue;
    }
    const auto node = listings_.extract(scan.id);
    WASL_ASSERT(!node.empty());
    const Listing& listing = node.mapped();
    if (listing.deed == core::Deed::kGetBordereau) leave_shown_to(listing.from, scan);
    deliveries_.push_back({listing.origin,
                           core::Listed{listing.deed, std::move(scan.rows), scan.more, listing.own,
                                        std::move(scan.part)},
                           listing.received});
  }
}

// A closing is decided by what its provider holds, a step of a run by what is owed, which only a
// scan tells: they leave the parking and come back with it.
void Engine::gather(Pending& pending) {
  const std::uint64_t id = ++scan_ids_;
  scans_.push_back(gathering_.start(id, std::move(pending.submission), pending.rows, committed_));
}

void Engine::take_gathered(core::Scanned scanned) {
  std::optional<Submission> complete = gathering_.take(std::move(scanned), scans_);
  if (complete && !parking_.admit(*complete, now_)) busy(*complete, core::BusyCause::kParked);
}

void Engine::decide_group() {
  while (group_.payloads.size() < options_.group_commands_max &&
         group_bytes_ < options_.group_bytes_max) {
    Pending* pending = parking_.next_ready();
    if (pending == nullptr) break;
    settle(*pending);
    parking_.release(pending);
  }
  if (!group_.payloads.empty()) return;
  // Nothing was changed, and everything decided before is synced: the answers may go.
  for (Delivery& delivery : std::exchange(withheld_, {}))
    deliveries_.push_back(std::move(delivery));
}

void Engine::settle(Pending& pending) {
  const core::Command& command = pending.submission.command;
  observer_.stage(core::Stage::kLoad, now_ - pending.admitted);
  if (std::optional<core::Reply> known = known_answer(pending)) {
    if (const auto* refused = std::get_if<core::Refused>(&*known)) {
      observer_.refused(refused->code);
    } else {
      observer_.repeated();
    }
    return reply(pending, std::move(*known));
  }
  const core::Deed deed = core::deed_of(command.request);
  if (core::is_listing(deed)) return list(pending);
  if (gathering_.needed(command, pending.rows)) return gather(pending);
  if (core::is_overtaken(command, pending.rows)) {
    return busy(pending.submission, core::BusyCause::kParked);
  }

  core::Answered answer;
  core::Trace* const trace = pending.submission.wants_trace ? &answer.trace : nullptr;
  // A group has one time, also when a confirmed clock jumps within it.
  const core::Instant now = group_.payloads.empty() ? clock_.now() : group_.now;
  core::Decision decision = core::decide(command, pending.rows, reference_, now, trace);
  std::optional<core::StatusDecision> status;
  if (const auto* found = std::get_if<core::StatusDecision>(&decision)) status = *found;
  if (core::changes_state(command, decision)) {
    if (const std::optional<core::BusyCause> cause = may_not_write(deed, decision)) {
      return busy(pending.submission, *cause);
    }
    answer.body = record(pending, std::move(decision));
    answer.sequence = last_sequence_;
  } else {
    report(observer_, deed, decision);
    if (!status) encoder_.encode_body(command, decision, 0, answer.body);
  }
  if (status) return reply(pending, status_of(*status, pending.rows));
  answer.state_now = state_now(pending.rows);
  reply(pending, std::move(answer));
}

// An answer that needs no decision: the participant may not speak, the id was answered before, or
// a page would be empty for a reason that it does not show.
std::optional<core::Reply> Engine::known_answer(const Pending& pending) const {
  const core::Command& command = pending.submission.command;
  const core::Deed deed = core::deed_of(command.request);
  if (core::is_switchs_own(deed)) return std::nullopt;
  const auto* participant = pending.rows.get<core::Registration>(core::Slot::kParticipant);
  if (participant == nullptr) return core::Refused{core::Refusal::kNotRegistered};

  const auto* row = pending.rows.get<core::RequestRow>(core::Slot::kRequest);
  if (row != nullptr && row->answered) {
    if (row->content != command.content) return core::Refused{core::Refusal::kRequestIdReused};
    return core::Answered{.body = row->body,
                          .sequence = row->sequence,
                          .receipt = row->receipt,
                          .state_now = state_now(pending.rows),
                          .repeat = true,
                          .trace = {}};
  }
  if (participant->suspended && !open_to_suspended(command)) {
    return core::Refused{core::Refusal::kParticipantSuspended};
  }
  if (lists_unknown_fund(command, reference_)) {
    return core::Refused{.code = core::Refusal::kMalformed, .fund_unknown = true};
  }
  return std::nullopt;
}

// Reversals and closings free money or end a doubt: they go on until a quarter of the reserve.
std::optional<core::BusyCause> Engine::may_not_write(core::Deed deed,
                                                     const core::Decision& decision) const {
  if (deed == core::Deed::kConfirmClock) return std::nullopt;
  if (clock_.alarmed()) return core::BusyCause::kClock;
  const bool last_to_go = std::holds_alternative<core::ReversalDecision>(decision) ||
                          std::holds_alternative<core::StatusDecision>(decision);
  const std::uint64_t reserve = options_.disk_reserve_bytes;
  if (free_bytes_ < (last_to_go ? core::last_of_reserve(reserve) : reserve)) {
    return core::BusyCause::kDisk;
  }
  return std::nullopt;
}

// Gives the decision its place in the journal and carries it out on the rows; returns the answer
// body.
std::string Engine::record(Pending& pending, core::Decision decision) {
  if (group_.payloads.empty()) {
    group_.first = last_sequence_ + 1;
    group_.now = clock_.stamp();
  }
  const core::Sequence sequence = ++last_sequence_;
  core::RecordView record{.command = std::move(pending.submission.command),
                          .decision = std::move(decision),
                          .body = {},
                          .rulebook = {},
                          .decider_version = core::kDeciderVersion};
  record.rulebook = core::rulebook_used(record.command, pending.rows, reference_);
  report(observer_, core::deed_of(record.command.request), record.decision);
  if (std::holds_alternative<core::ConfirmClock>(record.command.request)) clock_.confirm();
  encoder_.encode_body(record.command, record.decision, sequence, record.body);
  std::string payload;
  core::encode_record(record, payload);
  group_bytes_ += payload.size() + core::kRecordBytesBeside;
  group_.payloads.push_back(std::move(payload));
  core::Touched touched = core::apply(record.command, record.decision, {sequence, group_.now},
                                      record.body, pending.rows, reference_);
  note_changes(pending, std::move(touched), sequence);
  return std::move(record.body);
}

void Engine::note_changes(Pending& pending, core::Touched touched, core::Sequence sequence) {
  for (const Held& held : pending.held) {
    if (touched.marked(held.slot, held.index)) note_change(*held.entry, sequence);
  }
  // Into the cache: until the change is applied, the store would say that there is no such row.
  for (auto& [key, row] : touched.made) {
    Entry& entry = cache_.make(key, Keep::kByUse);
    entry.row = std::move(row);
    note_change(entry, sequence);
  }
  for (auto& [key, bytes] : touched.inserted) {
    group_.changes.push_back({.key = key, .bytes = std::move(bytes), .receipt = std::nullopt});
  }
  for (const core::RowKey& key : touched.removed) {
    group_.changes.push_back({.key = key, .bytes = {}, .receipt = std::nullopt});
  }
}

void Engine::note_change(Entry& entry, core::Sequence sequence) {
  if (entry.changed_at < group_.first) changed_.push_back(&entry);
  entry.changed_at = sequence;
}

void Engine::list(const Pending& pending) {
  const std::uint64_t id = ++scan_ids_;
  core::Scan scan = scan_of(pending.submission.command);
  scan.id = id;
  scan.not_before = committed_;
  observer_.decided(core::deed_of(pending.submission.command.request), core::Outcome::kApproved,
                    core::Reason::kNone);
  const auto* reconcile = std::get_if<core::Reconcile>(&pending.submission.command.request);
  listings_.emplace(
      id, Listing{pending.submission.origin, pending.submission.command.from,
                  pending.submission.received, core::deed_of(pending.submission.command.request),
                  reconcile == nullptr ? std::nullopt : reconcile->own});
  scans_.push_back(std::move(scan));
}

void Engine::reply(const Pending& pending, core::Reply reply) {
  withheld_.push_back({pending.submission.origin, std::move(reply), pending.submission.received});
}

// BUSY has seen nothing and may overtake a group.
void Engine::busy(const Submission& submission, core::BusyCause cause) {
  // Nobody waits for a business day: it is due again.
  if (core::deed_of(submission.command.request) == core::Deed::kAdvanceBusinessDay) {
    return cut_over_.forget(submission.command);
  }
  observer_.busy(cause);
  deliveries_.push_back({submission.origin,
                         core::Refused{core::Refusal::kBusy, cause, options_.retry_after_ms},
                         submission.received});
}

core::Group Engine::take_group() {
  for (Entry* entry : changed_) group_.changes.push_back(change_of(*entry));
  commit_in_flight_ = true;
  group_bytes_ = 0;
  observer_.group_committed(group_.payloads.size());
  return std::exchange(group_, {});
}

core::RowChange Engine::change_of(Entry& entry) {
  core::RowChange change{.key = entry.key, .bytes = {}, .receipt = std::nullopt};
  if (!std::holds_alternative<std::monostate>(entry.row)) {
    core::encode_row(entry.row, change.bytes);
  }
  if (const auto* row = std::get_if<core::RequestRow>(&entry.row)) {
    if (row->sequence >= group_.first) {
      change.receipt_of = static_cast<std::int32_t>(row->sequence - group_.first);
    } else {
      change.receipt = row->receipt;
    }
  }
  return change;
}

}  // namespace wasl::engine
