#pragma once
// The journal: append-only, hash-chained segments that are the truth of this switch. A group is
// durable, in the journal and in its mirror, when append_group returns; only then may its answers
// leave. After any failed write or sync nothing more is accepted: the outcome is unknown until
// recovery. One thread.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/files.hpp"
#include "journal/group.hpp"
#include "journal/recovery.hpp"

namespace wasl::journal {

struct Options {
  // Of segments made from now on; a multiple of kSectorBytes in kSegmentBytesMin..kSegmentBytesMax.
  std::uint64_t segment_bytes = kSegmentBytesDefault;
};

// A durable group.
struct Appended {
  Anchor anchor;  // For the store: what it has applied once it applied this group.
  std::uint64_t stored_bytes = 0;
  std::span<const Receipt> receipts;  // One per payload, in order; valid until the next append.
};

class Journal {
 public:
  struct Opened;

  // Makes an empty journal, head and mirror, all synced. Only `wasl init` and `wasl import` call
  // this. Fails with kExists if any of the directories holds one.
  [[nodiscard]] static core::Result<void> create(const Places& places, const DataId& data_id,
                                                 const Options& options);
  // Recovers (see recovery.hpp) and is ready to append. The directories outlive the journal.
  [[nodiscard]] static core::Result<Opened> open(const Places& places, const Options& options,
                                                 const std::optional<Anchor>& from_store);

  // Writes the payloads as one group with one sync per copy. `now_ms` (since 1970) is not below
  // last_now_ms(). Fails with kLimit, and nothing happened, for no or too many or too large
  // payloads; with kUnknownOutcome when writing failed: this call and every later one.
  [[nodiscard]] core::Result<Appended> append_group(std::int64_t now_ms,
                                                    std::span<const core::ByteView> payloads);

  // Writes and syncs the head if groups were appended since. The caller does so behind the replies:
  // at most 5 ms late, at once when idle. Fails with kUnknownOutcome, as append_group does.
  [[nodiscard]] core::Result<void> advance_head();

  // Off a claim's way, when idle and where slice_urgent(): fills the next segment by one slice.
  // True when the segment is ready. A failure (no space) spoils nothing; calling again tries
  // again. Without these calls append_group fills the whole segment itself when the current one is
  // full.
  [[nodiscard]] core::Result<bool> prepare_slice();
  // The next segment is not even filled twice as far as the current one is used: a slice should not
  // wait for idleness. All slices at once would hold up the groups of a fifth of a second.
  [[nodiscard]] bool slice_urgent() const;
  [[nodiscard]] bool next_segment_ready() const;

  // The most stored bytes a group may have: kRecordHeaderBytes and the payload for each record.
  [[nodiscard]] std::uint64_t group_bytes_max() const;

  [[nodiscard]] const DataId& data_id() const { return last_.data_id; }
  [[nodiscard]] const Anchor& last() const { return last_; }
  // 0 if there is no record yet.
  [[nodiscard]] std::int64_t last_now_ms() const { return last_now_ms_; }
  // Records appended since the head was last synced.
  [[nodiscard]] std::uint64_t head_lag() const { return last_.sequence - head_.anchor().sequence; }
  [[nodiscard]] bool poisoned() const { return poisoned_; }

 private:
  Journal(Recovered recovered, const Options& options);

  [[nodiscard]] core::Result<void> check(std::span<const core::ByteView> payloads) const;
  [[nodiscard]] core::Result<void> make_durable();
  [[nodiscard]] core::Result<void> roll();
  [[nodiscard]] std::unexpected<core::Error> poison(const core::Error& cause);
  [[nodiscard]] std::unexpected<core::Error> refuse_poisoned() const;

  Options options_;
  std::vector<CopyWriter> copies_;
  HeadFile head_;
  Anchor last_;
  std::int64_t last_now_ms_;
  Position end_;
  bool poisoned_ = false;
  Digest digest_;
  EncodedGroup group_;
};

struct Journal::Opened {
  Journal journal;
  RecoveryReport report;
};

}  // namespace wasl::journal
