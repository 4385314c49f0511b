#pragma once
// Commands between arrival and decision. Each holds the rows it needs: rows not in memory are asked
// for, and commands that may change the same row are let through in the order of their arrival. A
// command waits only for rows and for earlier arrivals, so the waiting can never be circular.
// Engine thread only.

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "engine/row_cache.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

struct Held {
  Entry* entry = nullptr;
  core::Slot slot{};
  std::uint16_t index = 0;  // Of the listed slots.
};

struct Pending {
  Submission submission;
  std::uint64_t arrival = 0;
  MonotonicTime admitted{};
  core::RowSet rows;
  absl::InlinedVector<Held, 6> held;
  std::uint32_t loads = 0;     // Rows still on their way.
  std::uint32_t reserved = 0;  // The most entries this command can need.
  bool listed = false;         // Already in the ready list.
};

// Rows to ask for, each key once.
struct Loads {
  std::vector<core::Wanted> claims;
  std::vector<core::Wanted> reserved;  // For reversals and status queries.
};

class Parking {
 public:
  // entries_max: the most cache entries that undecided commands may hold together. Reversals and
  // status queries may use a quarter more, so that a flood of claims cannot shut them out.
  Parking(RowCache& cache, std::size_t entries_max) : cache_(cache), entries_max_(entries_max) {}

  // Takes the command in, or leaves it as it was and returns false: no room.
  [[nodiscard]] bool admit(Submission& submission, MonotonicTime now);
  // Rows asked for have come.
  void take_loaded(std::vector<core::LoadedRow> rows);
  // The earliest arrival that has all its rows and nobody before it on any; nullptr if none has.
  // It stays parked, at the head of its rows, until release().
  [[nodiscard]] Pending* next_ready();
  // The command was decided or refused: those behind it may go on. Deletes it.
  void release(Pending* pending);

  [[nodiscard]] Loads take_loads() { return std::exchange(loads_, {}); }
  [[nodiscard]] std::size_t size() const { return commands_.size(); }

 private:
  void examine(Pending* pending);
  [[nodiscard]] bool hold_needed(Pending* pending);
  void hold(Pending* pending, const core::Need& need);
  [[nodiscard]] bool first_on_all(const Pending* pending) const;

  RowCache& cache_;
  std::size_t entries_max_;
  std::size_t entries_reserved_ = 0;
  absl::flat_hash_map<std::uint64_t, std::unique_ptr<Pending>> commands_;  // By arrival.
  std::uint64_t arrivals_ = 0;
  std::vector<Pending*> ready_;           // A heap, earliest arrival on top.
  std::deque<Pending*> reference_order_;  // Those that change the reference, in order of arrival.
  std::vector<core::Need> needs_;
  Loads loads_;
};

}  // namespace wasl::engine
