#pragma once
// `wasl import`: the files of a network into a store that nobody serves. All or nothing: the files
// are checked whole, kept, and journaled; then their rows become visible at once. A crash at any
// point leaves the store without the import or recovery with what it needs to finish it. Blocking;
// one thread.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/import_rows.hpp"
#include "store/recovery.hpp"

namespace wasl::cli {

struct ImportProgress {
  std::uint64_t accounts = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t bytes = 0;  // Of all files.
};

struct ImportOptions {
  std::vector<std::string> paths;  // Directories and files.
  std::string kept;                // Where files are kept: "imports" in the data directory.
  core::Instant now{};             // Of the record; the last record's if that is later.
  bool accept_clock = false;       // Whatever cli/clock_check.hpp says of `now`.
  std::function<void(const ImportProgress& progress)> progress = {};
};

struct ImportReport {
  ImportCounts counts;
  std::vector<core::ImportedFile> files;
  core::Sequence sequence = 0;  // Of its record; 0: nothing was newer, nothing was journaled.
};

// Fails with kMalformed when `faults` says what is wrong with the files; nothing was changed then,
// as after any error but kUnknownOutcome.
[[nodiscard]] core::Result<ImportReport> import_network(const store::StorePlaces& places,
                                                        const ImportOptions& options,
                                                        csv::Faults& faults);

// For recovery and verify: carries imports out again from the files kept in the directory.
[[nodiscard]] store::RunImport run_kept_imports(std::string kept);

}  // namespace wasl::cli
