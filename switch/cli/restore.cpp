#include "cli/restore.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/places.hpp"
#include "journal/head.hpp"
#include "journal/segment_copy.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::fail;
using core::Result;

// RocksDB's own test looks for one of its files; a damaged store may lack just that.
Result<void> check_no_store(const std::string& path) {
  std::error_code none;
  if (!fs::exists(path, none) || fs::is_empty(path, none)) return {};
  return fail(Errc::kExists, path +
                                 ": a store is there: move it away first, and remove it once "
                                 "`wasl verify` has accepted the new one");
}

Result<void> check_empty(const store::StorePlaces& places, const std::string& imports) {
  if (auto store = check_no_store(places.rocks.path); !store) return store;
  std::error_code none;
  if (fs::exists(imports, none)) {
    return fail(Errc::kExists, imports +
                                   ": files of a switch are there; restore into places that "
                                   "hold nothing");
  }
  const journal::Places& journal = places.journal;
  for (core::Directory* directory : {&journal.journal, &journal.head, journal.mirror}) {
    if (directory == nullptr) continue;
    if (auto empty = journal::check_no_journal(*directory); !empty) {
      return fail(empty.error().code,
                  empty.error().context +
                      ". A journal or head that outlived a switch is newer than any backup of it: "
                      "docs/operating.md, \"Backup and restore\"");
    }
  }
  return {};
}

Result<void> restore_imports(const OpenBackup& from, const KeptNames& kept,
                             const std::string& imports) {
  if (kept.empty()) return {};
  std::error_code error;
  fs::create_directory(imports, error);
  if (!error) fs::permissions(imports, fs::perms::owner_all, error);
  if (error) return fail(Errc::kIo, "cannot make " + imports + ": " + error.message());
  const auto to = journal::open_directory(imports);
  if (!to) return std::unexpected(to.error());
  const auto copied = copy_kept(*from.imports, kept, to->get());
  if (!copied) return std::unexpected(copied.error());
  const auto parent = journal::open_directory(fs::path(imports).parent_path().string());
  if (!parent) return std::unexpected(parent.error());
  return (*parent)->sync();
}

// Every copy the same; the head for them.
Result<Walked> restore_journal(const OpenBackup& from, const journal::Anchor& end,
                               const journal::Places& to) {
  std::vector<journal::SegmentCopy> copies;
  copies.emplace_back(*from.journal, to.journal, end.data_id);
  if (to.mirror != nullptr) copies.emplace_back(*from.journal, *to.mirror, end.data_id);
  const auto visit = [&](const journal::Group& group) -> Result<void> {
    for (journal::SegmentCopy& copy : copies) {
      if (auto taken = copy.take(group); !taken) return taken;
    }
    return {};
  };
  auto walked = walk_closed(*from.journal, *from.root, visit);
  if (!walked) return walked;
  for (journal::SegmentCopy& copy : copies) {
    if (auto finished = copy.finish(); !finished) {
      return std::unexpected(finished.error());
    }
  }
  if (auto created = journal::HeadFile::create(to.head, walked->last); !created) {
    return std::unexpected(created.error());
  }
  return walked;
}

}  // namespace

Result<Restored> restore(const OpenBackup& backup, const ops::Config& config) {
  const auto checked = check_backup(backup);
  if (!checked) return std::unexpected(checked.error());
  if (auto made = make_directories(config); !made) return std::unexpected(made.error());
  const auto places = Places::open(config);
  if (!places) return std::unexpected(places.error());
  if (auto room = places->require_room(config); !room) return std::unexpected(room.error());
  const store::StorePlaces to = places->store();
  Result<void> done = check_empty(to, places->imports());
  if (done) done = close_directories(config);
  if (done) done = restore_imports(backup, checked->kept, places->imports());
  if (!done) return std::unexpected(done.error());
  auto walked = restore_journal(backup, checked->walked.last, to.journal);
  if (!walked) return std::unexpected(walked.error());
  const auto replayed = store::rebuild_rocks(to);
  if (!replayed) return std::unexpected(replayed.error());
  return Restored{.walked = *walked, .replayed = *replayed};
}

Result<std::uint64_t> rebuild_store(const ops::Config& config) {
  const auto places = Places::open(config);
  if (!places) return std::unexpected(places.error());
  if (auto room = places->require_room(config); !room) return std::unexpected(room.error());
  const store::StorePlaces parts = places->store();
  if (auto none = check_no_store(parts.rocks.path); !none) return std::unexpected(none.error());
  return store::rebuild_rocks(parts);
}

std::vector<std::string> missing_files(const ops::Config& config) {
  std::vector<std::string> wanted{config.certificate_file, config.key_file, config.authority_file,
                                  config.revocation_file};
  for (const auto& [fund, file] : config.card_key_files) wanted.push_back(file);
  std::erase_if(wanted, [](const std::string& file) {
    std::error_code none;
    return fs::exists(file, none);
  });
  return wanted;
}

}  // namespace wasl::cli
