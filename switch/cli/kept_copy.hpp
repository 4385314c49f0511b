#pragma once
// The kept files of imports, as a backup needs them: which ones a journal names, and whether they
// are what it says; copied on the way. One thread.

#include <set>

#include "core/files.hpp"
#include "core/ids.hpp"
#include "journal/reader.hpp"

namespace wasl::cli {

// SHA-256 of each: equal files are kept once.
using KeptNames = std::set<core::Sha256>;

// Adds what the group names if it is an import's. Fails with kUnsupported for a record that only a
// newer build can read.
[[nodiscard]] core::Result<void> note_kept(const journal::Group& group, KeptNames& names);

// The bytes of all files, each read and held against its SHA-256, and written to `to` unless that
// is null: `to` is synced then, and the copies are there under the same names. Fails with
// kCorrupt, naming the file, if one is missing or is another.
[[nodiscard]] core::Result<std::uint64_t> copy_kept(core::Directory& from, const KeptNames& names,
                                                    core::Directory* to);

}  // namespace wasl::cli
