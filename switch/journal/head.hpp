#pragma once
// The head: a small file, best on another disk, that says how far the journal is durable. It makes
// a journal that lost its end visible. Two slots are written in turn, each one sector: a torn write
// costs the newer slot only. The head is never ahead of what is synced. One thread.

#include <memory>

#include "core/files.hpp"
#include "journal/format.hpp"

namespace wasl::journal {

// Slots lie on different pages, so that one write never touches both.
inline constexpr std::uint64_t kHeadSlotDistance = 4096;
inline constexpr std::uint64_t kHeadBytes = 2 * kHeadSlotDistance;
inline constexpr const char* kHeadName = "head";

struct HeadState {
  Anchor anchor;               // Of the newer readable slot.
  int slot = 0;                // Which one that is: 0 or 1.
  bool other_damaged = false;  // The other slot holds something that cannot be read.
};

// Fails with kNotFound if there is no head, kCorrupt if no slot can be read, kUnsupported if a
// newer version wrote one. Never writes.
[[nodiscard]] core::Result<HeadState> read_head(core::Directory& directory);

class HeadFile {
 public:
  // Makes the file with one slot at `first`. Fails with kExists if there is one.
  [[nodiscard]] static core::Result<void> create(core::Directory& directory, const Anchor& first);
  // Opens for writing; `state` is what read_head gave.
  [[nodiscard]] static core::Result<HeadFile> open(core::Directory& directory,
                                                   const HeadState& state);

  // Writes the older slot and syncs. After a failure the head on disk is either the old or the new
  // one.
  [[nodiscard]] core::Result<void> advance(const Anchor& anchor);
  [[nodiscard]] const Anchor& anchor() const { return anchor_; }

 private:
  HeadFile(std::unique_ptr<core::File> file, const HeadState& state);

  std::unique_ptr<core::File> file_;
  Anchor anchor_;
  int next_slot_;
};

}  // namespace wasl::journal
