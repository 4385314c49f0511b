#pragma once
// Reads a whole journal from its first record, for a backup of it: one that a server may be
// appending to, or one that nobody writes to any more. Only verified groups are given, and a
// journal that does not reach its head is refused. Reads only; needs no lock. One thread.

#include <cstdint>
#include <functional>

#include "core/calendar.hpp"
#include "core/files.hpp"
#include "journal/reader.hpp"

namespace wasl::cli {

// Each group in order. Its error ends the walk.
using VisitGroup = std::function<core::Result<void>(const journal::Group& group)>;

struct Walked {
  journal::Anchor last;      // The genesis if there is no record.
  core::Instant last_now{};  // Of the last record; 1970 if there is none.
  std::uint64_t groups = 0;  // As many records as the sequence of the last.
  bool torn_tail =
      false;  // Behind it stands a group that is not whole: nobody was answered from it.
};

// Up to the last group that is whole when the walk comes there: at the head or behind it, and
// behind everything that was answered before the walk began. A group that is just being written is
// left out. Fails with kCorrupt, naming file and offset, for damage and for a journal that ends
// before its head.
[[nodiscard]] core::Result<Walked> walk_live(core::Directory& journal, core::Directory& head,
                                             const VisitGroup& visit);

// Of a backup: the head names the very last group, and nothing stands behind it.
[[nodiscard]] core::Result<Walked> walk_closed(core::Directory& journal, core::Directory& head,
                                               const VisitGroup& visit);

}  // namespace wasl::cli
