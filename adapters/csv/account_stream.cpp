#include "csv/account_stream.hpp"

#include <algorithm>

#include "core/codec.hpp"

namespace wasl::csv {
namespace {

constexpr std::size_t kInsuredColumn = 0;  // In every file of accounts.

void note_order(Table& table, const core::InsuredNumber& last) {
  table.wrong(kInsuredColumn, quoted(table.raw(kInsuredColumn)) + " out of order",
              "an insured number not before that of the row above, " + core::masked(last.view()));
}

std::unique_ptr<AccountChild> child(const Open& open, const FileFormat& format, Faults& faults) {
  auto source = open(format.name);
  if (!source) return nullptr;
  return std::make_unique<AccountChild>(format, std::move(*source), faults);
}

}  // namespace

bool before(const core::InsuredNumber& a, const core::InsuredNumber& b) {
  if (a.view().size() != b.view().size()) return a.view().size() < b.view().size();
  return a.view() < b.view();
}

AccountChild::AccountChild(const FileFormat& format, Source source, Faults& faults)
    : table_(std::string{format.name}, std::move(source), format, faults) {}

bool AccountChild::advance() {
  taken_ = false;
  while (table_.next()) {
    const auto insured = table_.code<core::InsuredNumber>(kInsuredColumn);
    if (!table_.row_ok()) continue;
    if (before(insured, current_)) {
      note_order(table_, current_);
      continue;
    }
    current_ = insured;
    return has_row_ = true;
  }
  return has_row_ = false;
}

bool AccountChild::next_of(const core::InsuredNumber& insured) {
  if ((!has_row_ || taken_) && !advance()) return false;
  while (before(current_, insured)) {
    note_orphan();
    if (!advance()) return false;
  }
  taken_ = current_ == insured;
  return taken_;
}

void AccountChild::finish() {
  if ((!has_row_ || taken_) && !advance()) return;
  do {
    note_orphan();
  } while (advance());
}

void AccountChild::note_orphan() {
  table_.wrong(kInsuredColumn, "no account " + quoted(table_.raw(kInsuredColumn)),
               "an insured number of accounts.csv");
}

AccountStream::AccountStream(const Open& open, const OnFile& on_file, const Network& network,
                             Faults& faults)
    : on_file_(on_file), network_(network), faults_(faults) {
  auto source = open(AccountsFile::kFormat.name);
  if (!source) return;
  accounts_ = std::make_unique<Table>(std::string{AccountsFile::kFormat.name}, std::move(*source),
                                      AccountsFile::kFormat, faults);
  cards_ = child(open, CardsFile::kFormat, faults);
  beneficiaries_ = child(open, BeneficiariesFile::kFormat, faults);
  rights_ = child(open, RightsFile::kFormat, faults);
  treatments_ = child(open, TreatmentsFile::kFormat, faults);
  agreements_ = child(open, AgreementsFile::kFormat, faults);
}

AccountStream::~AccountStream() = default;

bool AccountStream::next(core::Account& account) {
  if (accounts_ == nullptr) return false;
  if (!accounts_->next()) {
    for (const auto& each : {&cards_, &beneficiaries_, &rights_, &treatments_, &agreements_}) {
      if (*each != nullptr) (*each)->finish();
    }
    return false;
  }
  account = {};
  card_lines_.clear();
  const std::uint64_t faults_before = faults_.count();
  read_head(account);
  if (account.insured.empty()) return true;
  read_beneficiaries(account);
  read_cards(account);
  read_rights(account);
  read_treatments(account);
  read_agreements(account);
  if (faults_.count() == faults_before) check_whole(account);
  return true;
}

void AccountStream::read_head(core::Account& account) {
  using F = AccountsFile;
  Table& table = *accounts_;
  account.insured = table.code<core::InsuredNumber>(F::kInsured);
  account.fund = table.code<core::FundCode>(F::kFund);
  account.payout_account = table.ascii_or_empty(F::kPayoutAccount, core::kPayoutAccountBytesMax);
  account.source_version = table.integer(F::kSourceVersion, {1, kSourceVersionMax});
  const bool fund_known = network_.fund_codes.contains(account.fund) || on_file_.fund(account.fund);
  if (!fund_known && !account.fund.empty()) {
    table.wrong(F::kFund, quoted(account.fund.view()) + " is not known", "one of funds.csv");
  }
  if (account.insured == last_ && !last_.empty()) {
    table.wrong(F::kInsured, quoted(account.insured.view()) + " again",
                "each key once in the file");
  } else if (!account.insured.empty() && before(account.insured, last_)) {
    note_order(table, last_);
    account.insured = {};  // Its other rows have been passed: they would be noted once more.
    return;
  }
  if (!account.insured.empty()) last_ = account.insured;
}

// What no single row shows.
void AccountStream::check_whole(const core::Account& account) {
  if (account.beneficiaries.empty() && beneficiaries_ != nullptr) {
    accounts_->wrong(AccountsFile::kInsured, "an account without beneficiaries",
                     "1 to " + std::to_string(core::kRankMax) + " in beneficiaries.csv");
  }
  const std::size_t bytes = core::encoded_bytes(account);
  if (bytes > core::kAccountBytesMax) {
    accounts_->wrong(AccountsFile::kInsured, "an account of " + std::to_string(bytes) + " bytes",
                     "fewer cards, rights, treatments or agreements: at most " +
                         std::to_string(core::kAccountBytesMax) + " bytes");
  }
}

std::uint64_t AccountStream::line() const { return accounts_->line(); }

std::vector<std::pair<std::string, std::uint64_t>> AccountStream::rows() const {
  std::vector<std::pair<std::string, std::uint64_t>> counts;
  if (accounts_ == nullptr) return counts;
  counts.emplace_back(accounts_->name(), accounts_->rows());
  for (const auto& each : {&cards_, &beneficiaries_, &rights_, &treatments_, &agreements_}) {
    if (*each != nullptr) counts.emplace_back((*each)->table().name(), (*each)->rows());
  }
  return counts;
}

}  // namespace wasl::csv
