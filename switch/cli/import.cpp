#include "cli/import.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/clock_check.hpp"
#include "core/codec.hpp"
#include "journal/posix_files.hpp"
#include "store/free_space.hpp"
#include "store/rocks.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::fail;

// Beside the store, so that table files can be moved into it.
std::string staging_of(const std::string& rocks) { return rocks + ".import"; }

// Removed with all that an import left in it.
class Staging {
 public:
  explicit Staging(std::string path) : path_(std::move(path)) {}
  ~Staging() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string payload_of(const core::Import& import) {
  core::RecordView record;
  record.command.request = import;
  record.decision = core::PlainDecision{};
  record.decider_version = core::kDeciderVersion;
  std::string payload;
  core::encode_record(record, payload);
  return payload;
}

// One group of one record, durable in every copy and in the head.
core::Result<journal::Anchor> append(journal::Journal& journal, const core::Import& import,
                                     core::Instant now) {
  const std::string payload = payload_of(import);
  const core::ByteView bytes = core::as_bytes(payload);
  const std::int64_t now_ms =
      std::max<std::int64_t>(now.time_since_epoch().count(), journal.last_now_ms());
  const auto appended = journal.append_group(now_ms, {&bytes, 1});
  if (!appended) return std::unexpected(appended.error());
  const journal::Anchor anchor = appended->anchor;
  if (auto advanced = journal.advance_head(); !advanced) return std::unexpected(advanced.error());
  return anchor;
}

// The files are copied, and their rows written, beside the store: measured at 1.8 times their
// bytes.
core::Result<void> check_room(const store::StorePlaces& places, std::uint64_t input_bytes) {
  const std::string beside = std::filesystem::path(places.rocks.path).parent_path().string();
  const auto data = journal::open_directory(beside);
  if (!data) return std::unexpected(data.error());
  core::Directory* const place = data->get();
  const core::Result<void> room = store::check_free(
      {&place, 1}, places.disk_reserve_bytes + 2 * input_bytes, "this import, with the reserve,");
  if (!room) return room;
  return store::check_free(places.counted, places.disk_reserve_bytes, "an import");
}

core::Result<core::Import> describe_import(FreshFiles& files, const ImportRows& rows) {
  auto imported = files.finish();
  if (!imported) return std::unexpected(imported.error());
  for (core::ImportedFile& file : *imported) {
    const auto found =
        std::ranges::find(rows.file_rows, file.name, &std::pair<std::string, std::uint64_t>::first);
    if (found != rows.file_rows.end()) file.rows = found->second;
  }
  return core::Import{
      .files = std::move(*imported), .rows = rows.tables.rows, .digest = rows.tables.digest};
}

std::function<void(std::uint64_t)> progress_of(const ImportOptions& options,
                                               const FreshFiles& files) {
  if (!options.progress) return {};
  return [&options, &files, total = files.total_bytes()](std::uint64_t accounts) {
    options.progress({.accounts = accounts, .bytes_read = files.bytes_read(), .bytes = total});
  };
}

}  // namespace

core::Result<ImportReport> import_network(const store::StorePlaces& places,
                                          const ImportOptions& options, csv::Faults& faults) {
  auto paths = find_import_files(options.paths);
  if (!paths) return std::unexpected(paths.error());
  auto up = store::bring_up(places);
  if (!up) return std::unexpected(up.error());
  if (auto clock = check_clock(up->last_now, options.now, options.accept_clock); !clock) {
    return std::unexpected(clock.error());
  }
  FreshFiles files(std::move(*paths), options.kept);
  if (auto room = check_room(places, files.total_bytes()); !room) {
    return std::unexpected(room.error());
  }
  const Staging staging(staging_of(places.rocks.path));
  const auto rows = make_import_rows({.files = files,
                                      .rocks = *up->parts.rocks,
                                      .tables = places.rocks,
                                      .staging = staging.path(),
                                      .progress = progress_of(options, files)},
                                     faults);
  if (!faults.none()) {
    return fail(Errc::kMalformed, std::to_string(faults.count()) + " mistakes in the files");
  }
  if (!rows) return std::unexpected(rows.error());
  const auto import = describe_import(files, *rows);
  if (!import) return std::unexpected(import.error());
  ImportReport report{.counts = rows->counts, .files = import->files};
  if (rows->tables.rows == 0) return report;
  if (auto kept = files.keep_all(); !kept) return std::unexpected(kept.error());
  const auto anchor = append(up->parts.journal, *import, options.now);
  if (!anchor) return std::unexpected(anchor.error());
  report.sequence = anchor->sequence;
  auto ingested = up->parts.rocks->ingest(rows->tables.files, staging.path(), *anchor);
  if (!ingested) return std::unexpected(ingested.error());
  return report;
}

store::RunImport run_kept_imports(std::string kept) {
  return [kept = std::move(kept)](const core::Import& import, store::Rocks& rocks,
                                  const journal::Anchor& anchor) -> core::Result<void> {
    KeptFiles files(import, kept);
    const Staging staging(staging_of(rocks.db().GetName()));
    const store::RocksConfig tables;
    csv::Faults faults;
    const auto rows = make_import_rows(
        {.files = files, .rocks = rocks, .tables = tables, .staging = staging.path()}, faults);
    if (auto checked = files.finish(); !checked) return std::unexpected(checked.error());
    if (!rows) return std::unexpected(rows.error());
    if (!faults.none() || rows->tables.digest != import.digest) {
      return fail(Errc::kCorrupt, "record " + std::to_string(anchor.sequence) +
                                      ": this build makes other rows of the files kept for the "
                                      "import; use the wasl that wrote it");
    }
    return rocks.ingest(rows->tables.files, staging.path(), anchor);
  };
}

}  // namespace wasl::cli
