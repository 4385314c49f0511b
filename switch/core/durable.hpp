#pragma once
// The one durable interface in front of journal and store: rows are loaded, groups are committed,
// ranges are scanned. Calls return at once; what they asked for arrives at Completions, from the
// store's own threads (or, in a simulator, later from the same thread). On RocksDB a commit cannot
// conflict; a store shared by several switches would compare the rows' versions and say so.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/bank_file.hpp"
#include "core/result.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// Point reads for reversals and status queries have reader slots of their own.
enum class Lane : std::uint8_t { kClaims = 0, kReserved = 1 };

struct LoadedRow {
  RowKey key;
  Row row;  // monostate: absent.
  // Nobody asked for it: it was needed behind a row that somebody did. It holds every change up to
  // this record's.
  std::optional<Sequence> as_of = std::nullopt;
};

struct RowChange {
  RowKey key;
  std::string bytes;  // encode_row(); empty: the row is removed.
  // A RequestRow is stored behind the receipt of the record that it answers: either that of a
  // record of this group, by its index in Group::payloads, or the one it already had. Others have
  // neither.
  std::int32_t receipt_of = -1;
  std::optional<Sha256> receipt;
};

// What the journal stores of a record beside its payload.
inline constexpr std::uint64_t kRecordBytesBeside = 96;

// Commands decided together: one contiguous write, one sync per copy of the journal.
struct Group {
  Sequence first = 0;  // Sequence of payloads[0]; always the journal's next.
  Instant now{};
  std::vector<std::string> payloads;  // encode_record(); not empty.
  std::vector<RowChange> changes;     // Of two versions of one row the later counts.
};

struct Committed {
  Sequence first = 0;
  std::vector<Sha256> receipts;  // Hash of each record.
};

struct ScannedDay {
  FundCode fund;
  Day date;
};

// Rows under a prefix, in key order, beginning behind `after`.
struct Scan {
  std::uint64_t id = 0;  // Chosen by the caller.
  RowKey prefix;
  RowKey after;  // Empty: from the first.
  RowKey until;  // Exclusive; empty: to the end of the prefix.
  std::uint16_t rows_max = 0;
  Sequence not_before = 0;  // The snapshot holds at least this record's effects.
  // Of a business day under a posting prefix: its rows are made, as core/reconciliation.hpp says.
  std::optional<ScannedDay> day;
  // Of a bank file: no rows are read for the caller, `part` of what comes back is made.
  std::optional<WantedPart> part;
};

struct Scanned {
  std::uint64_t id = 0;
  std::vector<std::pair<RowKey, std::string>> rows;  // Values as stored.
  bool more = false;
  std::optional<BankFilePart> part = std::nullopt;
};

// Of the free space that is the disk's reserve: below it nothing is written any more, between it
// and the reserve only what frees money or ends a doubt. It holds one flush and one segment.
[[nodiscard]] constexpr std::uint64_t last_of_reserve(std::uint64_t reserve_bytes) {
  return reserve_bytes / 4;
}

// What is durable in the journal and not yet in the store.
struct Lag {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;  // Of those records in the journal.
};

class Completions {
 public:
  virtual ~Completions() = default;
  virtual void loaded(std::vector<LoadedRow> rows) = 0;
  virtual void committed(Committed commit) = 0;
  // Every change up to and including this sequence can be read by load().
  virtual void applied(Sequence up_to) = 0;
  virtual void scanned(Scanned scan) = 0;
  // Nothing more can be promised: the process must stop answering and leave.
  virtual void failed(Error error) = 0;
};

class Durable {
 public:
  virtual ~Durable() = default;
  // Each key exactly once in loaded(); never twice in flight for the same key. What stands behind a
  // row may come with it, before it.
  virtual void load(std::vector<Wanted> rows, Lane lane) = 0;
  // At most one group is in flight: the next only after committed().
  virtual void commit(Group group) = 0;
  virtual void scan(Scan scan) = 0;
  // Cheap, any thread. At its bound the engine refuses commands, never completions.
  [[nodiscard]] virtual Lag lag() const = 0;
  // The most bytes that the payloads of one group may have, kRecordBytesBeside for each added.
  [[nodiscard]] virtual std::uint64_t group_bytes_max() const = 0;
  // Bytes free for journal and store together, the smallest of their places; cached, cheap.
  [[nodiscard]] virtual std::uint64_t free_bytes() const = 0;
};

}  // namespace wasl::core
