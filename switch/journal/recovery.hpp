#pragma once
// Recovery: from what a power cut or a kill left to a journal that takes groups again, or a refusal
// that names file, offset and the way out. First everything is judged without writing a byte; only
// then is it repaired. The order is in docs/data_format.md, "Recovery". One thread, at start only.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/files.hpp"
#include "journal/copy_writer.hpp"
#include "journal/head.hpp"
#include "journal/tail.hpp"

namespace wasl::journal {

// The directories of one journal; they outlive it. `mirror` is null when none is configured.
struct Places {
  core::Directory& journal;
  core::Directory& head;
  core::Directory* mirror = nullptr;
};

// What recovery found and did, for the log. Everything is zero or empty after a clean stop.
struct RecoveryReport {
  std::vector<CutWrite> dropped;        // Torn groups nobody was told of, now gone; one per copy.
  std::uint64_t journal_completed = 0;  // Groups the journal lacked and got from the mirror.
  std::uint64_t mirror_completed = 0;   // Groups the mirror lacked and got from the journal.
  std::uint64_t rewritten = 0;          // Groups behind the head, written and synced once more.
  std::uint64_t verified = 0;           // Groups whose chain was verified.
  bool head_slot_damaged = false;       // One slot of the head was unreadable; the other served.
};

// A journal ready to take groups.
struct Recovered {
  Anchor last;
  std::int64_t last_now_ms = 0;
  Position end;                    // Behind the last group.
  std::vector<CopyWriter> copies;  // The journal, then the mirror if there is one.
  HeadFile head;
  RecoveryReport report;
};

// `from_store`: the anchor the store holds; nothing only if there is no store to agree with.
// `data_id` comes from the head; the caller compares it with its other parts. Fails with kCorrupt,
// kNotFound or kUnsupported before anything is written, with kIo or kUnknownOutcome when repairing
// fails.
[[nodiscard]] core::Result<Recovered> recover(const Places& places,
                                              const std::optional<Anchor>& from_store);

}  // namespace wasl::journal
