#include "cli/journal_walk.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "journal/head.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::Result;
using Steady = std::chrono::steady_clock;

// A server writes a group within milliseconds. What still does not verify then, while nothing more
// comes, is damage.
constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::chrono::milliseconds kPause{5};

class Walk {
 public:
  Walk(core::Directory& journal, core::Directory& head, const VisitGroup& visit,
       const journal::Anchor& witness)
      : journal_(journal), head_(head), visit_(visit), witness_(witness) {
    walked_.last = journal::genesis(witness.data_id);
  }

  // Gives what verifies behind the last group that was given, then judges what stands behind.
  // The reader is made anew each time: there may be more segments by now.
  Result<void> go_on() {
    Result<journal::Reader> reader = journal::Reader::open(journal_, walked_.last);
    if (!reader) return std::unexpected(reader.error());
    for (;;) {
      const Result<std::optional<journal::Group>> group = reader->next();
      if (!group) return std::unexpected(group.error());
      if (!*group) break;
      if (auto taken = take(**group, *reader); !taken) return taken;
    }
    return judge_end(*reader);
  }

  [[nodiscard]] const Walked& walked() const { return walked_; }
  [[nodiscard]] bool visit_failed() const { return visit_failed_; }
  // Of what stands behind the end where nothing should: a torn group, else the last whole one.
  [[nodiscard]] journal::Position last_place() const {
    return cut_ ? cut_->start : walked_.last.group;
  }

 private:
  Result<void> take(const journal::Group& group, const journal::Reader& reader) {
    const bool witnessed =
        group.first_sequence <= witness_.sequence && witness_.sequence <= group.anchor.sequence;
    if (witnessed && group.anchor != witness_) {
      return journal::refuse(reader.segment_path(), group.anchor.group.offset,
                             "record " + std::to_string(witness_.sequence) +
                                 " differs from the one that the head holds");
    }
    const Result<void> visited = visit_(group);
    visit_failed_ = !visited;
    if (!visited) return visited;
    walked_.last = group.anchor;
    walked_.last_now = core::Instant{std::chrono::milliseconds(group.now_ms)};
    ++walked_.groups;
    return {};
  }

  // The head is read behind the groups: what it names was durable, and so readable, before. Damage
  // is told first: it knows its place, also in a segment that the reader has not come to.
  Result<void> judge_end(journal::Reader& reader) {
    const Result<journal::HeadState> head = journal::read_head(head_);
    if (!head) return std::unexpected(head.error());
    const Result<std::optional<journal::CutWrite>> rest = reader.judge_rest();
    if (!rest) return std::unexpected(rest.error());
    if (head->anchor.sequence > walked_.last.sequence) {
      return journal::refuse(
          reader.segment_path(), reader.end().offset,
          "no whole group follows record " + std::to_string(walked_.last.sequence) +
              " here, but the head holds record " + std::to_string(head->anchor.sequence));
    }
    cut_ = *rest;
    walked_.torn_tail = cut_.has_value();
    return {};
  }

  core::Directory& journal_;
  core::Directory& head_;
  const VisitGroup& visit_;
  const journal::Anchor witness_;
  Walked walked_;
  std::optional<journal::CutWrite> cut_;
  bool visit_failed_ = false;
};

}  // namespace

Result<Walked> walk_live(core::Directory& journal, core::Directory& head, const VisitGroup& visit) {
  const Result<journal::HeadState> witness = journal::read_head(head);
  if (!witness) return std::unexpected(witness.error());
  Walk walk(journal, head, visit, witness->anchor);
  Steady::time_point progressed = Steady::now();
  for (;;) {
    const std::uint64_t groups_before = walk.walked().groups;
    const Result<void> done = walk.go_on();
    if (done) return walk.walked();
    // Bytes that are being written look like damage until they are whole.
    const bool may_pass = done.error().code == Errc::kCorrupt && !walk.visit_failed();
    if (!may_pass) return std::unexpected(done.error());
    if (walk.walked().groups > groups_before) progressed = Steady::now();
    if (Steady::now() - progressed > kPatience) return std::unexpected(done.error());
    std::this_thread::sleep_for(kPause);
  }
}

Result<Walked> walk_closed(core::Directory& journal, core::Directory& head,
                           const VisitGroup& visit) {
  const Result<journal::HeadState> witness = journal::read_head(head);
  if (!witness) return std::unexpected(witness.error());
  Walk walk(journal, head, visit, witness->anchor);
  if (auto done = walk.go_on(); !done) return std::unexpected(done.error());
  const Walked& walked = walk.walked();
  if (walked.last == witness->anchor && !walked.torn_tail) return walked;
  const journal::Position at = walk.last_place();
  return journal::refuse(journal.path() + "/" + journal::segment_name(at.segment), at.offset,
                         "something stands behind record " +
                             std::to_string(witness->anchor.sequence) +
                             ", where the head says that the backup ends");
}

}  // namespace wasl::cli
