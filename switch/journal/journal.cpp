#include "journal/journal.hpp"

#include <algorithm>
#include <string>

#include "core/assert.hpp"
#include "journal/segment.hpp"
#include "journal/segment_copy.hpp"

namespace wasl::journal {
namespace {

using core::ByteView;
using core::Errc;
using core::Result;

// About a millisecond of writing: a claim that waits behind a slice hardly notices.
constexpr std::uint64_t kSliceBytes = 1024 * 1024;

Result<void> check_options(const Options& options) {
  const bool fits = options.segment_bytes >= kSegmentBytesMin &&
                    options.segment_bytes <= kSegmentBytesMax &&
                    options.segment_bytes % kSectorBytes == 0;
  if (fits) return {};
  return core::fail(Errc::kConfiguration, "the segment size is " +
                                              std::to_string(options.segment_bytes) +
                                              " bytes; it must be a multiple of 512 from " +
                                              std::to_string(kSegmentBytesMin) + " to " +
                                              std::to_string(kSegmentBytesMax));
}

Result<void> create_copy(core::Directory& directory, const DataId& data_id,
                         const Options& options) {
  const NextSegment first{.number = 1, .bytes = options.segment_bytes};
  const Result<bool> ready = CopyWriter(directory, data_id).prepare(first, options.segment_bytes);
  if (!ready) return std::unexpected(ready.error());
  WASL_ASSERT(*ready);
  return {};
}

}  // namespace

// The head comes last: a journal without one was never finished, and nobody was told of it.
Result<void> Journal::create(const Places& places, const DataId& data_id, const Options& options) {
  const Result<void> fits = check_options(options);
  if (!fits) return fits;
  for (core::Directory* directory : {&places.journal, places.mirror, &places.head}) {
    if (directory == nullptr) continue;
    const Result<void> empty = check_no_journal(*directory);
    if (!empty) return empty;
  }
  for (core::Directory* directory : {&places.journal, places.mirror}) {
    if (directory == nullptr) continue;
    const Result<void> created = create_copy(*directory, data_id, options);
    if (!created) return created;
  }
  return HeadFile::create(places.head, genesis(data_id));
}

Result<Journal::Opened> Journal::open(const Places& places, const Options& options,
                                      const std::optional<Anchor>& from_store) {
  const Result<void> fits = check_options(options);
  if (!fits) return std::unexpected(fits.error());
  Result<Recovered> recovered = recover(places, from_store);
  if (!recovered) return std::unexpected(recovered.error());
  RecoveryReport report = std::move(recovered->report);
  return Opened{.journal = Journal(std::move(*recovered), options), .report = std::move(report)};
}

Journal::Journal(Recovered recovered, const Options& options)
    : options_(options),
      copies_(std::move(recovered.copies)),
      head_(std::move(recovered.head)),
      last_(recovered.last),
      last_now_ms_(recovered.last_now_ms),
      end_(recovered.end) {}

std::uint64_t Journal::group_bytes_max() const {
  return std::min(kGroupBytesMax, options_.segment_bytes - kSegmentHeaderBytes);
}

Result<void> Journal::check(std::span<const ByteView> payloads) const {
  if (payloads.empty() || payloads.size() > kGroupRecordsMax) {
    return core::fail(Errc::kLimit, "a group has 1 to " + std::to_string(kGroupRecordsMax) +
                                        " records, not " + std::to_string(payloads.size()));
  }
  for (const ByteView payload : payloads) {
    if (!payload.empty() && payload.size() <= kPayloadBytesMax) continue;
    return core::fail(Errc::kLimit, "a record has 1 to " + std::to_string(kPayloadBytesMax) +
                                        " bytes, not " + std::to_string(payload.size()));
  }
  if (group_bytes(payloads) <= group_bytes_max()) return {};
  return core::fail(Errc::kLimit, "a group has at most " + std::to_string(group_bytes_max()) +
                                      " bytes, not " + std::to_string(group_bytes(payloads)));
}

Result<Appended> Journal::append_group(std::int64_t now_ms, std::span<const ByteView> payloads) {
  if (poisoned_) return refuse_poisoned();
  const Result<void> fits = check(payloads);
  if (!fits) return std::unexpected(fits.error());
  WASL_ASSERT(now_ms >= last_now_ms_);
  encode_group({.sequence = last_.sequence, .hash = last_.hash, .now_ms = last_now_ms_}, now_ms,
               payloads, digest_, group_);
  const Result<void> durable = make_durable();
  if (!durable) return poison(durable.error());
  last_.sequence = group_.receipts.back().sequence;
  last_.hash = group_.receipts.back().hash;
  last_.group = end_;
  last_now_ms_ = now_ms;
  end_.offset += group_.bytes.size();
  return Appended{
      .anchor = last_, .stored_bytes = group_.bytes.size(), .receipts = group_.receipts};
}

// All copies are written before the first is synced, so that disks work at the same time.
Result<void> Journal::make_durable() {
  if (group_.bytes.size() > copies_.front().segment_bytes() - end_.offset) {
    const Result<void> rolled = roll();
    if (!rolled) return rolled;
  }
  for (CopyWriter& copy : copies_) {
    const Result<void> written = copy.write(end_.offset, group_.bytes);
    if (!written) return written;
  }
  for (CopyWriter& copy : copies_) {
    const Result<void> synced = copy.sync();
    if (!synced) return synced;
  }
  return {};
}

Result<void> Journal::roll() {
  for (CopyWriter& copy : copies_) {
    const Result<bool> ready = copy.prepare(
        {.number = end_.segment + 1, .bytes = options_.segment_bytes}, options_.segment_bytes);
    if (!ready) return std::unexpected(ready.error());
    WASL_ASSERT(*ready);
  }
  for (CopyWriter& copy : copies_) copy.roll();
  end_ = {.segment = end_.segment + 1, .offset = kSegmentHeaderBytes};
  return {};
}

Result<bool> Journal::prepare_slice() {
  if (poisoned_) return refuse_poisoned();
  const auto unprepared = std::ranges::find(copies_, false, &CopyWriter::prepared);
  if (unprepared == copies_.end()) return true;
  const Result<bool> ready = unprepared->prepare(
      {.number = end_.segment + 1, .bytes = options_.segment_bytes}, kSliceBytes);
  if (!ready) return ready;
  return next_segment_ready();
}

bool Journal::next_segment_ready() const {
  return std::ranges::all_of(copies_, &CopyWriter::prepared);
}

bool Journal::slice_urgent() const {
  const auto unprepared = std::ranges::find(copies_, false, &CopyWriter::prepared);
  return unprepared != copies_.end() && unprepared->filled_bytes() < 2 * end_.offset;
}

Result<void> Journal::advance_head() {
  if (poisoned_) return refuse_poisoned();
  if (head_lag() == 0) return {};
  const Result<void> advanced = head_.advance(last_);
  if (!advanced) return poison(advanced.error());
  return {};
}

std::unexpected<core::Error> Journal::poison(const core::Error& cause) {
  poisoned_ = true;
  return core::fail(Errc::kUnknownOutcome,
                    "the journal could not be made durable (" + core::describe(cause) +
                        "); what was written is unknown until the next start");
}

std::unexpected<core::Error> Journal::refuse_poisoned() const {
  return core::fail(Errc::kUnknownOutcome,
                    "the journal takes nothing more after a failed write or sync");
}

}  // namespace wasl::journal
