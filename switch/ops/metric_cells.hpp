#pragma once
// Where each counter lies in a shard: cells of one family stand together, in the order of its
// label's enum. Private to metrics.cpp and metric_families.cpp.

#include <array>
#include <atomic>
#include <cstdint>

#include "ops/metric_labels.hpp"
#include "ops/metrics.hpp"

namespace wasl::ops {

// Upper bounds in nanoseconds: 1 us, where decoding lies, to 10 s, where every deadline has passed.
inline constexpr std::array<std::uint64_t, 22> kDurationBounds{
    1'000,         2'500,         5'000,         10'000,        25'000,      50'000,
    100'000,       250'000,       500'000,       1'000'000,     2'500'000,   5'000'000,
    10'000'000,    25'000'000,    50'000'000,    100'000'000,   250'000'000, 500'000'000,
    1'000'000'000, 2'500'000'000, 5'000'000'000, 10'000'000'000};
// Commands of a group: up to the engine's largest.
inline constexpr std::array<std::uint64_t, 11> kGroupBounds{1,  2,   4,   8,   16,  32,
                                                            64, 128, 256, 512, 1024};
// Reasons are numbered below this.
inline constexpr std::size_t kReasonNumbers = 128;

// A histogram's cells: one for each bound, one above, and the sum.
template <std::size_t kBounds>
constexpr std::size_t histogram_cells(const std::array<std::uint64_t, kBounds>&) {
  return kBounds + 2;
}

struct Cells {
  static constexpr std::size_t kStages = 0;
  static constexpr std::size_t kStageCells = histogram_cells(kDurationBounds);
  static constexpr std::size_t kGroup = kStages + kStageTexts.size() * kStageCells;
  // Claims: approved, approved partially, then declined by reason.
  static constexpr std::size_t kClaims = kGroup + histogram_cells(kGroupBounds);
  static constexpr std::size_t kLines = kClaims + 2 + kReasonNumbers;
  // By deed: granted, then refused.
  static constexpr std::size_t kRequests = kLines + kReasonNumbers;
  static constexpr std::size_t kBusy = kRequests + 2 * kDeedTexts.size();
  static constexpr std::size_t kRefused = kBusy + kBusyTexts.size();
  static constexpr std::size_t kAccepts = kRefused + kRefusalTexts.size();
  static constexpr std::size_t kHandshakes = kAccepts + kAcceptTexts.size();
  static constexpr std::size_t kOpened = kHandshakes + kHandshakeTexts.size();
  static constexpr std::size_t kClosed = kOpened + kRoleTexts.size();
  static constexpr std::size_t kCloseCauses = kClosed + kRoleTexts.size();
  static constexpr std::size_t kFrames = kCloseCauses + kCloseTexts.size();
  static constexpr std::size_t kRepeats = kFrames + kFrameTexts.size();
  static constexpr std::size_t kReloads = kRepeats + 1;
  static constexpr std::size_t kCacheHits = kReloads + kReloadTexts.size();
  static constexpr std::size_t kCacheMisses = kCacheHits + 1;
  static constexpr std::size_t kJournalBytes = kCacheMisses + 1;
  static constexpr std::size_t kEnd = kJournalBytes + 1;
};

// More threads than this share shards, which stays correct: engine, committer, applier, readers and
// a machine's worth of I/O threads.
inline constexpr std::size_t kShards = 32;

// Apart by a cache line, so that threads do not slow one another.
struct alignas(64) Metrics::Shard {
  std::array<std::atomic<std::uint64_t>, Cells::kEnd> cells{};
};

}  // namespace wasl::ops
