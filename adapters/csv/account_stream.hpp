#pragma once
// The account files side by side: all are sorted by insured number, so each account is put together
// from where its files stand, with memory for one account only. Shorter numbers sort first, then
// byte by byte, as account keys do. One thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/rows.hpp"
#include "csv/faults.hpp"
#include "csv/formats.hpp"
#include "csv/network.hpp"

namespace wasl::csv {

// A file that is read beside accounts.csv; its first column is the insured number.
class AccountChild {
 public:
  AccountChild(const FileFormat& format, Source source, Faults& faults);

  // Moves to the next row of this account. Rows of numbers passed over belong to no account: they
  // are noted.
  [[nodiscard]] bool next_of(const core::InsuredNumber& insured);
  // Notes what is left behind the last account.
  void finish();
  [[nodiscard]] Table& table() { return table_; }
  [[nodiscard]] std::uint64_t rows() const { return table_.rows(); }

 private:
  [[nodiscard]] bool advance();
  void note_orphan();

  Table table_;
  core::InsuredNumber current_;
  bool has_row_ = false;
  bool taken_ = false;  // The current row was given out.
};

class AccountStream {
 public:
  // False in has_accounts() if the import has no accounts.csv.
  AccountStream(const Open& open, const OnFile& on_file, const Network& network, Faults& faults);
  ~AccountStream();

  [[nodiscard]] bool has_accounts() const { return accounts_ != nullptr; }
  // False: the end; faults say whether all was well. A card's rights_until is the file's: the
  // import takes it for a card that is new to the switch only.
  [[nodiscard]] bool next(core::Account& account);
  // Where the account given last began in accounts.csv.
  [[nodiscard]] std::uint64_t line() const;
  // The lines of the cards of the account given last, in its order.
  [[nodiscard]] const std::vector<std::uint64_t>& card_lines() const { return card_lines_; }
  // Rows of each file read, by name.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> rows() const;

 private:
  void read_head(core::Account& account);
  void read_beneficiaries(core::Account& account);
  void read_cards(core::Account& account);
  void read_rights(core::Account& account);
  void read_treatments(core::Account& account);
  void read_agreements(core::Account& account);
  void check_whole(const core::Account& account);

  const OnFile& on_file_;
  const Network& network_;
  Faults& faults_;
  std::unique_ptr<Table> accounts_;
  std::unique_ptr<AccountChild> cards_;
  std::unique_ptr<AccountChild> beneficiaries_;
  std::unique_ptr<AccountChild> rights_;
  std::unique_ptr<AccountChild> treatments_;
  std::unique_ptr<AccountChild> agreements_;
  core::InsuredNumber last_;
  std::vector<std::uint64_t> card_lines_;
};

// The order of the account files, and of account keys.
[[nodiscard]] bool before(const core::InsuredNumber& a, const core::InsuredNumber& b);

}  // namespace wasl::csv
