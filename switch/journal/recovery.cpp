#include "journal/recovery.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "journal/reader.hpp"

namespace wasl::journal {
namespace {

using core::Errc;
using core::Result;

// Where one copy's verified groups end and what stands behind them.
struct CopyState {
  core::Directory* directory = nullptr;
  Anchor last;
  std::int64_t last_now_ms = 0;
  Position end;
  std::uint64_t groups = 0;
  std::optional<CutWrite> cut;
};

// An anchor that the chain must hold, and who says so.
struct Witness {
  Anchor anchor;
  const char* who;
  bool seen = false;

  [[nodiscard]] Result<void> look_at(const Anchor& at, const std::string& path) {
    if (at.sequence != anchor.sequence) return {};
    seen = at.hash == anchor.hash && at.group == anchor.group;
    if (seen) return {};
    return refuse(path, at.group.offset,
                  std::string("record ") + std::to_string(at.sequence) +
                      " differs from the one the " + who + " holds");
  }
};

class Recovery {
 public:
  Recovery(const Places& places, const HeadState& head, const std::optional<Anchor>& from_store)
      : places_(places), head_(head) {
    witnesses_.push_back({.anchor = head.anchor, .who = "head"});
    if (from_store) witnesses_.push_back({.anchor = *from_store, .who = "store"});
    start_ = std::ranges::min_element(witnesses_, {}, [](const Witness& witness) {
               return witness.anchor.sequence;
             })->anchor;
    report_.head_slot_damaged = head.other_damaged;
  }

  Result<void> judge() {
    const Result<void> walked = walk();
    if (!walked) return walked;
    for (const Witness& witness : witnesses_) {
      if (witness.seen) continue;
      return refuse(longest().directory->path() + "/" + segment_name(longest().end.segment),
                    longest().end.offset,
                    "the journal ends at record " + std::to_string(longest().last.sequence) +
                        ", but the " + witness.who + " holds record " +
                        std::to_string(witness.anchor.sequence));
    }
    return {};
  }

  Result<Recovered> repair() {
    Result<HeadFile> head = HeadFile::open(places_.head, head_);
    if (!head) return std::unexpected(head.error());
    std::vector<CopyWriter> writers;
    for (const CopyState& copy : copies_) {
      CopyWriter& writer = writers.emplace_back(*copy.directory, start_.data_id);
      const Result<void> started = writer.start(copy.end);
      if (!started) return std::unexpected(started.error());
    }
    const CopyState whole = longest();
    for (std::size_t i = 0; i < copies_.size(); ++i) {
      const Result<void> completed = complete(copies_[i], writers[i], whole);
      if (!completed) return std::unexpected(completed.error());
    }
    const Result<void> rewritten = rewrite_behind_head(writers, whole.last);
    if (!rewritten) return std::unexpected(rewritten.error());
    const Result<void> advanced = head->advance(whole.last);
    if (!advanced) return std::unexpected(advanced.error());
    const Result<void> synced = places_.head.sync();
    if (!synced) return std::unexpected(synced.error());
    return Recovered{.last = whole.last,
                     .last_now_ms = whole.last_now_ms,
                     .end = whole.end,
                     .copies = std::move(writers),
                     .head = std::move(*head),
                     .report = std::move(report_)};
  }

 private:
  // Verifies all copies side by side: as far as both go they are the same.
  Result<void> walk() {
    std::vector<Reader> readers;
    for (core::Directory* directory : {&places_.journal, places_.mirror}) {
      if (directory == nullptr) continue;
      Result<Reader> reader = Reader::open(*directory, start_);
      if (!reader && reader.error().code == Errc::kNotFound) return absent(*directory);
      if (!reader) return std::unexpected(reader.error());
      readers.push_back(std::move(*reader));
      copies_.emplace_back().directory = directory;
    }
    const Result<void> start_agrees = witness(start_, readers.front().segment_path());
    if (!start_agrees) return start_agrees;
    for (bool more = true; more;) {
      const Result<bool> stepped = step(readers);
      if (!stepped) return std::unexpected(stepped.error());
      more = *stepped;
    }
    return judge_ends(readers);
  }

  [[nodiscard]] std::unexpected<core::Error> absent(core::Directory& directory) const {
    if (&directory == places_.mirror) {
      return core::fail(
          Errc::kCorrupt,
          directory.path() +
              ": the configured mirror holds no journal; mount its disk, or copy all "
              "segments of the journal there while nothing runs, or take `data.mirror` "
              "out of the configuration");
    }
    return core::fail(Errc::kCorrupt, directory.path() +
                                          ": there is a head, but all segments of the journal are "
                                          "missing" +
                                          kWayOut);
  }

  Result<bool> step(std::vector<Reader>& readers) {
    std::optional<Anchor> reached;
    for (std::size_t i = 0; i < readers.size(); ++i) {
      const Result<std::optional<Group>> group = readers[i].next();
      if (!group) return std::unexpected(group.error());
      if (!*group) continue;
      ++copies_[i].groups;
      if (reached && *reached != (*group)->anchor) {
        return refuse(readers[i].segment_path(), (*group)->anchor.group.offset,
                      "journal and mirror differ, first in the group of record " +
                          std::to_string((*group)->first_sequence));
      }
      reached = (*group)->anchor;
      const Result<void> agrees = witness(*reached, readers[i].segment_path());
      if (!agrees) return std::unexpected(agrees.error());
    }
    if (reached) ++report_.verified;
    return reached.has_value();
  }

  Result<void> witness(const Anchor& at, const std::string& path) {
    for (Witness& witness : witnesses_) {
      const Result<void> agrees = witness.look_at(at, path);
      if (!agrees) return agrees;
    }
    return {};
  }

  Result<void> judge_ends(std::vector<Reader>& readers) {
    for (std::size_t i = 0; i < readers.size(); ++i) {
      const Result<std::optional<CutWrite>> rest = readers[i].judge_rest();
      if (!rest) return std::unexpected(rest.error());
      copies_[i].last = readers[i].last();
      copies_[i].last_now_ms = readers[i].last_now_ms();
      copies_[i].end = readers[i].end();
      copies_[i].cut = *rest;
    }
    for (const CopyState& copy : copies_) {
      const bool completed = copy.last != longest().last;
      if (copy.cut && !completed) report_.dropped.push_back(*copy.cut);
    }
    return {};
  }

  [[nodiscard]] const CopyState& longest() const {
    return *std::ranges::max_element(copies_, {}, &CopyState::groups);
  }

  [[nodiscard]] static std::unexpected<core::Error> changed_since_judged(const Reader& reader) {
    return refuse(reader.segment_path(), reader.end().offset,
                  "a group that was whole a moment ago does not verify any more");
  }

  // One sync per group: a cut here must leave what a cut always leaves, one torn group at most.
  Result<void> complete(const CopyState& copy, CopyWriter& writer, const CopyState& whole) {
    if (copy.last == whole.last) return {};
    Result<Reader> reader = Reader::open(*whole.directory, copy.last);
    if (!reader) return std::unexpected(reader.error());
    for (Position at = copy.end; at != whole.end;) {
      const Result<std::optional<Group>> group = reader->next();
      if (!group) return std::unexpected(group.error());
      if (!*group) return changed_since_judged(*reader);
      const Position place = (*group)->anchor.group;
      if (place.segment != at.segment) {
        const Result<void> rolled = roll(writer, *whole.directory, place.segment);
        if (!rolled) return rolled;
      }
      const Result<void> written = writer.write(place.offset, (*group)->stored);
      if (!written) return written;
      const Result<void> synced = writer.sync();
      if (!synced) return synced;
      at = reader->end();
      ++(copy.directory == places_.mirror ? report_.mirror_completed : report_.journal_completed);
    }
    return {};
  }

  Result<void> roll(CopyWriter& writer, core::Directory& whole, std::uint64_t number) {
    const Result<Segment> model = open_segment(whole, number, start_.data_id);
    if (!model) return std::unexpected(model.error());
    const Result<bool> ready =
        writer.prepare({.number = number, .bytes = model->bytes}, model->bytes);
    if (!ready) return std::unexpected(ready.error());
    WASL_ASSERT(*ready);
    writer.roll();
    return {};
  }

  // What was read may be in memory only: the same bytes are written once more and synced, before
  // the head says, and answers say, that they are durable.
  Result<void> rewrite_behind_head(std::vector<CopyWriter>& writers, const Anchor& last) {
    for (std::size_t i = 0; i < copies_.size(); ++i) {
      const Result<std::uint64_t> rewritten = rewrite_copy(*copies_[i].directory, last);
      if (!rewritten) return std::unexpected(rewritten.error());
      report_.rewritten = *rewritten;
      const Result<void> synced = writers[i].sync_directory();
      if (!synced) return synced;
    }
    return {};
  }

  Result<std::uint64_t> rewrite_copy(core::Directory& directory, const Anchor& last) {
    Result<Reader> reader = Reader::open(directory, head_.anchor);
    if (!reader) return std::unexpected(reader.error());
    std::uint64_t count = 0;
    Segment segment;
    while (reader->last() != last) {
      const Result<std::optional<Group>> group = reader->next();
      if (!group) return std::unexpected(group.error());
      if (!*group) return changed_since_judged(*reader);
      const Position place = (*group)->anchor.group;
      if (segment.number != place.segment) {
        const Result<void> changed = change_segment(segment, directory, place.segment);
        if (!changed) return std::unexpected(changed.error());
      }
      const Result<void> written = segment.file->write_at(place.offset, (*group)->stored);
      if (!written) return std::unexpected(written.error());
      ++count;
    }
    if (segment.file == nullptr) return count;
    const Result<void> synced = segment.file->sync();
    if (!synced) return std::unexpected(synced.error());
    return count;
  }

  Result<void> change_segment(Segment& segment, core::Directory& directory, std::uint64_t number) {
    if (segment.file != nullptr) {
      const Result<void> synced = segment.file->sync();
      if (!synced) return synced;
    }
    Result<Segment> next =
        open_segment(directory, number, start_.data_id, core::OpenMode::kReadWrite);
    if (!next) return std::unexpected(next.error());
    segment = std::move(*next);
    return {};
  }

  Places places_;
  HeadState head_;
  std::vector<Witness> witnesses_;
  Anchor start_;
  std::vector<CopyState> copies_;
  RecoveryReport report_;
};

}  // namespace

Result<Recovered> recover(const Places& places, const std::optional<Anchor>& from_store) {
  const Result<HeadState> head = read_head(places.head);
  if (!head) return std::unexpected(head.error());
  if (from_store && from_store->data_id != head->anchor.data_id) {
    return core::fail(Errc::kCorrupt,
                      places.head.path() + "/" + kHeadName +
                          ": head and store belong to different data directories (data id "
                          "differs)" +
                          kWayOut);
  }
  Recovery recovery(places, *head, from_store);
  const Result<void> judged = recovery.judge();
  if (!judged) return std::unexpected(judged.error());
  return recovery.repair();
}

}  // namespace wasl::journal
