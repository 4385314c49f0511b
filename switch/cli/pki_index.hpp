#pragma once
// The authority's index file and the two ways in which its directory is written: replaced
// atomically, or created once and never overwritten. One line per certificate, tab-separated,
// behind a header that carries the number of the last revocation list:
//   wasl-pki 1 crl=<number>
//   <serial> <client|server> <not after> <revoked at, or -> <subject>

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/pki.hpp"

namespace wasl::cli {

struct PkiIndex {
  std::uint64_t crl_number = 0;
  std::vector<PkiEntry> entries;
};

[[nodiscard]] std::string format_index(const PkiIndex& index);
// kCorrupt names the line.
[[nodiscard]] core::Result<PkiIndex> parse_index(std::string_view text);

// Written beside the file, synced, renamed over it, and the directory synced.
[[nodiscard]] core::Result<void> replace_file(const std::string& path, std::string_view content);
// kExists if there is such a file. Synced, and its directory too.
[[nodiscard]] core::Result<void> create_file(const std::string& path, std::string_view content,
                                             mode_t mode);

}  // namespace wasl::cli
