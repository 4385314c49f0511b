#include "cli/replay.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "cli/record_text.hpp"
#include "core/codec.hpp"
#include "core/hex.hpp"
#include "core/rulebook_used.hpp"
#include "journal/head.hpp"
#include "journal/reader.hpp"
#include "store/replay.hpp"
#include "store/rocks.hpp"
#include "wire/answer_body.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

// One journaled command, as it stood when it was decided.
struct Moment {
  const core::RecordView& record;
  core::Sequence sequence;
  core::Instant now;
  const core::RowSet& rows;
};

class Redecision {
 public:
  Redecision(const ReplayOptions& options, core::Reference& reference, Replayed& result)
      : options_(options), reference_(reference), result_(result) {}

  void see(const Moment& moment) {
    if (options_.trace != 0 && moment.sequence != options_.trace) return;
    if (options_.rulebook && options_.trace == 0) return judge_otherwise(moment);
    compare(moment);
  }

 private:
  void compare(const Moment& moment);
  void judge_otherwise(const Moment& moment);
  void differs(const Moment& moment, std::string where, std::string what);

  const ReplayOptions& options_;
  core::Reference& reference_;
  Replayed& result_;
  wire::AnswerBodyEncoder encoder_;
};

void Redecision::compare(const Moment& moment) {
  const core::RecordView& record = moment.record;
  core::Trace trace;
  const bool traced = options_.trace != 0;
  const core::Decision decision =
      core::decide(record.command, moment.rows, reference_, moment.now, traced ? &trace : nullptr);
  if (traced) {
    result_.traced = {moment.sequence, record_text(record, moment.now), std::move(trace)};
  }
  ++result_.decided;
  VersionTally& tally = result_.versions[record.decider_version];
  ++tally.records;
  const std::uint64_t differences_before = result_.differences_total;
  std::string recorded_bytes;
  std::string bytes;
  core::encode_decision(record.decision, recorded_bytes);
  core::encode_decision(decision, bytes);
  if (bytes != recorded_bytes) {
    differs(moment, "decision",
            fmt::format("recorded {}; now {}", decision_text(record.decision),
                        decision_text(decision)));
  }
  std::string body;
  encoder_.encode_body(record.command, record.decision, moment.sequence, body);
  if (body != record.body) {
    differs(moment, "answer", "the body given is not what this build makes of the decision");
  }
  if (core::rulebook_used(record.command, moment.rows, reference_) != record.rulebook) {
    differs(moment, "rulebook",
            "recorded " + core::to_hex(record.rulebook) + ", which was not the one in force");
  }
  if (result_.differences_total != differences_before) ++tally.differing;
}

void Redecision::judge_otherwise(const Moment& moment) {
  const auto* submitted = std::get_if<core::SubmitClaim>(&moment.record.command.request);
  if (submitted == nullptr) return;
  const auto* account = moment.rows.get<core::Account>(core::Slot::kAccount);
  const core::FundCode& fund = account == nullptr ? submitted->claim.card.fund : account->fund;
  const core::Rulebook* const in_force = reference_.rulebook_of(fund);
  if (in_force == nullptr || in_force->scheme != options_.rulebook->scheme) {
    ++result_.what_if.others;
    return;
  }
  core::Rulebook kept = *in_force;
  reference_.put(*options_.rulebook);
  const core::Decision after =
      core::decide(moment.record.command, moment.rows, reference_, moment.now);
  reference_.put(std::move(kept));
  ++result_.decided;
  result_.what_if.add(submitted->claim, std::get<core::ClaimDecision>(moment.record.decision),
                      std::get<core::ClaimDecision>(after));
}

void Redecision::differs(const Moment& moment, std::string where, std::string what) {
  result_.add({.sequence = moment.sequence,
               .decider_version = moment.record.decider_version,
               .where = std::move(where),
               .what = std::move(what)});
}

class JournalReplay {
 public:
  JournalReplay(const ReplayPlaces& places, const ReplayOptions& options, store::Rocks& rocks,
                Replayed& result)
      : places_(places),
        options_(options),
        result_(result),
        redecision_(options, reference_, result),
        replay_(rocks, reference_, store::import_into(rocks, reference_, places.run_import)) {
    replay_.watch(
        [this](const core::RecordView& record, core::Sequence sequence, core::Instant now,
               const core::RowSet& rows) { redecision_.see({record, sequence, now, rows}); });
  }

  [[nodiscard]] core::Result<void> run(const journal::Anchor& head);

 private:
  [[nodiscard]] core::Result<bool> take_next(journal::Reader& reader);
  void check_end(journal::Reader& reader, const journal::Anchor& head);
  void damaged(std::string where, std::string what) {
    result_.add({.where = std::move(where), .what = std::move(what)});
  }

  const ReplayPlaces& places_;
  const ReplayOptions& options_;
  Replayed& result_;
  core::Reference reference_;
  Redecision redecision_;
  store::Replay replay_;
};

core::Result<void> JournalReplay::run(const journal::Anchor& head) {
  auto reader = journal::Reader::open(places_.journal, journal::genesis(head.data_id));
  if (!reader && reader.error().code != Errc::kCorrupt) return std::unexpected(reader.error());
  if (!reader) {
    damaged("chain", reader.error().context);
    return {};
  }
  for (;;) {
    const auto more = take_next(*reader);
    if (!more) return std::unexpected(more.error());
    if (options_.trace != 0 && result_.sequence >= options_.trace) return {};
    if (!*more) break;
  }
  check_end(*reader, head);
  return {};
}

// False behind the last group that can be carried out.
core::Result<bool> JournalReplay::take_next(journal::Reader& reader) {
  const auto group = reader.next();
  if (!group) return std::unexpected(group.error());
  if (!group->has_value()) return false;
  core::Result<void> taken = replay_.take(**group);
  if (taken) taken = replay_.carry_out();
  if (!taken) {
    if (taken.error().code != Errc::kCorrupt) return std::unexpected(taken.error());
    damaged("record", taken.error().context);
    return false;
  }
  result_.records += (*group)->records.size();
  result_.sequence = (*group)->anchor.sequence;
  return true;
}

// A journal that lost its end would otherwise replay without a difference.
void JournalReplay::check_end(journal::Reader& reader, const journal::Anchor& head) {
  if (result_.differences_total != 0 && result_.sequence < reader.last().sequence) return;
  if (const auto rest = reader.judge_rest(); !rest) damaged("chain", rest.error().context);
  if (head.sequence > result_.sequence) {
    damaged("head", fmt::format("the journal ends at record {} but the head saw record {}",
                                result_.sequence, head.sequence));
  }
}

core::Error nothing_to_trace(core::Sequence wanted, core::Sequence last) {
  return {Errc::kNotFound,
          wanted <= last ? fmt::format("record {} is an import: nothing was decided", wanted)
                         : fmt::format("there is no record {}: the last one is {}", wanted, last)};
}

}  // namespace

void Replayed::add(ReplayDifference difference) {
  ++differences_total;
  if (differences.size() < kReplayDifferencesNamed) differences.push_back(std::move(difference));
}

core::Result<Replayed> replay_journal(const ReplayPlaces& places, const ReplayOptions& options) {
  const auto head = journal::read_head(places.head);
  if (!head) return std::unexpected(head.error());
  auto rocks = store::Rocks::create({.path = places.scratch + "/rows"},
                                    journal::genesis(head->anchor.data_id));
  if (!rocks) return std::unexpected(rocks.error());
  Replayed result;
  JournalReplay replay(places, options, **rocks, result);
  if (auto run = replay.run(head->anchor); !run) return std::unexpected(run.error());
  if (options.trace != 0 && !result.traced && result.differences_total == 0) {
    return std::unexpected(nothing_to_trace(options.trace, result.sequence));
  }
  return result;
}

}  // namespace wasl::cli
