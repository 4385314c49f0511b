#pragma once
// Reads one copy of the journal group by group, giving only what is verified: whole, and continuing
// the chain from the anchor it was opened at. Never writes. Used by recovery, by the store to catch
// up, and by `wasl verify` and `wasl replay` from genesis. One thread.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/files.hpp"
#include "journal/digest.hpp"
#include "journal/group.hpp"
#include "journal/segment.hpp"
#include "journal/tail.hpp"

namespace wasl::journal {

// Views are valid until the reader's next call.
struct Group {
  Anchor anchor;  // Of its last record.
  std::uint64_t first_sequence = 0;
  std::int64_t now_ms = 0;
  std::span<const Record> records;
  core::ByteView stored;
};

class Reader {
 public:
  // Starts behind `from` (genesis(data_id) for everything). Fails with kCorrupt if the journal does
  // not hold that anchor, kNotFound if there is no journal, kUnsupported if a newer version wrote
  // it.
  [[nodiscard]] static core::Result<Reader> open(core::Directory& directory, const Anchor& from);

  // The next verified group; nothing when no further one verifies: then judge_rest() tells why.
  [[nodiscard]] core::Result<std::optional<Group>> next();

  // To call when next() gave nothing. Nothing: only zeros follow. A CutWrite: what follows can be
  // one group that a power cut tore. Fails with kCorrupt for everything else, kUnsupported for a
  // newer version.
  [[nodiscard]] core::Result<std::optional<CutWrite>> judge_rest();

  // Of the last group that was given, or what the reader was opened at.
  [[nodiscard]] const Anchor& last() const { return last_; }
  // 0 if there is no record yet.
  [[nodiscard]] std::int64_t last_now_ms() const { return last_now_ms_; }
  // Behind that group.
  [[nodiscard]] const Position& end() const { return end_; }
  // Segment files of this copy.
  [[nodiscard]] std::uint64_t segments() const { return segments_; }
  [[nodiscard]] const std::string& segment_path() const { return segment_.path; }

 private:
  Reader(core::Directory& directory, const Anchor& from, std::uint64_t segments, Segment segment);

  [[nodiscard]] core::Result<void> check_start();
  [[nodiscard]] core::Result<bool> load_group(const Segment& segment, std::uint64_t offset);
  [[nodiscard]] core::Result<std::optional<Group>> next_in_following_segment();
  [[nodiscard]] Group take(Position group);

  core::Directory* directory_;
  Anchor last_;
  std::int64_t last_now_ms_ = 0;
  Position end_;
  std::uint64_t segments_;
  Segment segment_;
  Digest digest_;
  std::vector<std::uint8_t> buffer_;
  std::vector<Record> records_;
};

}  // namespace wasl::journal
