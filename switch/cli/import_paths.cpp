// Which files an import is made of.

#include <algorithm>
#include <filesystem>

#include "cli/import_files.hpp"
#include "csv/formats.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::fail;

bool is_known(std::string_view name) {
  return std::ranges::find(csv::kFormats, name, &csv::FileFormat::name) != csv::kFormats.end();
}

core::Result<void> add(ImportPaths& found, const std::string& name, const std::string& path) {
  if (name.size() > core::kNameBytesMax) return fail(Errc::kOutOfRange, path + ": name too long");
  if (found.emplace(name, path).second) return {};
  return fail(Errc::kExists, path + ": " + name + " is given twice");
}

core::Result<void> add_file(ImportPaths& found, const fs::path& path) {
  const std::string name = path.filename().string();
  if (path.extension() == ".toml") return add(found, "rulebooks/" + name, path.string());
  if (is_known(name)) return add(found, name, path.string());
  return fail(Errc::kMalformed, path.string() + ": no file of docs/import_format.md has this name");
}

// Files of other names in a directory are not ours to judge: only .csv must be known.
core::Result<void> add_directory(ImportPaths& found, const fs::path& directory) {
  std::error_code error;
  for (const fs::path& folder : {directory, directory / "rulebooks"}) {
    const std::string wanted = folder == directory ? ".csv" : ".toml";
    if (folder != directory && !fs::is_directory(folder, error)) continue;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      if (at->path().extension() != wanted) continue;
      if (auto added = add_file(found, at->path()); !added) return added;
    }
    if (error) return fail(Errc::kIo, folder.string() + ": " + error.message());
  }
  return {};
}

}  // namespace

core::Result<ImportPaths> find_import_files(const std::vector<std::string>& paths) {
  ImportPaths found;
  for (const std::string& path : paths) {
    std::error_code error;
    const auto added = fs::is_directory(path, error) ? add_directory(found, path)
                       : fs::exists(path, error)
                           ? add_file(found, path)
                           : core::Result<void>(fail(Errc::kNotFound, path + ": is not there"));
    if (!added) return std::unexpected(added.error());
  }
  if (found.empty()) {
    return fail(Errc::kNotFound,
                "no file to import: give a directory as docs/import_format.md has it");
  }
  if (found.size() > core::kListItemsMax) {
    return fail(Errc::kLimit, std::to_string(found.size()) + " files: give at most " +
                                  std::to_string(core::kListItemsMax));
  }
  for (const csv::FileNeed& each : csv::kFileNeeds) {
    if (!found.contains(each.file) || found.contains(each.needs)) continue;
    return fail(Errc::kNotFound, std::string{each.file} + ": also needs " +
                                     std::string{each.needs} +
                                     " in the same import; without rows it is its header line");
  }
  return found;
}

}  // namespace wasl::cli
