#pragma once
// Accounts and card links of an import, in key order: each account of the files on top of the one
// in the store. One thread.

#include <optional>
#include <string>

#include "cli/import_cards.hpp"
#include "cli/import_rows.hpp"
#include "core/rows.hpp"
#include "csv/account_stream.hpp"
#include "store/rocks.hpp"

namespace wasl::cli {

// Walks the store's rows beside sorted keys: near ones by stepping, far ones by seeking.
class StoredRows {
 public:
  explicit StoredRows(const store::Rocks& rocks) : cursor_(rocks.iterate()) {}
  // The row's stored bytes, valid until the next call; nothing if absent. Keys ascend.
  [[nodiscard]] core::Result<std::optional<std::string_view>> find(const core::RowKey& key);

 private:
  store::RowCursor cursor_;
};

class AccountRows {
 public:
  AccountRows(const RowsFrom& from, store::BulkLoad& load, ImportCounts& counts,
              csv::Faults& faults)
      : from_(from),
        load_(load),
        counts_(counts),
        faults_(faults),
        stored_(from.rocks),
        cards_(from.staging) {}

  // All accounts, then all cards.
  [[nodiscard]] core::Result<void> put_all(csv::AccountStream& stream);

 private:
  [[nodiscard]] core::Result<void> put(const core::Account& feed, const csv::AccountStream& at);
  [[nodiscard]] core::Result<void> put_cards();
  [[nodiscard]] core::Result<void> put_card(const CardEntry& entry);
  void fault(std::string_view file, std::uint64_t line, std::string wrong, std::string expected);

  const RowsFrom& from_;
  store::BulkLoad& load_;
  ImportCounts& counts_;
  csv::Faults& faults_;
  StoredRows stored_;
  CardSorter cards_;
  std::string bytes_;
};

}  // namespace wasl::cli
