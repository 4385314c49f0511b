#pragma once
// A fund's bank, outside the switch: it has what was exported, and writes status files of it. Some
// are wrong. What it wrote it keeps, whatever becomes of the switch.

#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/status_file.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

struct BankFile {
  core::Sha256 sha256{};
  std::vector<core::StatusEntry> entries;  // By payout.
};

class Bank {
 public:
  // The name of a new file about some of the exported payouts; empty: there are none.
  [[nodiscard]] std::string write_file(const OrderedRows& rows, std::mt19937_64& random);
  [[nodiscard]] const std::map<std::string, BankFile>& files() const { return files_; }

 private:
  std::map<std::string, BankFile> files_;
};

}  // namespace wasl::test
