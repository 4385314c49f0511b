#include "cli/places.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/data_directories.hpp"
#include "cli/import.hpp"
#include "store/free_space.hpp"

namespace wasl::cli {
namespace {

// A missing disk looks like a switch that never was: what to do differs, and only people know.
core::Error with_way_out(const std::string& directory, const core::Error& error) {
  if (error.code != core::Errc::kNotFound) return error;
  return {error.code, directory +
                          ": the directory is not there: mount its disk, or put it back from a "
                          "backup; `wasl init` makes a new switch"};
}

core::Result<void> open_into(const std::string& path, std::unique_ptr<core::Directory>& out) {
  core::Result<std::unique_ptr<core::Directory>> opened = journal::open_directory(path);
  if (!opened) return std::unexpected(with_way_out(path, opened.error()));
  out = std::move(*opened);
  return {};
}

std::vector<std::string> paths(const ops::Config& config) {
  std::vector<std::string> all{config.data_directory, config.journal_directory,
                               head_directory(config)};
  if (!config.mirror_directory.empty()) all.push_back(config.mirror_directory);
  return all;
}

// Both copies would be one file, written twice.
core::Result<void> mirror_is_apart(const ops::Config& config) {
  std::error_code none;
  if (config.mirror_directory.empty() ||
      !std::filesystem::equivalent(config.mirror_directory, config.journal_directory, none)) {
    return {};
  }
  return core::fail(core::Errc::kConfiguration,
                    "data.mirror is " + config.mirror_directory +
                        ", the directory of the journal itself: give it another one, on another "
                        "disk, or leave it empty");
}

// Each directory once, by whatever name: a second lock of one process on one file would wait for
// the first.
core::Result<std::vector<journal::DirectoryLock>> lock_all(const ops::Config& config,
                                                           Access access) {
  std::vector<journal::DirectoryLock> locks;
  std::vector<std::string> locked;
  for (const std::string& path : paths(config)) {
    std::error_code none;
    const auto same = [&](const std::string& other) {
      return std::filesystem::equivalent(path, other, none);
    };
    if (std::ranges::any_of(locked, same)) continue;
    core::Result<journal::DirectoryLock> lock = access == Access::kReading
                                                    ? journal::DirectoryLock::take_for_reading(path)
                                                    : journal::DirectoryLock::take(path);
    if (!lock) return std::unexpected(with_way_out(path, lock.error()));
    locks.push_back(std::move(*lock));
    locked.push_back(path);
  }
  return locks;
}

}  // namespace

core::Result<Places> Places::open(const ops::Config& config, Access access) {
  if (auto apart = mirror_is_apart(config); !apart) return std::unexpected(apart.error());
  core::Result<std::vector<journal::DirectoryLock>> locks = lock_all(config, access);
  if (!locks) return std::unexpected(locks.error());
  Places places(std::move(*locks));
  places.rocks_.path = rocks_directory(config);
  places.imports_ = imports_directory(config);
  places.rocks_.block_cache_bytes = config.block_cache_bytes;
  places.segments_.segment_bytes = config.segment_bytes;
  places.disk_reserve_bytes_ = config.disk_reserve_bytes;
  const std::pair<std::string, std::unique_ptr<core::Directory>*> wanted[] = {
      {config.data_directory, &places.data_},
      {config.journal_directory, &places.journal_},
      {head_directory(config), &places.head_},
      {config.mirror_directory, &places.mirror_}};
  for (const auto& [path, out] : wanted) {
    if (path.empty()) continue;
    const core::Result<void> opened = open_into(path, *out);
    if (!opened) return std::unexpected(opened.error());
  }
  return places;
}

core::Result<void> Places::require_room(const ops::Config& config) const {
  return store::check_free(store().counted, room_needed(config),
                           "this command, for a quarter of data.disk_reserve_bytes,");
}

store::StorePlaces Places::store() const {
  std::vector<core::Directory*> counted{data_.get(), journal_.get(), head_.get()};
  if (mirror_ != nullptr) counted.push_back(mirror_.get());
  return {.journal = {.journal = *journal_, .head = *head_, .mirror = mirror_.get()},
          .rocks = rocks_,
          .segments = segments_,
          .counted = std::move(counted),
          .disk_reserve_bytes = disk_reserve_bytes_,
          .run_import = run_kept_imports(imports_)};
}

core::Result<void> make_directories(const ops::Config& config) {
  for (const std::string& path : paths(config)) {
    std::error_code error;
    const bool made = std::filesystem::create_directories(path, error);
    if (made && !error) {
      std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    }
    if (error) return core::fail(core::Errc::kIo, "cannot make " + path + ": " + error.message());
  }
  return {};
}

core::Result<void> close_directories(const ops::Config& config) {
  for (const std::string& path : paths(config)) {
    std::error_code error;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    if (error) return core::fail(core::Errc::kIo, "cannot close " + path + ": " + error.message());
  }
  return {};
}

}  // namespace wasl::cli
