#pragma once
// From the files of an import to the rows that it writes: what the files say on top of what the
// store holds. The same files on the same store give the same rows, so recovery can carry an import
// out again. One thread.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/import_files.hpp"
#include "csv/faults.hpp"
#include "store/bulk_load.hpp"

namespace wasl::cli {

// Of rows of the store; `unchanged` are those of files that are not above what is on file.
struct ImportCounts {
  std::uint64_t accounts = 0;
  std::uint64_t cards = 0;  // New ones.
  std::uint64_t registrations = 0;
  std::uint64_t reference = 0;  // Funds, rulebooks, products, tarifs, prescribers.
  std::uint64_t unchanged = 0;

  friend bool operator==(const ImportCounts&, const ImportCounts&) = default;
};

struct ImportRows {
  store::Tables tables;
  ImportCounts counts;
  std::vector<std::pair<std::string, std::uint64_t>> file_rows;  // Rows of each CSV file.
};

struct RowsFrom {
  ImportFiles& files;
  const store::Rocks& rocks;
  const store::RocksConfig& tables;  // Options of the table files.
  std::string staging;               // Emptied; on the store's file system.
  // Called every few thousand accounts with their number so far; may be empty.
  std::function<void(std::uint64_t accounts)> progress = {};
};

// What is wrong with the files is noted in `faults`, and then the rows are of no use; the error is
// for what keeps the import from looking: disk, store.
[[nodiscard]] core::Result<ImportRows> make_import_rows(const RowsFrom& from, csv::Faults& faults);

}  // namespace wasl::cli
