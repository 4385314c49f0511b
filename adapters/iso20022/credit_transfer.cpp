#include "iso20022/credit_transfer.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/rib.hpp"
#include "iso20022/characters.hpp"
#include "iso20022/values.hpp"
#include "iso20022/writer.hpp"

namespace wasl::iso20022 {
namespace {

using core::Cents;
using core::Errc;
using core::Result;

constexpr std::string_view kNamespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
constexpr std::size_t kIdCharactersMax = 35;     // Max35Text
constexpr std::size_t kNameCharactersMax = 140;  // Max140Text
constexpr std::size_t kBankDigits = 3;           // The first ones of a RIB.
constexpr std::size_t kCurrencyLetters = 3;      // ActiveOrHistoricCurrencyCode

// A text and what its schema admits.
struct TextField {
  std::string_view name;
  std::string_view text;
  std::size_t characters_max;
};

Result<void> check_text(const TextField& field) {
  const std::string name(field.name);
  if (legal_bytes(field.text) < field.text.size()) {
    return core::fail(Errc::kMalformed, name + ": a character that XML in UTF-8 does not admit");
  }
  if (has_control_character(field.text)) {
    return core::fail(Errc::kMalformed, name + ": a control character");
  }
  const std::size_t characters = character_count(field.text);
  if (characters == 0 || characters > field.characters_max) {
    return core::fail(Errc::kOutOfRange, name + ": " + std::to_string(characters) +
                                             " characters, expected 1 to " +
                                             std::to_string(field.characters_max));
  }
  return {};
}

Result<void> check_texts(std::initializer_list<TextField> fields) {
  for (const TextField& each : fields) {
    if (const auto checked = check_text(each); !checked) return checked;
  }
  return {};
}

Result<void> check_rib(std::string_view name, std::string_view rib) {
  if (core::is_rib(rib)) return {};
  return core::fail(Errc::kOutOfRange,
                    std::string(name) + ": expected the 20 digits of a RIB with its right key");
}

Result<void> check_payout(const Payout& payout) {
  const auto texts = check_texts({{"end-to-end id", payout.end_to_end_id, kIdCharactersMax},
                                  {"creditor name", payout.creditor_name, kNameCharactersMax}});
  if (!texts) return texts;
  if (!payout.remittance.empty()) {
    const auto remittance = check_text({"remittance", payout.remittance, kNameCharactersMax});
    if (!remittance) return remittance;
  }
  if (payout.amount <= Cents{0} || payout.amount > kAmountMax) {
    return core::fail(Errc::kOutOfRange, "amount: expected 0.01 to " + core::to_text(kAmountMax));
  }
  return check_rib("creditor RIB", payout.creditor_rib);
}

// Each by itself, then what they must be together: ids that differ, a sum that has its place.
Result<void> check_payouts(std::span<const Payout> payouts) {
  std::set<std::string_view> ids;
  Cents sum;
  for (std::size_t i = 0; i < payouts.size(); ++i) {
    const std::string number = "payout " + std::to_string(i + 1) + ": ";
    const auto checked = check_payout(payouts[i]);
    if (!checked) return core::fail(checked.error().code, number + checked.error().context);
    if (!ids.insert(payouts[i].end_to_end_id).second) {
      return core::fail(Errc::kOutOfRange, number + "end-to-end id: another payout has it, too");
    }
    sum += payouts[i].amount;
    if (sum > kAmountMax) {
      return core::fail(Errc::kOutOfRange,
                        number + "control sum: expected at most " + core::to_text(kAmountMax));
    }
  }
  return {};
}

bool is_currency(std::string_view text) {
  return text.size() == kCurrencyLetters &&
         std::ranges::all_of(text, [](char c) { return 'A' <= c && c <= 'Z'; });
}

bool is_day(core::Day day) { return core::kDayMin <= day && day <= core::kDayMax; }

Result<void> check(const CreditTransfer& transfer) {
  const auto texts =
      check_texts({{"message id", transfer.message_id, kIdCharactersMax},
                   {"initiating party", transfer.initiating_party, kNameCharactersMax},
                   {"debtor name", transfer.debtor_name, kNameCharactersMax}});
  if (!texts) return texts;
  const auto rib = check_rib("debtor RIB", transfer.debtor_rib);
  if (!rib) return rib;
  if (!is_currency(transfer.currency)) {
    return core::fail(Errc::kOutOfRange, "currency: expected three capital letters");
  }
  if (!is_day(transfer.value_date) ||
      !is_day(std::chrono::floor<std::chrono::days>(transfer.created_at))) {
    return core::fail(Errc::kOutOfRange,
                      "creation time and value date: expected years from 1900 to 2199");
  }
  if (transfer.payouts.empty()) return core::fail(Errc::kOutOfRange, "payouts: there are none");
  if (transfer.payouts.size() > kPayoutsPerFileMax) {
    return core::fail(Errc::kLimit, "payouts: expected at most " +
                                        std::to_string(kPayoutsPerFileMax) + " in one file");
  }
  return check_payouts(transfer.payouts);
}

// CashAccount38: a RIB is no IBAN, so it stands as another identification with its scheme's name.
void write_account(Writer& out, std::string_view element, std::string_view rib) {
  const OpenElement account(out, element);
  const OpenElement id(out, "Id");
  const OpenElement other(out, "Othr");
  out.leaf("Id", rib);
  out.leaf_within("SchmeNm", "Prtry", "RIB");
}

void write_totals(Writer& out, std::span<const Payout> payouts) {
  Cents sum;
  for (const Payout& each : payouts) sum += each.amount;
  out.leaf("NbOfTxs", std::to_string(payouts.size()));
  out.leaf("CtrlSum", core::to_text(sum));
}

// GroupHeader85
void write_group_header(Writer& out, const CreditTransfer& transfer) {
  const OpenElement header(out, "GrpHdr");
  out.leaf("MsgId", transfer.message_id);
  out.leaf("CreDtTm", core::to_text(transfer.created_at));
  write_totals(out, transfer.payouts);
  out.leaf_within("InitgPty", "Nm", transfer.initiating_party);
}

void write_amount(Writer& out, Cents amount, std::string_view currency) {
  const OpenElement of_payout(out, "Amt");
  out.amount("InstdAmt", core::to_text(amount), currency);
}

// CreditTransferTransaction34
void write_payout(Writer& out, const Payout& payout, std::string_view currency) {
  const OpenElement transaction(out, "CdtTrfTxInf");
  out.leaf_within("PmtId", "EndToEndId", payout.end_to_end_id);
  write_amount(out, payout.amount, currency);
  out.leaf_within("Cdtr", "Nm", payout.creditor_name);
  write_account(out, "CdtrAcct", payout.creditor_rib);
  if (!payout.remittance.empty()) out.leaf_within("RmtInf", "Ustrd", payout.remittance);
}

// ClearingSystemMemberIdentification2: the digits by which the country's banks clear.
void write_debtor_bank(Writer& out, std::string_view rib) {
  const OpenElement bank(out, "DbtrAgt");
  const OpenElement institution(out, "FinInstnId");
  out.leaf_within("ClrSysMmbId", "MmbId", rib.substr(0, kBankDigits));
}

// PaymentInstruction30, one a file: it bears the file's id.
void write_payment(Writer& out, const CreditTransfer& transfer) {
  const OpenElement payment(out, "PmtInf");
  out.leaf("PmtInfId", transfer.message_id);
  out.leaf("PmtMtd", "TRF");
  write_totals(out, transfer.payouts);
  out.leaf_within("ReqdExctnDt", "Dt", core::to_text(transfer.value_date));
  out.leaf_within("Dbtr", "Nm", transfer.debtor_name);
  write_account(out, "DbtrAcct", transfer.debtor_rib);
  write_debtor_bank(out, transfer.debtor_rib);
  out.leaf("ChrgBr", "DEBT");  // What a payee is owed arrives in full.
  for (const Payout& each : transfer.payouts) write_payout(out, each, transfer.currency);
}

void write_message(Writer& out, const CreditTransfer& transfer) {
  const OpenElement message(out, "CstmrCdtTrfInitn");
  write_group_header(out, transfer);
  write_payment(out, transfer);
}

}  // namespace

Result<std::string> write_credit_transfer(const CreditTransfer& transfer) {
  if (const auto checked = check(transfer); !checked) return std::unexpected(checked.error());
  Writer out("Document", kNamespace);
  write_message(out, transfer);
  return std::move(out).finish();
}

}  // namespace wasl::iso20022
