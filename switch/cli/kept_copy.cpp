#include "cli/kept_copy.hpp"

#include <string>
#include <vector>

#include "cli/import_files.hpp"
#include "cli/import_sha256.hpp"
#include "core/codec.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::fail;
using core::Result;

// One read and one write: few calls, little memory.
constexpr std::size_t kPieceBytes = 256 * 1024;

Result<std::unique_ptr<core::File>> create(core::Directory* to, const std::string& name) {
  if (to == nullptr) return nullptr;
  return to->open(name, core::OpenMode::kCreate);
}

Result<std::uint64_t> copy_one(core::File& from, core::File* to, const core::Sha256& sha256,
                               const std::string& path) {
  RunningSha256 running;
  std::vector<std::uint8_t> piece(kPieceBytes);
  std::uint64_t at = 0;
  for (;;) {
    const Result<std::size_t> got = from.read_at(at, piece);
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
    const core::ByteView bytes = core::ByteView(piece).first(*got);
    const std::string_view text = core::as_text(bytes);
    running.add({text.data(), text.size()});
    const Result<void> written = to == nullptr ? Result<void>{} : to->write_at(at, bytes);
    if (!written) return std::unexpected(written.error());
    at += *got;
  }
  if (running.finish() != sha256) {
    return fail(Errc::kCorrupt,
                path + ": is not the file that was imported; put it back from a backup");
  }
  const Result<void> synced = to == nullptr ? Result<void>{} : to->sync();
  if (!synced) return std::unexpected(synced.error());
  return at;
}

}  // namespace

Result<void> note_kept(const journal::Group& group, KeptNames& names) {
  if (group.records.size() != 1) return {};  // An import is a group of its own.
  const std::optional<core::RecordView> record = core::decode_record(group.records.front().payload);
  if (!record) {
    return fail(Errc::kUnsupported, "record " + std::to_string(group.anchor.sequence) +
                                        " is whole but this build cannot read it: use the wasl "
                                        "that wrote it, or a newer one");
  }
  const auto* import = std::get_if<core::Import>(&record->command.request);
  if (import == nullptr) return {};
  for (const core::ImportedFile& file : import->files) names.insert(file.sha256);
  return {};
}

Result<std::uint64_t> copy_kept(core::Directory& from, const KeptNames& names,
                                core::Directory* to) {
  std::uint64_t bytes = 0;
  for (const core::Sha256& sha256 : names) {
    const std::string name = kept_name(sha256);
    const std::string path = from.path() + "/" + name;
    Result<std::unique_ptr<core::File>> file = from.open(name, core::OpenMode::kRead);
    if (!file && file.error().code == Errc::kNotFound) {
      return fail(Errc::kCorrupt,
                  path + ": a file that was imported is gone; put it back from a backup");
    }
    if (!file) return std::unexpected(file.error());
    const Result<std::unique_ptr<core::File>> copy = create(to, name);
    if (!copy) return std::unexpected(copy.error());
    const Result<std::uint64_t> copied = copy_one(**file, copy->get(), sha256, path);
    if (!copied) return copied;
    bytes += *copied;
  }
  const Result<void> synced = to == nullptr ? Result<void>{} : to->sync();
  if (!synced) return std::unexpected(synced.error());
  return bytes;
}

}  // namespace wasl::cli
