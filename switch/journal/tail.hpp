#pragma once
// What stands behind the last verified group: nothing, one write that a power cut tore, or damage.
// A disk writes 512-byte sectors wholly or not at all onto zeros that were synced before, and at
// most one group is ever unsynced: so a torn record touches a sector that is still zero. Reads
// only. One thread.

#include <cstdint>
#include <optional>
#include <string>

#include "core/files.hpp"
#include "journal/group.hpp"

namespace wasl::journal {

// A last group that a power cut can have torn. It was never acknowledged.
struct CutWrite {
  std::string path;
  Position start;
  std::uint64_t bytes = 0;  // Up to the last byte that is not zero.
};

struct VerifiedEnd {
  Position end;      // Behind the last verified group.
  ChainPoint after;  // That group's last record.
  std::uint64_t segments = 0;
};

// Nothing if only zeros follow. Fails with kCorrupt and the place if what follows is not one torn
// group, kUnsupported if a newer version wrote it.
[[nodiscard]] core::Result<std::optional<CutWrite>> judge_tail(core::Directory& directory,
                                                               const DataId& data_id,
                                                               const VerifiedEnd& verified);

}  // namespace wasl::journal
