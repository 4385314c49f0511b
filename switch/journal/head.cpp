#include "journal/head.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/assert.hpp"
#include "journal/segment.hpp"

namespace wasl::journal {
namespace {

using core::Errc;
using core::Result;

constexpr const char* kHeadUnfinishedName = "head.new";

struct Slot {
  std::optional<Anchor> anchor;
  bool damaged = false;
};

Result<Slot> read_slot(core::File& file, const std::string& path, std::uint64_t offset) {
  HeadSlotBytes bytes{};
  const Result<std::size_t> read = file.read_at(offset, bytes);
  if (!read) return std::unexpected(read.error());
  const Decoded<Anchor> anchor = decode_head_slot(core::ByteView(bytes).first(*read));
  if (anchor) return Slot{.anchor = *anchor};
  if (anchor.error() == FormatFault::kNewer) {
    return core::fail(Errc::kUnsupported, path + ": written by a newer version; use that version");
  }
  return Slot{.anchor = std::nullopt, .damaged = *read != bytes.size() || !all_zero(bytes)};
}

}  // namespace

Result<HeadState> read_head(core::Directory& directory) {
  const std::string path = directory.path() + "/" + kHeadName;
  Result<std::unique_ptr<core::File>> file = directory.open(kHeadName, core::OpenMode::kRead);
  if (!file && file.error().code == Errc::kNotFound) {
    return core::fail(Errc::kNotFound,
                      path +
                          ": there is no head; if this directory was never initialised, `wasl "
                          "init` does it; else put back the head that belongs to "
                          "the journal: docs/data_format.md, \"When recovery refuses\"");
  }
  if (!file) return std::unexpected(file.error());
  std::array<Slot, 2> slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const Result<Slot> slot = read_slot(**file, path, i * kHeadSlotDistance);
    if (!slot) return std::unexpected(slot.error());
    slots[i] = *slot;
  }
  if (!slots[0].anchor && !slots[1].anchor) return refuse(path, 0, "no slot of the head is whole");
  const bool second = !slots[0].anchor ||
                      (slots[1].anchor && slots[1].anchor->sequence > slots[0].anchor->sequence);
  const Slot& newer = slots[second ? 1 : 0];
  const Slot& older = slots[second ? 0 : 1];
  const bool agree =
      !older.anchor ||
      (older.anchor->data_id == newer.anchor->data_id &&
       (older.anchor->sequence < newer.anchor->sequence || *older.anchor == *newer.anchor));
  if (!agree) return refuse(path, 0, "the two slots of the head contradict each other");
  return HeadState{.anchor = *newer.anchor, .slot = second ? 1 : 0, .other_damaged = older.damaged};
}

Result<void> HeadFile::create(core::Directory& directory, const Anchor& first) {
  if (directory.open(kHeadName, core::OpenMode::kRead)) {
    return core::fail(Errc::kExists, directory.path() + "/" + kHeadName + ": there is a head");
  }
  Result<std::unique_ptr<core::File>> file =
      directory.open(kHeadUnfinishedName, core::OpenMode::kCreate);
  if (!file) return std::unexpected(file.error());
  std::vector<std::uint8_t> bytes(kHeadBytes);
  std::ranges::copy(encode_head_slot(first), bytes.begin());
  const Result<void> written = (*file)->write_at(0, bytes);
  if (!written) return written;
  const Result<void> synced = (*file)->sync();
  if (!synced) return synced;
  const Result<void> named = directory.rename(kHeadUnfinishedName, kHeadName);
  if (!named) return named;
  return directory.sync();
}

Result<HeadFile> HeadFile::open(core::Directory& directory, const HeadState& state) {
  Result<std::unique_ptr<core::File>> file = directory.open(kHeadName, core::OpenMode::kReadWrite);
  if (!file) return std::unexpected(file.error());
  return HeadFile(std::move(*file), state);
}

HeadFile::HeadFile(std::unique_ptr<core::File> file, const HeadState& state)
    : file_(std::move(file)), anchor_(state.anchor), next_slot_(1 - state.slot) {}

Result<void> HeadFile::advance(const Anchor& anchor) {
  WASL_ASSERT(anchor.data_id == anchor_.data_id);
  WASL_ASSERT(anchor.sequence >= anchor_.sequence);
  const HeadSlotBytes bytes = encode_head_slot(anchor);
  const std::uint64_t offset = next_slot_ == 0 ? 0 : kHeadSlotDistance;
  const Result<void> written = file_->write_at(offset, bytes);
  if (!written) return written;
  const Result<void> synced = file_->sync();
  if (!synced) return synced;
  anchor_ = anchor;
  next_slot_ = 1 - next_slot_;
  return {};
}

}  // namespace wasl::journal
