#pragma once
// What `wasl verify` knows: the chain from its first record, the mirror equal to it, RocksDB's
// checksums, RocksDB's rows equal to a replay by apply() (every key compared, at the point where
// RocksDB stands), and the invariants of verify_claims.hpp at the journal's end. Reads only, also
// right after a kill; writes to the scratch directory alone. The store must not be served
// meanwhile. One thread.

#include <cstdint>
#include <string>
#include <vector>

#include "core/files.hpp"
#include "journal/format.hpp"
#include "store/bulk_load.hpp"
#include "store/rocks_options.hpp"

namespace wasl::store {

struct VerifyPlaces {
  core::Directory& journal;
  core::Directory& head;
  core::Directory* mirror = nullptr;  // nullptr: there is none.
  RocksConfig rocks;
  // An empty or absent directory on the kernel's file system; the replayed rows go there, so it
  // needs as much space as the store.
  std::string scratch;
  // For the imports in the journal.
  RunImport run_import = {};
};

struct Difference {
  std::string where;  // One of those that docs/operating.md lists.
  std::string what;   // With sequence or masked key; safe to log.
};

// Named differences; the rest is only counted.
inline constexpr std::size_t kDifferencesNamed = 100;

class Differences {
 public:
  void add(std::string where, std::string what);
  [[nodiscard]] const std::vector<Difference>& named() const { return named_; }
  [[nodiscard]] std::uint64_t total() const { return total_; }

 private:
  std::vector<Difference> named_;
  std::uint64_t total_ = 0;
};

struct Verified {
  std::uint64_t records = 0;
  std::uint64_t groups = 0;
  std::uint64_t claims = 0;         // Decided claims, whatever their outcome.
  std::uint64_t business_days = 0;  // Begun, of all funds: a record each.
  std::uint64_t rows_compared = 0;
  journal::Anchor applied;  // Where RocksDB stands; the genesis if it does not open.
  bool compared = false;    // Its rows, with a replay up to there.
  journal::Anchor last;     // The journal's last verified group.
  bool torn_tail = false;   // A group that a power cut tore stands behind it: no difference.
  Differences differences;
};

// Damage, disagreement and missing parts are differences, and the parts that are there are looked
// at all the same. The error is for what keeps verify from looking: nothing of a switch, no
// permission, a newer version, no space in the scratch directory.
[[nodiscard]] core::Result<Verified> verify_store(const VerifyPlaces& places);

}  // namespace wasl::store
