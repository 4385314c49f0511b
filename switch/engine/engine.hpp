#pragma once
// Puts commands in order, decides them in groups, and lets an answer go only when every record that
// it could have seen is synced. step() never blocks and touches no clock, file or thread: loads,
// syncs and applies complete as inputs, so threads and simulator run the same engine.
//
// At most one group is unsynced, and nothing is decided while it is: rows in memory are then always
// exactly the journal's state, and commands that gather meanwhile make the next group.

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/answer_encoder.hpp"
#include "core/durable.hpp"
#include "core/observer.hpp"
#include "core/reference.hpp"
#include "engine/cut_over.hpp"
#include "engine/gathering.hpp"
#include "engine/group_clock.hpp"
#include "engine/parking.hpp"

namespace wasl::engine {

struct Options {
  // One group's records: bounds the time that the first of them waits for the last to be decided.
  std::size_t group_commands_max = 1024;
  // Stored bytes of one group after which it is closed; one record more may pass it. At most the
  // journal's own bound less its largest record.
  std::size_t group_bytes_max = 4 * 1024 * 1024;
  // Rows held in memory; see RowCache.
  std::size_t cache_entries_max = 1'000'000;
  // Rows that undecided commands may hold: 3,400 claims of 6 rows.
  std::size_t parked_entries_max = 20'480;
  // Rows of what is owed that one step of a settlement run looks at.
  std::uint16_t run_step_items = core::kStepItemsMax;
  // Asks for each fund's next business day at its cut-over; tools that drive an engine do not.
  bool begins_days = false;
  // How far the store may be behind: two forced flushes (store/applier.hpp), by either bound.
  core::Lag store_lag_max{.records = 100'000, .bytes = 256ULL * 1024 * 1024};
  // Free bytes below which writing stops (reversals and closings: below a quarter of it).
  std::uint64_t disk_reserve_bytes = 512ULL * 1024 * 1024;
  // Greatest forward step of the wall clock that is believed.
  std::chrono::milliseconds clock_step_max{60'000};
  // What BUSY asks a terminal to wait at least: a few groups, so that the queue has moved.
  std::uint32_t retry_after_ms = 200;
};

// Where the journal stands when the engine starts.
struct Start {
  core::Sequence last_sequence = 0;
  core::Instant last_now{};
  core::Reference reference;
};

struct Inputs {
  std::vector<Submission> commands;
  std::vector<core::LoadedRow> loaded;
  std::optional<core::Committed> committed;
  std::optional<core::Sequence> applied;
  std::vector<core::Scanned> scanned;
  core::Instant wall{};
  MonotonicTime monotonic{};
  std::uint64_t free_bytes = 0;
  core::Lag lag;
};

struct Effects {
  Loads loads;
  std::optional<core::Group> commit;
  std::vector<core::Scan> scans;
  std::vector<Delivery> deliveries;
};

class Engine {
 public:
  // Encoder and observer outlive the engine.
  Engine(Options options, Start start, const core::AnswerEncoder& encoder,
         core::Observer& observer);

  [[nodiscard]] Effects step(Inputs inputs);
  // The wall clock jumped and is not believed.
  [[nodiscard]] bool clock_alarmed() const { return clock_.alarmed(); }
  // Beyond it requests are refused. Any thread.
  [[nodiscard]] const core::Lag& lag_max() const { return options_.store_lag_max; }
  // No command is undecided, no group unsynced, no scan open: everything admitted is answered.
  [[nodiscard]] bool idle() const;

 private:
  struct Listing {
    Origin origin;
    core::Participant from;
    MonotonicTime received{};
    core::Deed deed{};
    std::optional<core::OwnTotals> own;  // Of Reconcile.
  };

  void admit(std::vector<Submission> commands);
  [[nodiscard]] std::vector<Submission> days_due();
  void finish(core::Committed committed);
  void deliver_scans(std::vector<core::Scanned> scanned);
  void decide_group();
  void settle(Pending& pending);
  [[nodiscard]] std::optional<core::Reply> known_answer(const Pending& pending) const;
  [[nodiscard]] std::optional<core::BusyCause> may_not_write(core::Deed deed,
                                                             const core::Decision& decision) const;
  [[nodiscard]] std::string record(Pending& pending, core::Decision decision);
  void note_changes(Pending& pending, core::Touched touched, core::Sequence sequence);
  void note_change(Entry& entry, core::Sequence sequence);
  void list(const Pending& pending);
  void gather(Pending& pending);
  void take_gathered(core::Scanned scanned);
  void reply(const Pending& pending, core::Reply reply);
  void busy(const Submission& submission, core::BusyCause cause);
  void report_step();
  [[nodiscard]] core::Group take_group();
  [[nodiscard]] core::RowChange change_of(Entry& entry);

  Options options_;
  const core::AnswerEncoder& encoder_;
  core::Observer& observer_;
  core::Reference reference_;
  RowCache cache_;
  Parking parking_;
  GroupClock clock_;
  CutOver cut_over_;
  core::Sequence last_sequence_;
  core::Sequence committed_;
  core::Sequence applied_;
  std::uint64_t free_bytes_ = 0;
  bool lagging_ = false;

  // The group being decided, then in flight.
  bool commit_in_flight_ = false;
  core::Group group_;
  std::size_t group_bytes_ = 0;
  std::vector<Entry*> changed_;       // Rows of the group, each once.
  std::vector<Delivery> withheld_;    // Answers that may have seen the group.
  std::vector<Delivery> deliveries_;  // Answers that may go now.

  MonotonicTime now_{};  // Of this step.
  std::uint64_t hits_reported_ = 0;
  std::uint64_t misses_reported_ = 0;

  std::uint64_t scan_ids_ = 0;
  std::unordered_map<std::uint64_t, Listing> listings_;
  Gathering gathering_;
  std::vector<core::Scan> scans_;
};

}  // namespace wasl::engine
