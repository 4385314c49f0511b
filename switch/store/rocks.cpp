#include "store/rocks.hpp"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/sst_file_writer.h>

#include <array>
#include <cstdarg>
#include <filesystem>
#include <system_error>

#include "core/assert.hpp"
#include "store/applied_state.hpp"
#include "store/background_error.hpp"

namespace wasl::store {

using core::Errc;
using core::fail;

namespace {

// Keys of one MultiGet: what a command or two need; more would only hold the superversion longer.
constexpr std::size_t kKeysAtOnce = 32;

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view text(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// RocksDB would write its log beside the tables, also where it only reads.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*values*/) override {}
};

std::unexpected<core::Error> failed(const rocksdb::Status& status, const std::string& doing) {
  return std::unexpected(error_of(status, doing));
}

// RocksDB's own test takes a file that it may not see for one that is not there.
std::unexpected<core::Error> absent(const std::string& path) {
  std::error_code error;
  (void)std::filesystem::status(path + "/CURRENT", error);
  if (error == std::errc::permission_denied) {
    return fail(Errc::kNotPermitted,
                path + ": the store may not be read: run this as the user of `wasl serve`");
  }
  const bool files_left = std::filesystem::exists(path, error);
  const char* const why = files_left ? ": no store is there, as its file CURRENT is missing"
                                     : ": no store is there: mount its disk, if that is missing";
  return fail(Errc::kNotFound, path + why + kRebuild);
}

}  // namespace

void RocksBatch::change(std::string_view key, std::string_view value) {
  if (value.empty()) {
    batch_.Delete(slice(key));
    return;
  }
  batch_.Put(slice(key), slice(value));
  if (key.front() == static_cast<char>(core::KeyTag::kPosting)) {
    core::add_postings(core::RowKey(key), core::as_bytes(value), posted_);
  }
}

void RocksBatch::change(std::string_view key, std::string_view head, std::string_view tail) {
  const rocksdb::Slice name = slice(key);
  const std::array<rocksdb::Slice, 2> parts{slice(head), slice(tail)};
  batch_.Put(rocksdb::SliceParts(&name, 1), rocksdb::SliceParts(parts.data(), 2));
}

Rocks::~Rocks() {
  if (db_ != nullptr) db_->Close();
}

core::Result<std::unique_ptr<Rocks>> Rocks::opened(const RocksConfig& config, bool create,
                                                   bool read_only) {
  std::unique_ptr<Rocks> rocks(new Rocks);
  if (config.file_system != nullptr) rocks->env_ = rocksdb::NewCompositeEnv(config.file_system);
  rocksdb::Env* env = rocks->env_ != nullptr ? rocks->env_.get() : rocksdb::Env::Default();
  const bool there = env->FileExists(config.path + "/CURRENT").ok();
  if (create && there) return fail(Errc::kExists, config.path + ": a store is there already");
  if (!create && !there) return absent(config.path);
  rocksdb::Options options = rocks_options(config, env);
  options.create_if_missing = create;
  options.error_if_exists = create;
  if (read_only) options.info_log = std::make_shared<NoLog>();
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = read_only ? rocksdb::DB::OpenForReadOnly(options, config.path, &db)
                                           : rocksdb::DB::Open(options, config.path, &db);
  if (!status.ok()) return failed(status, config.path + ": opening the store");
  rocks->db_.reset(db);
  rocks->compactions_ = config.compactions;
  return rocks;
}

core::Result<std::unique_ptr<Rocks>> Rocks::create(const RocksConfig& config,
                                                   const journal::Anchor& anchor) {
  auto rocks = opened(config, true, false);
  if (!rocks) return rocks;
  RocksBatch nothing;
  if (auto written = (*rocks)->write(nothing, anchor); !written) {
    return std::unexpected(written.error());
  }
  if (auto flushed = (*rocks)->flush(true); !flushed) return std::unexpected(flushed.error());
  return rocks;
}

core::Result<std::unique_ptr<Rocks>> Rocks::open(const RocksConfig& config) {
  auto rocks = opened(config, false, false);
  if (!rocks) return rocks;
  if (auto read = (*rocks)->read_applied(); !read) return std::unexpected(read.error());
  if (auto read = (*rocks)->read_balances(); !read) return std::unexpected(read.error());
  return rocks;
}

core::Result<std::unique_ptr<Rocks>> Rocks::open_read_only(const RocksConfig& config) {
  auto rocks = opened(config, false, true);
  if (!rocks) return rocks;
  if (auto read = (*rocks)->read_applied(); !read) return std::unexpected(read.error());
  return rocks;
}

core::Result<void> Rocks::read_applied() {
  std::string bytes;
  const rocksdb::Status status = db_->Get(rocks_read_options(), slice(kAppliedKey), &bytes);
  if (status.IsNotFound()) {
    return fail(Errc::kCorrupt, db_->GetName() + ": no applied state is in the store" + kRebuild);
  }
  if (!status.ok()) return failed(status, "store: reading the applied state");
  auto anchor = decode_applied(bytes);
  if (!anchor) return fail(anchor.error().code, db_->GetName() + ": " + anchor.error().context);
  applied_ = *anchor;
  return {};
}

core::Result<void> Rocks::read_balances() {
  bool damaged = false;
  const char tag = static_cast<char>(core::KeyTag::kBalance);
  const auto take = [&](std::string_view key, std::string_view value) {
    const std::optional<core::Balance> balance = core::decode_balance(core::as_bytes(value));
    damaged = damaged || !balance;
    if (balance) balances_.emplace(core::RowKey(key), *balance);
    return !damaged;
  };
  if (auto scanned = scan({.prefix = {&tag, 1}, .after = {}, .until = {}}, take); !scanned) {
    return scanned;
  }
  if (!damaged) return {};
  return fail(Errc::kCorrupt, db_->GetName() + ": a balance does not follow its format" + kRebuild);
}

core::Result<void> Rocks::get(std::span<const std::string_view> keys, const Found& found) const {
  const rocksdb::ReadOptions options = rocks_read_options();
  std::array<rocksdb::Slice, kKeysAtOnce> names;
  std::array<rocksdb::PinnableSlice, kKeysAtOnce> values;
  std::array<rocksdb::Status, kKeysAtOnce> statuses;
  for (std::size_t done = 0; done < keys.size();) {
    const std::size_t count = std::min(keys.size() - done, kKeysAtOnce);
    for (std::size_t i = 0; i < count; ++i) names[i] = slice(keys[done + i]);
    db_->MultiGet(options, db_->DefaultColumnFamily(), count, names.data(), values.data(),
                  statuses.data());
    for (std::size_t i = 0; i < count; ++i) {
      const bool absent = statuses[i].IsNotFound();
      if (!absent && !statuses[i].ok()) return failed(statuses[i], "store: reading a row");
      found(done + i, absent ? std::nullopt : std::optional(text(values[i])));
      values[i].Reset();
    }
    done += count;
  }
  return {};
}

core::Result<void> Rocks::scan(const KeyRange& range, const Visit& visit) const {
  rocksdb::ReadOptions options = rocks_read_options();
  const rocksdb::Slice until = slice(range.until);
  if (!range.until.empty()) options.iterate_upper_bound = &until;
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(options));
  const bool behind = range.after > range.prefix;
  for (at->Seek(slice(behind ? range.after : range.prefix)); at->Valid(); at->Next()) {
    const std::string_view key = text(at->key());
    if (!key.starts_with(range.prefix)) break;
    if ((behind && key == range.after) || key == kAppliedKey) continue;
    if (!visit(key, text(at->value()))) break;
  }
  if (!at->status().ok()) return failed(at->status(), "store: scanning rows");
  return {};
}

RowCursor Rocks::iterate() const {
  rocksdb::ReadOptions options = rocks_read_options();
  options.fill_cache = false;
  return RowCursor(std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options)));
}

RowCursor::RowCursor(std::unique_ptr<rocksdb::Iterator> at) : at_(std::move(at)) {
  at_->SeekToFirst();
  skip_applied();
}

void RowCursor::next() {
  at_->Next();
  skip_applied();
}

void RowCursor::seek(std::string_view key) {
  at_->Seek(slice(key));
  skip_applied();
}

void RowCursor::seek_behind(const core::RowKey& prefix) {
  seek(std::string(prefix.view()) + '\xff');
}

// The applied row is the first of all.
void RowCursor::seek_back(std::string_view key) {
  at_->SeekForPrev(slice(key));
  note_failure();
  if (at_->Valid() && this->key() == kAppliedKey) at_->Prev();
}

void RowCursor::skip_applied() {
  while (at_->Valid() && key() == kAppliedKey) at_->Next();
  note_failure();
}

void RowCursor::note_failure() {
  if (failed_.ok()) failed_ = at_->status();
}

core::Result<void> RowCursor::ended() const {
  if (!failed_.ok()) return failed(failed_, "store: reading all rows");
  return {};
}

core::Result<void> Rocks::write(RocksBatch& batch, const journal::Anchor& anchor) {
  WASL_ASSERT(applied_.sequence <= anchor.sequence);
  for (const auto& [key, posted] : batch.posted_) {
    core::Balance& balance = balances_[key];
    balance.debit += posted.debit;
    balance.credit += posted.credit;
    batch.batch_.Put(slice(key.view()), core::encode_balance(balance));
  }
  batch.batch_.Put(slice(kAppliedKey), encode_applied(anchor));
  const rocksdb::Status status = db_->Write(rocks_write_options(), &batch.batch_);
  if (!status.ok()) return failed(status, "store: writing rows");
  applied_ = anchor;
  return {};
}

core::Result<void> Rocks::add_derived(RocksBatch& batch) {
  WASL_ASSERT(batch.posted_.empty());
  const rocksdb::Status status = db_->Write(rocks_write_options(), &batch.batch_);
  if (!status.ok()) return failed(status, "store: adding derived rows");
  return {};
}

core::Result<void> Rocks::write_changes(std::span<const StoredChange> changes,
                                        const journal::Anchor& anchor) {
  RocksBatch batch;
  for (const StoredChange& change : changes) batch.change(change.key.view(), change.value);
  return write(batch, anchor);
}

// The applied row sorts before all others, so its file overlaps none. What is in memory is flushed
// before: the ingested files must be the newest.
core::Result<void> Rocks::ingest(std::vector<std::string> files, const std::string& staging,
                                 const journal::Anchor& anchor) {
  WASL_ASSERT(applied_.sequence < anchor.sequence);
  if (auto flushed = flush(true); !flushed) return flushed;
  const std::string path = staging + "/applied.sst";
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), db_->GetOptions());
  rocksdb::Status status = writer.Open(path);
  if (status.ok()) status = writer.Put(slice(kAppliedKey), encode_applied(anchor));
  if (status.ok()) status = writer.Finish();
  if (!status.ok()) return failed(status, path);
  files.insert(files.begin(), path);
  rocksdb::IngestExternalFileOptions options;
  options.move_files = true;
  status = db_->IngestExternalFile(files, options);
  if (!status.ok()) return failed(status, "store: taking in an import");
  applied_ = anchor;
  return {};
}

void Rocks::count_nothing_on_this_thread() { rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable); }

core::Result<void> Rocks::flush(bool wait) {
  rocksdb::FlushOptions options;
  options.wait = wait;
  options.allow_write_stall = true;
  const rocksdb::Status status = db_->Flush(options);
  if (!status.ok()) return failed(status, "store: flushing");
  return {};
}

core::Result<void> Rocks::allow_compactions(bool allowed) {
  if (allowed == compactions_) return {};
  const rocksdb::Status status =
      db_->SetOptions({{"disable_auto_compactions", allowed ? "false" : "true"}});
  if (!status.ok()) return failed(status, "store: switching compactions");
  compactions_ = allowed;
  return {};
}

core::Result<void> Rocks::verify_checksums() const {
  const rocksdb::Status status = db_->VerifyChecksum(rocks_read_options());
  if (!status.ok()) return failed(status, "store: verifying checksums");
  return {};
}

}  // namespace wasl::store
