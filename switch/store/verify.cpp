#include "store/verify.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "core/codec.hpp"
#include "core/hex.hpp"
#include "core/ids.hpp"
#include "journal/head.hpp"
#include "journal/reader.hpp"
#include "store/replay.hpp"
#include "store/rocks.hpp"
#include "store/verify_claims.hpp"
#include "store/verify_day_closings.hpp"
#include "store/verify_mirror.hpp"

namespace wasl::store {

namespace {

// Tag and length, never the number in it. In hexadecimal: a key's bytes are no text, and a damaged
// tag is none either.
std::string masked_key(std::string_view key) {
  const std::string tag(key.substr(0, 1));
  const bool printable = tag > "\x20" && tag < "\x7f";
  return "row '" + (printable ? tag : core::to_hex(core::as_bytes(tag))) + "' " +
         core::masked(core::to_hex(core::as_bytes(key.substr(1))));
}

// Walks two stores in key order. Past what is kept of business days' closings: no record asks for
// it, and check_day_closings() judges it.
class RowComparison {
 public:
  RowComparison(const Rocks& expected, const Rocks& found)
      : expected_(expected.iterate()), found_(found.iterate()) {
    skip_closings();
  }

  [[nodiscard]] core::Result<std::uint64_t> run(Differences& differences) {
    std::uint64_t rows = 0;
    while (expected_.valid() || found_.valid()) {
      ++rows;
      const bool missing = !found_.valid() || (expected_.valid() && expected_.key() < found_.key());
      const bool unexpected = !missing && (!expected_.valid() || found_.key() < expected_.key());
      if (missing) {
        differences.add("row", masked_key(expected_.key()) + ": missing in RocksDB");
      } else if (unexpected) {
        differences.add("row", masked_key(found_.key()) + ": in RocksDB, not in the replay");
      } else if (expected_.value() != found_.value()) {
        differences.add("row", masked_key(found_.key()) + ": differs from the replay");
      }
      if (!unexpected) expected_.next();
      if (!missing) found_.next();
      skip_closings();
    }
    if (auto ended = expected_.ended(); !ended) return std::unexpected(ended.error());
    if (auto ended = found_.ended(); !ended) {
      differences.add("rocksdb", ended.error().context);
    }
    return rows;
  }

 private:
  void skip_closings() {
    constexpr char kTag = static_cast<char>(core::KeyTag::kDayClosing);
    if (!found_.valid() || found_.key().front() != kTag) return;
    constexpr char kNext = kTag + 1;
    found_.seek({&kNext, 1});
  }

  RowCursor expected_;
  RowCursor found_;
};

// What reads each group beside the replay.
struct Judges {
  ClaimCheck& claims;
  MirrorCheck& mirror;
};

class Verification {
 public:
  Verification(const VerifyPlaces& places, std::unique_ptr<Rocks> found,
               std::unique_ptr<Rocks> replayed, const Judges& judges, Verified& result)
      : places_(places),
        found_(std::move(found)),
        replayed_(std::move(replayed)),
        claims_(judges.claims),
        mirror_(judges.mirror),
        result_(result),
        replay_(*replayed_, reference_, import_into(*replayed_, reference_, places.run_import)) {}

  [[nodiscard]] core::Result<void> run();

 private:
  [[nodiscard]] core::Result<void> begin_store();
  [[nodiscard]] core::Result<void> take(const journal::Group& group);
  [[nodiscard]] core::Result<void> replay(const journal::Group& group);
  [[nodiscard]] core::Result<void> compare_rows(const journal::Anchor& here);
  [[nodiscard]] core::Result<void> without_journal(const core::Error& error);
  void check_rest(journal::Reader& reader);
  void chain_damaged(const core::Error& error);
  void read_head();
  void check_head();
  void check_compared();

  const VerifyPlaces& places_;
  std::unique_ptr<Rocks> found_;  // nullptr: it does not open, which is named.
  std::unique_ptr<Rocks> replayed_;
  ClaimCheck& claims_;
  MirrorCheck& mirror_;
  Verified& result_;
  std::optional<journal::Anchor> head_;  // Nothing: it cannot be read, which is named.
  bool head_met_ = false;                // Its very anchor is on the chain.
  core::Reference reference_;
  Replay replay_;
  bool replayable_ = true;
  bool chain_damaged_ = false;  // It ends where it should not, which is named.
};

core::Result<void> Verification::run() {
  read_head();
  if (auto begun = begin_store(); !begun) return begun;
  auto reader = journal::Reader::open(places_.journal, result_.last);
  if (!reader) return without_journal(reader.error());
  for (;;) {
    const auto group = reader->next();
    if (!group && group.error().code != core::Errc::kCorrupt) return std::unexpected(group.error());
    if (!group) chain_damaged(group.error());
    if (!group || !group->has_value()) break;
    if (auto taken = take(**group); !taken) return taken;
  }
  if (!chain_damaged_) check_rest(*reader);
  check_head();
  if (auto done = mirror_.finish(head_ ? head_->sequence : 0); !done) return done;
  check_compared();
  if (!replayable_) return {};
  if (auto finished = replay_.finish(); !finished) return finished;
  return claims_.compare_rows(*replayed_);
}

core::Result<void> Verification::begin_store() {
  if (!found_) return {};
  if (auto sums = found_->verify_checksums(); !sums) {
    result_.differences.add("rocksdb", sums.error().context);
  }
  return result_.applied.sequence == 0 ? compare_rows(result_.last) : core::Result<void>{};
}

// The mirror may be the whole copy that is wanted then.
core::Result<void> Verification::without_journal(const core::Error& error) {
  if (error.code != core::Errc::kCorrupt && error.code != core::Errc::kNotFound) {
    return std::unexpected(error);
  }
  chain_damaged(error);
  return mirror_.finish(0);
}

core::Result<void> Verification::take(const journal::Group& group) {
  if (auto same = mirror_.take(group); !same) return same;
  if (head_ && *head_ == group.anchor) head_met_ = true;
  ++result_.groups;
  result_.records += group.records.size();
  result_.last = group.anchor;
  return replayable_ ? replay(group) : core::Result<void>{};
}

// Behind a record that cannot be carried out nothing but the chain can be compared.
core::Result<void> Verification::replay(const journal::Group& group) {
  const core::Instant now{std::chrono::milliseconds(group.now_ms)};
  for (const journal::Record& stored : group.records) {
    const auto record = core::decode_record(stored.payload);
    if (!record.has_value()) break;  // replay_ says so.
    if (auto taken = claims_.take(*record, {stored.sequence, now}); !taken) return taken;
  }
  core::Result<void> taken = replay_.take(group);
  if (taken) taken = replay_.carry_out();
  if (!taken) {
    if (taken.error().code != core::Errc::kCorrupt) return taken;
    result_.differences.add("record", taken.error().context);
    replayable_ = false;
    return {};
  }
  result_.claims = claims_.claims();
  result_.business_days = claims_.business_days();
  if (!found_ || group.anchor.sequence != result_.applied.sequence) return {};
  if (auto finished = replay_.finish(); !finished) return finished;
  return compare_rows(group.anchor);
}

core::Result<void> Verification::compare_rows(const journal::Anchor& here) {
  result_.compared = true;
  if (here != result_.applied) {
    result_.differences.add("chain", "RocksDB's anchor at record " + std::to_string(here.sequence) +
                                         " is not on this chain");
  }
  auto rows = RowComparison(*replayed_, *found_).run(result_.differences);
  if (!rows) return std::unexpected(rows.error());
  result_.rows_compared = *rows;
  check_day_closings(*found_, result_.differences);
  return {};
}

void Verification::check_rest(journal::Reader& reader) {
  const auto rest = reader.judge_rest();
  if (!rest) return chain_damaged(rest.error());
  result_.torn_tail = rest->has_value();
}

void Verification::chain_damaged(const core::Error& error) {
  chain_damaged_ = true;
  result_.differences.add("chain", error.context);
}

// A journal that is whole and ends before RocksDB is an older one. RocksDB made anew from it would
// agree with it, and the last witness of what is missing would be gone.
void Verification::check_compared() {
  if (!found_ || result_.compared) return;
  const std::string store = std::to_string(result_.applied.sequence);
  if (result_.applied.sequence <= result_.last.sequence) {
    if (!replayable_) return;  // That the records up to there cannot be carried out is named.
    result_.differences.add("chain", "RocksDB stands at record " + store +
                                         ", which is no end of a group of this chain");
  } else if (chain_damaged_) {
    result_.differences.add("chain", "RocksDB stands at record " + store +
                                         ", behind the damage: its rows were not compared");
  } else {
    result_.differences.add(
        "chain", "the journal ends at record " + std::to_string(result_.last.sequence) +
                     ", but RocksDB holds record " + store +
                     ": an older journal was put back, or the disk lost its end; find the newer "
                     "copy (mirror, backup) and do not make RocksDB anew from this one");
  }
}

void Verification::read_head() {
  const auto head = journal::read_head(places_.head);
  if (head) {
    head_ = head->anchor;
    head_met_ = *head_ == journal::genesis(head_->data_id);
  } else {
    result_.differences.add("head", head.error().context);
  }
}

void Verification::check_head() {
  if (!head_) return;
  if (head_->data_id != result_.last.data_id) {
    result_.differences.add("head", "belongs to another data directory");
  } else if (head_->sequence > result_.last.sequence) {
    result_.differences.add("head",
                            "the journal ends at record " + std::to_string(result_.last.sequence) +
                                " but the head saw record " + std::to_string(head_->sequence));
  } else if (!head_met_) {
    result_.differences.add("head", "the record " + std::to_string(head_->sequence) +
                                        " that it saw is not the one on this chain");
  }
}

// A store that does not open is found to differ: nullptr. It is no failure to look.
core::Result<std::unique_ptr<Rocks>> open_found(const RocksConfig& config,
                                                Differences& differences) {
  auto found = Rocks::open_read_only(config);
  if (found) return found;
  const core::Errc code = found.error().code;
  if (code != core::Errc::kCorrupt && code != core::Errc::kNotFound) return found;
  differences.add("rocksdb", found.error().context);
  return nullptr;
}

// Of the first part that can say it: the store, the head, the journal, the mirror. What is damaged
// is named when its turn comes.
core::Result<core::DataId> find_data_id(const VerifyPlaces& places, const Rocks* found) {
  if (found != nullptr) return found->applied().data_id;
  if (const auto head = journal::read_head(places.head)) return head->anchor.data_id;
  const auto data_id = journal::read_data_id(places.journal);
  if (data_id) return data_id;
  if (places.mirror != nullptr) {
    if (const auto mirrored = journal::read_data_id(*places.mirror)) return mirrored;
  }
  if (data_id.error().code != core::Errc::kNotFound) return data_id;
  return core::fail(core::Errc::kNotFound,
                    places.rocks.path + " and " + places.journal.path() +
                        ": neither a store nor a head nor a first segment is here: mount the "
                        "disks, or put the files back; `wasl init` makes a new switch");
}

}  // namespace

void Differences::add(std::string where, std::string what) {
  ++total_;
  if (named_.size() < kDifferencesNamed) named_.push_back({std::move(where), std::move(what)});
}

core::Result<Verified> verify_store(const VerifyPlaces& places) {
  Verified result;
  auto found = open_found(places.rocks, result.differences);
  if (!found) return std::unexpected(found.error());
  const auto data_id = find_data_id(places, found->get());
  if (!data_id) return std::unexpected(data_id.error());
  result.last = journal::genesis(*data_id);
  result.applied = *found ? (*found)->applied() : result.last;
  std::error_code made;
  std::filesystem::create_directories(places.scratch, made);
  if (made) return core::fail(core::Errc::kIo, places.scratch + ": " + made.message());
  auto replayed = Rocks::create({.path = places.scratch + "/rows"}, result.last);
  if (!replayed) return std::unexpected(replayed.error());
  auto claims = ClaimCheck::make(places.scratch + "/claims", result.differences);
  if (!claims) return std::unexpected(claims.error());
  auto mirror = MirrorCheck::open(places.mirror, result.last, result.differences);
  if (!mirror) return std::unexpected(mirror.error());
  Verification verification(places, std::move(*found), std::move(*replayed), {*claims, *mirror},
                            result);
  if (auto run = verification.run(); !run) {
    if (run.error().code != core::Errc::kCorrupt) return std::unexpected(run.error());
    result.differences.add("rocksdb", run.error().context);
  }
  return result;
}

}  // namespace wasl::store
