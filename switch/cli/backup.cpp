#include "cli/backup.hpp"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "card/private_file.hpp"
#include "cli/data_directories.hpp"
#include "cli/read_file.hpp"
#include "journal/head.hpp"
#include "journal/posix_files.hpp"
#include "journal/segment.hpp"
#include "journal/segment_copy.hpp"
#include "ops/config.hpp"
#include "store/rocks.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::fail;
using core::Result;

constexpr const char* kJournalFolder = "/journal";
constexpr const char* kImportsFolder = "/imports";

// The target under the name that says it is not whole; gone at the end unless it was finished.
class PartialBackup {
 public:
  explicit PartialBackup(const std::string& target)
      : target_(fs::absolute(target + "/").parent_path()), path_(target_.string() + ".partial") {}
  PartialBackup(const PartialBackup&) = delete;
  PartialBackup& operator=(const PartialBackup&) = delete;
  ~PartialBackup() {
    std::error_code ignored;
    if (made_) fs::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string parent() const { return target_.parent_path().string(); }

  Result<void> make() {
    std::error_code error;
    if (fs::exists(target_, error)) {
      return fail(Errc::kExists,
                  target_.string() + " is there: give each backup a name of its own");
    }
    if (fs::exists(path_, error)) {
      return fail(Errc::kExists, path_ +
                                     " is left of a backup that did not end: see that none is "
                                     "running, remove it, and try again");
    }
    fs::create_directories(path_, error);
    made_ = !error;
    if (!error) fs::permissions(path_, fs::perms::owner_all, error);
    for (const char* folder : {kJournalFolder, kImportsFolder}) {
      if (!error) fs::create_directory(path_ + folder, error);
    }
    if (error) return fail(Errc::kIo, "cannot make " + path_ + ": " + error.message());
    return {};
  }

  // The name, durable.
  Result<void> finish() {
    auto directory = journal::open_directory(parent());
    if (!directory) return std::unexpected(directory.error());
    auto named =
        (*directory)->rename(target_.filename().string() + ".partial", target_.filename().string());
    if (!named) return named;
    made_ = false;
    return (*directory)->sync();
  }

 private:
  fs::path target_;
  std::string path_;
  bool made_ = false;
};

// Files of a directory that a server may be writing to: those that go meanwhile do not count.
std::uint64_t bytes_in(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    std::error_code gone;
    const std::uintmax_t size = at->file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

// Refused before the first byte: a full disk may be the one that the switch writes to.
Result<void> check_room(const ops::Config& config, const std::string& partial) {
  const auto directory = journal::open_directory(partial);
  if (!directory) return std::unexpected(directory.error());
  const auto room = (*directory)->free_bytes();
  if (!room) return std::unexpected(room.error());
  const std::uint64_t needed =
      bytes_in(config.journal_directory) + bytes_in(imports_directory(config));
  if (needed <= *room) return {};
  return fail(Errc::kLimit, partial + ": a backup needs " + std::to_string(needed) +
                                " bytes and there are " + std::to_string(*room) +
                                ": name a target on a larger disk");
}

// Where the store stood before the journal was read: that far it was durable, and answered. A store
// that does not open is no witness; a backup needs none.
class StoreWitness {
 public:
  explicit StoreWitness(const ops::Config& config) : path_(rocks_directory(config)) {
    const auto rocks = store::Rocks::open_read_only({.path = path_});
    if (rocks) anchor_ = (*rocks)->applied();
  }

  Result<void> check(const journal::Group& group) const {
    if (!anchor_ || group.anchor.sequence != anchor_->sequence) return {};
    return group.anchor == *anchor_ ? Result<void>{} : refuse("differs from it there");
  }
  Result<void> check_end(const journal::Anchor& last) const {
    if (!anchor_ || anchor_->sequence <= last.sequence) return {};
    return refuse("ends at record " + std::to_string(last.sequence));
  }

 private:
  [[nodiscard]] Result<void> refuse(const std::string& what) const {
    return fail(Errc::kCorrupt, path_ + ": the store holds record " +
                                    std::to_string(anchor_->sequence) + ", but the journal " +
                                    what +
                                    ": one of them was put back; keep all files as they "
                                    "are and find the newer journal (mirror, backup): "
                                    "docs/data_format.md, \"When recovery refuses\"");
  }

  std::string path_;
  std::optional<journal::Anchor> anchor_;
};

Result<void> copy_journal(const ops::Config& config, const OpenBackup& to, BackupReport& report) {
  const StoreWitness witness(config);
  auto journal = journal::open_directory(config.journal_directory);
  if (!journal) return std::unexpected(journal.error());
  auto head = journal::open_directory(head_directory(config));
  if (!head) return std::unexpected(head.error());
  const auto data_id = journal::read_data_id(**journal);
  if (!data_id) return std::unexpected(data_id.error());
  journal::SegmentCopy copy(**journal, *to.journal, *data_id);
  auto walked = walk_live(**journal, **head, [&](const journal::Group& group) {
    auto noted = witness.check(group);
    if (noted) noted = note_kept(group, report.kept);
    return noted ? copy.take(group) : noted;
  });
  if (!walked) return std::unexpected(walked.error());
  if (auto reached = witness.check_end(walked->last); !reached) return reached;
  report.walked = *walked;
  return copy.finish();
}

Result<void> copy_imports(const ops::Config& config, const OpenBackup& to, const KeptNames& kept) {
  if (kept.empty()) return {};
  auto imports = journal::open_directory(imports_directory(config));
  if (!imports) {
    return fail(Errc::kCorrupt, imports.error().context +
                                    ": files that were imported are gone; put them back from a "
                                    "backup");
  }
  auto copied = copy_kept(**imports, kept, to.imports.get());
  if (!copied) return std::unexpected(copied.error());
  return {};
}

Result<void> copy_config(const std::string& from, const std::string& directory) {
  const auto text = read_file(from, ops::kConfigBytesMax);
  if (!text) return std::unexpected(text.error());
  return card::create_private(directory + "/" + kBackupConfigName, *text);
}

Result<OpenBackup> open_parts(const std::string& directory) {
  OpenBackup backup;
  const std::pair<std::string, std::unique_ptr<core::Directory>*> wanted[] = {
      {directory, &backup.root},
      {directory + kJournalFolder, &backup.journal},
      {directory + kImportsFolder, &backup.imports}};
  for (const auto& [path, out] : wanted) {
    auto opened = journal::open_directory(path);
    if (!opened) return std::unexpected(opened.error());
    *out = std::move(*opened);
  }
  return backup;
}

}  // namespace

Result<OpenBackup> OpenBackup::open(const std::string& directory) {
  std::error_code error;
  if (!fs::exists(directory + "/" + journal::kHeadName, error)) {
    return fail(Errc::kNotFound, directory + ": no backup is here; `wasl backup` makes one");
  }
  return open_parts(directory);
}

Result<BackupReport> check_backup(const OpenBackup& backup) {
  BackupReport report;
  auto walked = walk_closed(*backup.journal, *backup.root, [&](const journal::Group& group) {
    return note_kept(group, report.kept);
  });
  if (!walked) return std::unexpected(walked.error());
  const auto kept_bytes = copy_kept(*backup.imports, report.kept, nullptr);
  if (!kept_bytes) return std::unexpected(kept_bytes.error());
  report.walked = *walked;
  report.segments = walked->last.group.segment;
  report.bytes = bytes_in(backup.journal->path()) + *kept_bytes;
  return report;
}

Result<BackupReport> back_up(const BackupOptions& options) {
  PartialBackup partial(options.target);
  if (auto made = partial.make(); !made) return std::unexpected(made.error());
  if (auto room = check_room(options.config, partial.path()); !room) {
    return std::unexpected(room.error());
  }
  const auto to = open_parts(partial.path());
  if (!to) return std::unexpected(to.error());
  BackupReport copied;
  Result<void> done = copy_journal(options.config, *to, copied);
  if (done) done = copy_imports(options.config, *to, copied.kept);
  if (done) done = copy_config(options.config_file, partial.path());
  // Last, with the directory: where it stands, the rest is there.
  if (done) done = journal::HeadFile::create(*to->root, copied.walked.last);
  if (!done) return std::unexpected(done.error());
  auto checked = check_backup(*to);
  if (!checked) return checked;
  if (auto finished = partial.finish(); !finished) return std::unexpected(finished.error());
  checked->walked.torn_tail = copied.walked.torn_tail;
  return checked;
}

}  // namespace wasl::cli
