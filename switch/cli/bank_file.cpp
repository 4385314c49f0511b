#include "cli/bank_file.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "cli/import_sha256.hpp"
#include "core/assert.hpp"
#include "core/run.hpp"
#include "iso20022/characters.hpp"
#include "iso20022/credit_transfer.hpp"

namespace wasl::cli {
namespace {

constexpr std::size_t kNameCharactersMax = 140;  // Max140Text

// What the bank may be given as a name.
bool is_name(std::string_view text) {
  const std::size_t characters = iso20022::character_count(text);
  return characters > 0 && characters <= kNameCharactersMax &&
         iso20022::legal_bytes(text) == text.size() && !iso20022::has_control_character(text);
}

// A person's name is not known here, and would be nobody's business.
std::string name_of(const core::Payout& payout) {
  const auto* insured = std::get_if<core::InsuredNumber>(&payout.payee);
  if (insured != nullptr) return "ASSURE " + std::string(insured->view());
  if (is_name(payout.to.name)) return payout.to.name;
  return std::string(std::get<core::Participant>(payout.payee).id.view());
}

std::vector<iso20022::Payout> payouts_of(const core::SettlementRun& run,
                                         std::span<const core::Payout> payouts) {
  const std::string remittance =
      "Reglement " + std::string(run.fund.view()) + ' ' + std::to_string(run.id);
  std::vector<iso20022::Payout> all;
  all.reserve(payouts.size());
  for (const core::Payout& each : payouts) {
    all.push_back({.end_to_end_id = core::end_to_end_id(run.fund, each.id),
                   .amount = each.amount,
                   .creditor_name = name_of(each),
                   .creditor_rib = each.to.account,
                   .remittance = remittance});
  }
  return all;
}

iso20022::CreditTransfer transfer_of(const core::SettlementRun& run, std::uint32_t number,
                                     std::span<const iso20022::Payout> payouts) {
  const core::RunExport& exported = *run.exported;
  const std::string debtor = is_name(exported.name) ? exported.name : std::string(run.fund.view());
  return {.message_id = core::bank_message_id(run.fund, run.id, number),
          .created_at = exported.at,
          .initiating_party = debtor,
          .debtor_name = debtor,
          .debtor_rib = exported.account,
          .currency = std::string(kBankCurrency),
          .value_date = run.value_date,
          .payouts = payouts};
}

}  // namespace

core::Result<core::BankFile> CreditTransferFiles::make(
    const core::SettlementRun& run, std::uint32_t number,
    std::span<const core::Payout> payouts) const {
  WASL_ASSERT(run.exported.has_value());
  const std::vector<iso20022::Payout> listed = payouts_of(run, payouts);
  auto bytes = iso20022::write_credit_transfer(transfer_of(run, number, listed));
  if (!bytes) return std::unexpected(bytes.error());
  core::BankFile file;
  file.name = core::bank_file_name(run.fund, run.id, number);
  file.sha256 = sha256_of(*bytes);
  file.bytes = std::move(*bytes);
  file.payouts = static_cast<std::uint32_t>(payouts.size());
  for (const core::Payout& payout : payouts) file.total += payout.amount;
  return file;
}

core::Sha256 sha256_of(std::string_view bytes) {
  RunningSha256 sum;
  sum.add(bytes);
  return sum.finish();
}

}  // namespace wasl::cli
