#include "cli/bank_file.hpp"

#include <algorithm>
#include <charconv>

#include "cli/import_sha256.hpp"
#include "core/calendar.hpp"
#include "core/run.hpp"
#include "iso20022/characters.hpp"
#include "iso20022/credit_transfer.hpp"
#include "iso20022/values.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::FundCode;
using core::Result;

constexpr std::string_view kFileMark = "-F";
constexpr std::size_t kNameCharactersMax = 140;  // Max140Text

// What the bank may be given as a name.
bool is_name(std::string_view text) {
  const std::size_t characters = iso20022::character_count(text);
  return characters > 0 && characters <= kNameCharactersMax &&
         iso20022::legal_bytes(text) == text.size() && !iso20022::has_control_character(text);
}

// A person's name is not known here, and would be nobody's business.
std::string name_of(const v1::Transfer& transfer) {
  const v1::Payee& payee = transfer.payee();
  if (!payee.has_provider()) return "ASSURE " + payee.insured_number();
  return is_name(transfer.payee_name()) ? transfer.payee_name() : payee.provider().id();
}

std::string plain(const FundCode& fund) { return std::string(fund.view()); }

Result<std::vector<iso20022::Payout>> payouts_of(const FundCode& fund, const v1::SettlementRun& run,
                                                 std::span<const v1::Transfer> transfers) {
  const std::string remittance = "Reglement " + plain(fund) + ' ' + std::to_string(run.run());
  std::vector<iso20022::Payout> payouts;
  core::Cents total;  // Above its bound for one payout at most, so that no sum can overflow.
  for (const v1::Transfer& each : transfers) {
    const core::PayoutId id{.run = run.run(),
                            .number = static_cast<std::uint32_t>(payouts.size() + 1)};
    if (each.number() != id.number || each.end_to_end_id() != core::end_to_end_id(fund, id) ||
        each.amount_cents() > iso20022::kAmountMax.value || total > iso20022::kAmountMax) {
      return core::fail(Errc::kMalformed, "the switch's list of transfers is not run " +
                                              std::to_string(run.run()) + "'s at payout " +
                                              std::to_string(id.number) + "; ask again");
    }
    total += core::Cents{each.amount_cents()};
    payouts.push_back({.end_to_end_id = each.end_to_end_id(),
                       .amount = core::Cents{each.amount_cents()},
                       .creditor_name = name_of(each),
                       .creditor_rib = each.payout_account(),
                       .remittance = remittance});
  }
  if (payouts.size() == run.payouts() && total.value == run.total_cents()) return payouts;
  return core::fail(Errc::kMalformed, "the switch's transfers do not add up to run " +
                                          std::to_string(run.run()) + "; ask again");
}

// All but the message id and the payouts.
Result<iso20022::CreditTransfer> head_of(const FundCode& fund, const v1::SettlementRun& run) {
  const auto value_date = core::parse_day(run.value_date());
  if (!value_date) return core::fail(Errc::kMalformed, "the run's value date is none");
  const std::string debtor = is_name(run.debtor_name()) ? run.debtor_name() : plain(fund);
  iso20022::CreditTransfer head;
  head.created_at = core::Instant{std::chrono::milliseconds{run.exported_at_ms()}};
  head.initiating_party = debtor;
  head.debtor_name = debtor;
  head.debtor_rib = run.debtor_account();
  head.currency = kBankCurrency;
  head.value_date = *value_date;
  return head;
}

Result<TransferFile> file_of(const iso20022::CreditTransfer& transfer) {
  Result<std::string> bytes = iso20022::write_credit_transfer(transfer);
  if (!bytes) {
    return core::fail(bytes.error().code, transfer.message_id + ": " + bytes.error().context);
  }
  TransferFile file;
  file.name = transfer.message_id + ".xml";
  file.sha256 = sha256_of(*bytes);
  file.bytes = std::move(*bytes);
  file.payouts = static_cast<std::uint32_t>(transfer.payouts.size());
  for (const iso20022::Payout& payout : transfer.payouts) file.total += payout.amount;
  return file;
}

// 0 for what is no number. What stands behind it is not looked at.
template <typename Number>
Number leading_number(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

Result<std::vector<TransferFile>> bank_files(const FundCode& fund, const v1::SettlementRun& run,
                                             std::span<const v1::Transfer> transfers) {
  if (run.state() != v1::RUN_EXPORTED || run.payouts_per_file() == 0) {
    return core::fail(Errc::kOutOfRange, "run " + std::to_string(run.run()) + " is not exported");
  }
  const auto payouts = payouts_of(fund, run, transfers);
  if (!payouts) return std::unexpected(payouts.error());
  auto head = head_of(fund, run);
  if (!head) return std::unexpected(head.error());
  std::vector<TransferFile> files;
  for (const auto part : iso20022::split_into_files(*payouts, run.payouts_per_file())) {
    head->message_id = message_id_of(fund, run.run(), static_cast<std::uint32_t>(files.size() + 1));
    head->payouts = part;
    Result<TransferFile> file = file_of(*head);
    if (!file) return std::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

std::string message_id_of(const FundCode& fund, std::uint64_t run, std::uint32_t number) {
  return plain(fund) + '-' + std::to_string(run).append(kFileMark) + std::to_string(number);
}

std::optional<FileOfRun> file_named(const FundCode& fund, std::span<const v1::SettlementRun> runs,
                                    std::string_view message_id) {
  if (message_id.size() <= fund.view().size()) return std::nullopt;
  const std::string_view behind_fund = message_id.substr(fund.view().size() + 1);
  const std::size_t mark = behind_fund.find(kFileMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const auto id = leading_number<std::uint64_t>(behind_fund);
  const auto number = leading_number<std::uint32_t>(behind_fund.substr(mark + kFileMark.size()));
  if (number == 0 || message_id_of(fund, id, number) != message_id) return std::nullopt;
  const auto run = std::ranges::find(runs, id, &v1::SettlementRun::run);
  if (run == runs.end() || run->state() != v1::RUN_EXPORTED) return std::nullopt;
  const std::uint64_t before = std::uint64_t{number - 1} * run->payouts_per_file();
  if (before >= run->payouts()) return std::nullopt;
  const std::uint64_t last =
      std::min<std::uint64_t>(before + run->payouts_per_file(), run->payouts());
  return FileOfRun{.run = id,
                   .number = number,
                   .first = static_cast<std::uint32_t>(before + 1),
                   .last = static_cast<std::uint32_t>(last)};
}

core::Sha256 sha256_of(std::string_view bytes) {
  RunningSha256 sum;
  sum.add(bytes);
  return sum.finish();
}

}  // namespace wasl::cli
