#pragma once
// Making a data directory, and bringing one up: the journal recovers first, then RocksDB is carried
// to the journal's end by apply(). What does not fit together is refused with file and way out,
// nothing is guessed. Start-up only; one thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/files.hpp"
#include "core/reference.hpp"
#include "journal/journal.hpp"
#include "store/bulk_load.hpp"
#include "store/durable_store.hpp"
#include "store/rocks_options.hpp"

namespace wasl::store {

struct StorePlaces {
  journal::Places journal;
  RocksConfig rocks;
  journal::Options segments;
  // Whose free space counts; they outlive the store.
  std::vector<core::Directory*> counted;
  std::uint64_t disk_reserve_bytes = 0;  // Near it what can wait does not begin; 0: it always may.
  // For imports in the journal that the store has not applied.
  RunImport run_import = {};
};

struct BroughtUp {
  StoreParts parts;
  core::Reference reference;  // As of the journal's end.
  core::Instant last_now{};   // Of the last record; 1970 if there is none.
  journal::RecoveryReport journal_report;
  std::uint64_t replayed = 0;         // Records carried into RocksDB.
  std::vector<core::FundCode> funds;  // On file.

  [[nodiscard]] const journal::Anchor& last() const { return parts.journal.last(); }
};

// Makes journal, head, mirror and RocksDB, all empty, all carrying the id (random, from the
// caller). Fails with kExists if any of them is there. Only `wasl init` calls it.
[[nodiscard]] core::Result<void> create_store(const StorePlaces& places,
                                              const journal::DataId& data_id);

// Never creates. Fails with kNotFound, kCorrupt or kUnsupported when something is missing, damaged,
// of another data id, not on the chain, or newer than this build. Starts a flush, which makes the
// new anchor durable behind the first answers.
[[nodiscard]] core::Result<BroughtUp> bring_up(const StorePlaces& places);

// The way out when RocksDB is lost or damaged and the journal is whole: a new RocksDB, in place of
// none, from a replay of the whole journal. Fails with kExists while the old one is still there.
[[nodiscard]] core::Result<std::uint64_t> rebuild_rocks(const StorePlaces& places);

// The catalogue, tarifs, prescribers, funds and rulebooks of an open store.
[[nodiscard]] core::Result<core::Reference> read_reference(const Rocks& rocks);
[[nodiscard]] core::Result<std::vector<core::FundCode>> read_funds(const Rocks& rocks);

}  // namespace wasl::store
