#pragma once
// Where the bytes of an import come from: fresh files, which are hashed and copied to the imports
// directory as they are read, or the kept copies of an earlier import, whose hashes must be the
// journal's. One thread.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/request.hpp"
#include "core/result.hpp"
#include "csv/network.hpp"

namespace wasl::cli {

struct RulebookText {
  std::string name;  // "rulebooks/dz-cnas.toml"
  std::string content;
};

class ImportFiles {
 public:
  virtual ~ImportFiles() = default;
  // The CSV file of that name, or nothing if it is no part of the import. Asked for once each.
  [[nodiscard]] virtual std::optional<csv::Source> open(std::string_view name) = 0;
  // All rulebooks, by name.
  [[nodiscard]] virtual core::Result<std::vector<RulebookText>> rulebooks() = 0;
  // When all of it was read: names and hashes, by name; rows are left to the caller.
  [[nodiscard]] virtual core::Result<std::vector<core::ImportedFile>> finish() = 0;
};

// File names of the schema and "rulebooks/x.toml", each with where it lies.
using ImportPaths = std::map<std::string, std::string, std::less<>>;

// What is to be imported: directories are searched for the schema's files and rulebooks/*.toml,
// other paths are files with the schema's names or *.toml. Fails for names that are not the
// schema's, twice the same, nothing at all, or files without those they need.
[[nodiscard]] core::Result<ImportPaths> find_import_files(const std::vector<std::string>& paths);

// Copies go to `directory`/new and only keep_all() gives them their final names: their SHA-256.
class FreshFiles final : public ImportFiles {
 public:
  FreshFiles(ImportPaths paths, std::string directory);
  ~FreshFiles() override;  // What was not kept is removed.

  [[nodiscard]] std::optional<csv::Source> open(std::string_view name) override;
  [[nodiscard]] core::Result<std::vector<RulebookText>> rulebooks() override;
  [[nodiscard]] core::Result<std::vector<core::ImportedFile>> finish() override;
  // Under their hashes, files and directory synced. After finish().
  [[nodiscard]] core::Result<void> keep_all();
  // Bytes of all files, and of them read so far.
  [[nodiscard]] std::uint64_t total_bytes() const;
  [[nodiscard]] std::uint64_t bytes_read() const;

 private:
  struct Copy;
  [[nodiscard]] std::shared_ptr<Copy> copy_of(const std::string& name, const std::string& path);

  ImportPaths paths_;
  std::string directory_;
  std::map<std::string, std::shared_ptr<Copy>> copies_;
};

class KeptFiles final : public ImportFiles {
 public:
  // Both outlive the object.
  KeptFiles(const core::Import& import, const std::string& directory)
      : import_(import), directory_(directory) {}
  ~KeptFiles() override;

  [[nodiscard]] std::optional<csv::Source> open(std::string_view name) override;
  [[nodiscard]] core::Result<std::vector<RulebookText>> rulebooks() override;
  // Fails with kCorrupt, naming the file, if one was not what the record says.
  [[nodiscard]] core::Result<std::vector<core::ImportedFile>> finish() override;

 private:
  struct Check;
  const core::Import& import_;
  const std::string& directory_;
  std::vector<std::shared_ptr<Check>> checks_;
};

// The name under which a file is kept: 64 hexadecimal digits.
[[nodiscard]] std::string kept_name(const core::Sha256& sha256);

}  // namespace wasl::cli
