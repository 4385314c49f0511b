#pragma once
// Decides every journaled command again, with the rows, the reference and the rulebook as they
// stood then, and compares bit for bit with what was recorded. The state moves on with the recorded
// decisions, so one difference never makes the next. Reads the journal, writes to the scratch
// directory alone. One thread.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/what_if.hpp"
#include "core/decide.hpp"
#include "core/files.hpp"
#include "core/reference.hpp"
#include "store/bulk_load.hpp"

namespace wasl::cli {

// Named differences; the rest is only counted.
inline constexpr std::size_t kReplayDifferencesNamed = 100;

struct ReplayPlaces {
  core::Directory& journal;
  core::Directory& head;
  std::string scratch;  // An empty directory; needs as much space as the store.
  store::RunImport run_import = {};
};

struct ReplayOptions {
  // Decide claims of its scheme with it instead, and compare with what was recorded.
  std::optional<core::Rulebook> rulebook{};
  // Decide this record alone, with its trace, and end behind it; 0: all records.
  core::Sequence trace = 0;
};

struct ReplayDifference {
  core::Sequence sequence = 0;        // 0: of the journal as a whole.
  std::uint16_t decider_version = 0;  // As recorded.
  std::string where;  // "decision", "answer", "rulebook", "record", "chain", "head".
  std::string what;   // Safe to log.
};

struct VersionTally {
  std::uint64_t records = 0;
  std::uint64_t differing = 0;
};

struct TracedRecord {
  core::Sequence sequence = 0;
  std::string text;  // record_text() of the record.
  core::Trace trace;
};

struct Replayed {
  std::uint64_t records = 0;                       // Of the journal, as far as it was read.
  std::uint64_t decided = 0;                       // Again; imports are not decided.
  core::Sequence sequence = 0;                     // Of the last record read.
  std::map<std::uint16_t, VersionTally> versions;  // By decider version.
  std::vector<ReplayDifference> differences;       // At most kReplayDifferencesNamed.
  std::uint64_t differences_total = 0;
  std::optional<TracedRecord> traced;
  WhatIf what_if;  // With a rulebook given.

  void add(ReplayDifference difference);
};

// Damage is a difference. Errors are for what keeps from looking: no journal, no space, a newer
// version; kNotFound if the record to trace is not there or was not decided.
[[nodiscard]] core::Result<Replayed> replay_journal(const ReplayPlaces& places,
                                                    const ReplayOptions& options);

}  // namespace wasl::cli
