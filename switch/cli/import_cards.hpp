#pragma once
// The cards of an import in the order of their keys: accounts come sorted by insured number, and
// their cards in any order. Sorted in runs that lie on disk, so memory does not grow with the
// number of cards. One thread.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"

namespace wasl::cli {

// Entries of one run: some 64 MiB of memory, and twenty runs for twenty million cards.
inline constexpr std::size_t kCardRunEntries = 1'000'000;

struct CardEntry {
  core::CardNumber card;
  core::InsuredNumber insured;
  std::uint64_t line = 0;  // In cards.csv.
  bool newer = false;      // The account is written.
};

class CardSorter {
 public:
  // Runs go to `directory`, which is there. `run_entries` is for tests.
  explicit CardSorter(std::string directory, std::size_t run_entries = kCardRunEntries);
  ~CardSorter();

  [[nodiscard]] core::Result<void> add(const CardEntry& entry);
  // No more will be added.
  [[nodiscard]] core::Result<void> sort();
  // In the order of card keys; equal numbers in the order in which they came. False: the end.
  [[nodiscard]] core::Result<bool> next(CardEntry& entry);

 private:
  class Run;
  [[nodiscard]] core::Result<void> spill();

  std::string directory_;
  std::size_t run_entries_;
  std::vector<CardEntry> entries_;
  std::size_t given_ = 0;
  std::vector<std::unique_ptr<Run>> runs_;  // A heap by their next entry, once sorted.
};

}  // namespace wasl::cli
