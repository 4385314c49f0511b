#include "cli/import_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/import_sha256.hpp"
#include "csv/formats.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::fail;

constexpr std::string_view kRulebookFolder = "rulebooks/";
constexpr std::size_t kPieceBytes = 64 * 1024;

std::unexpected<core::Error> failed(const std::string& path) {
  const Errc code = errno == ENOENT ? Errc::kNotFound : Errc::kIo;
  return fail(code, path + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(const std::string& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

core::Result<std::size_t> read_some(const Descriptor& from, const std::string& path,
                                    std::span<char> out) {
  for (;;) {
    const ::ssize_t got = ::read(from.get(), out.data(), out.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return failed(path);
  }
}

core::Result<void> write_all(const Descriptor& to, const std::string& path,
                             std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ::ssize_t put = ::write(to.get(), bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR) return failed(path);
    if (put > 0) bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

core::Result<void> sync_directory(const std::string& path) {
  const Descriptor directory(path, O_RDONLY | O_DIRECTORY);
  if (!directory.is_open() || ::fsync(directory.get()) != 0) return failed(path);
  return {};
}

bool is_rulebook(std::string_view name) { return name.starts_with(kRulebookFolder); }

// All of a source, at most a little over a rulebook's bound.
core::Result<std::string> whole_text(const csv::Source& source, const std::string& name) {
  std::string text;
  std::vector<char> piece(kPieceBytes);
  for (;;) {
    const auto got = source(piece);
    if (!got) return std::unexpected(got.error());
    if (*got == 0) return text;
    text.append(piece.data(), *got);
    if (text.size() > core::kRulebookBytesMax) {
      return fail(Errc::kLimit,
                  name + ": longer than " + std::to_string(core::kRulebookBytesMax) + " bytes");
    }
  }
}

}  // namespace

std::string kept_name(const core::Sha256& sha256) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string name;
  for (const std::uint8_t byte : sha256) {
    name += kDigits[byte >> 4U];
    name += kDigits[byte & 0xfU];
  }
  return name;
}

struct FreshFiles::Copy {
  std::string name;
  std::string from_path;
  std::string to_path;
  Descriptor from;
  Descriptor to;
  RunningSha256 running;
  core::Sha256 sha256{};
  bool at_end = false;
  std::uint64_t bytes = 0;

  core::Result<std::size_t> read(std::span<char> out) {
    const auto got = read_some(from, from_path, out);
    if (!got) return got;
    if (*got == 0) {
      if (!at_end) sha256 = running.finish();
      at_end = true;
      return got;
    }
    running.add(out.first(*got));
    bytes += *got;
    if (auto put = write_all(to, to_path, out.first(*got)); !put) {
      return std::unexpected(put.error());
    }
    return got;
  }
};

FreshFiles::FreshFiles(ImportPaths paths, std::string directory)
    : paths_(std::move(paths)), directory_(std::move(directory)) {
  std::error_code ignored;  // What cannot be made fails when it is opened.
  fs::remove_all(directory_ + "/new", ignored);
  fs::create_directories(directory_ + "/new", ignored);
}

FreshFiles::~FreshFiles() {
  std::error_code ignored;
  fs::remove_all(directory_ + "/new", ignored);
}

std::shared_ptr<FreshFiles::Copy> FreshFiles::copy_of(const std::string& name,
                                                      const std::string& path) {
  const std::string to = directory_ + "/new/" + std::to_string(copies_.size());
  auto copy = std::shared_ptr<Copy>(new Copy{.name = name,
                                             .from_path = path,
                                             .to_path = to,
                                             .from = {path, O_RDONLY},
                                             .to = {to, O_WRONLY | O_CREAT | O_EXCL},
                                             .running = {}});
  copies_[name] = copy;
  return copy;
}

std::optional<csv::Source> FreshFiles::open(std::string_view name) {
  const auto found = paths_.find(name);
  if (found == paths_.end()) return std::nullopt;
  const auto copy = copy_of(found->first, found->second);
  return [copy](std::span<char> out) -> core::Result<std::size_t> {
    if (!copy->from.is_open()) return failed(copy->from_path);
    if (!copy->to.is_open()) return failed(copy->to_path);
    return copy->read(out);
  };
}

core::Result<std::vector<RulebookText>> FreshFiles::rulebooks() {
  std::vector<RulebookText> texts;
  for (const auto& [name, path] : paths_) {
    if (!is_rulebook(name)) continue;
    auto text = whole_text(*open(name), name);
    if (!text) return std::unexpected(text.error());
    texts.push_back({name, std::move(*text)});
  }
  return texts;
}

core::Result<std::vector<core::ImportedFile>> FreshFiles::finish() {
  std::vector<core::ImportedFile> files;
  for (const auto& [name, path] : paths_) {
    const auto copy = copies_.find(name);
    if (copy == copies_.end() || !copy->second->at_end) {
      return fail(Errc::kIo, path + ": was not read to its end");
    }
    files.push_back({.name = name, .sha256 = copy->second->sha256, .rows = 0});
  }
  return files;
}

core::Result<void> FreshFiles::keep_all() {
  for (const auto& [name, copy] : copies_) {
    const std::string final_path = directory_ + "/" + kept_name(copy->sha256);
    if (::fsync(copy->to.get()) != 0) return failed(copy->to_path);
    if (::rename(copy->to_path.c_str(), final_path.c_str()) != 0) return failed(final_path);
  }
  if (auto synced = sync_directory(directory_); !synced) return synced;
  return sync_directory(fs::path(directory_).parent_path().string());
}

std::uint64_t FreshFiles::total_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [name, path] : paths_) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    if (!error) bytes += size;
  }
  return bytes;
}

std::uint64_t FreshFiles::bytes_read() const {
  std::uint64_t bytes = 0;
  for (const auto& [name, copy] : copies_) bytes += copy->bytes;
  return bytes;
}

struct KeptFiles::Check {
  std::string path;
  core::Sha256 expected{};
  Descriptor from;
  RunningSha256 running;
  bool right = false;
};

KeptFiles::~KeptFiles() = default;

std::optional<csv::Source> KeptFiles::open(std::string_view name) {
  const auto found = std::ranges::find(import_.files, name, &core::ImportedFile::name);
  if (found == import_.files.end()) return std::nullopt;
  const std::string path = directory_ + "/" + kept_name(found->sha256);
  const auto check = std::shared_ptr<Check>(
      new Check{.path = path, .expected = found->sha256, .from = {path, O_RDONLY}, .running = {}});
  checks_.push_back(check);
  return [check](std::span<char> out) -> core::Result<std::size_t> {
    if (!check->from.is_open()) return failed(check->path);
    const auto got = read_some(check->from, check->path, out);
    if (!got) return got;
    if (*got > 0) {
      check->running.add(out.first(*got));
    } else if (!check->right) {
      check->right = check->running.finish() == check->expected;
    }
    return got;
  };
}

core::Result<std::vector<RulebookText>> KeptFiles::rulebooks() {
  std::vector<RulebookText> texts;
  for (const core::ImportedFile& file : import_.files) {
    if (!is_rulebook(file.name)) continue;
    auto text = whole_text(*open(file.name), file.name);
    if (!text) return std::unexpected(text.error());
    texts.push_back({file.name, std::move(*text)});
  }
  return texts;
}

core::Result<std::vector<core::ImportedFile>> KeptFiles::finish() {
  for (const auto& check : checks_) {
    if (check->right) continue;
    return fail(
        Errc::kCorrupt,
        check->path + ": missing, or not the file that was imported; put it back from a backup");
  }
  return import_.files;
}

}  // namespace wasl::cli
