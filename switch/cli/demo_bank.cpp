#include "cli/demo_bank.hpp"

#include <initializer_list>

#include "iso20022/bank_file.hpp"
#include "iso20022/notification.hpp"
#include "iso20022/status_report.hpp"
#include "iso20022/values.hpp"
#include "iso20022/writer.hpp"

namespace wasl::cli {
namespace {

using iso20022::Element;
using iso20022::OpenElement;
using iso20022::Writer;

constexpr std::string_view kCurrency = "DZD";
constexpr std::string_view kAccountClosed = "AC04";

class OrderReader {
 public:
  explicit OrderReader(const iso20022::Document& document) : document_(document) {}

  core::Result<BankOrder> read() {
    BankOrder order;
    const Element* message = at(&document_.root(), {"CstmrCdtTrfInitn"});
    const Element* payment = at(message, {"PmtInf"});
    order.message_id = text(at(message, {"GrpHdr", "MsgId"}));
    order.payment_id = text(at(payment, {"PmtInfId"}));
    order.debtor_account = text(at(payment, {"DbtrAcct", "Id", "Othr", "Id"}));
    const Element* transfer = at(payment, {"CdtTrfTxInf"});
    for (; transfer != nullptr; transfer = document_.next_sibling(*transfer)) {
      order.transfers.push_back(read_transfer(*transfer));
      order.total += order.transfers.back().amount;
    }
    if (whole_) return order;
    return core::fail(core::Errc::kMalformed, "the bank cannot read the file of payouts");
  }

 private:
  BankTransfer read_transfer(const Element& transfer) {
    const auto amount = iso20022::parse_amount(text(at(&transfer, {"Amt", "InstdAmt"})));
    whole_ = whole_ && amount.has_value();
    return {.end_to_end_id = text(at(&transfer, {"PmtId", "EndToEndId"})),
            .amount = amount.value_or(core::Cents{})};
  }

  // The first element on this path below `from`; nullptr: the file lacks it.
  const Element* at(const Element* from, std::initializer_list<std::string_view> path) {
    for (const std::string_view name : path) {
      if (from != nullptr) from = document_.first_child(*from);
      while (from != nullptr && from->name != name) from = document_.next_sibling(*from);
    }
    whole_ = whole_ && from != nullptr;
    return from;
  }

  static std::string text(const Element* element) {
    return element == nullptr ? std::string() : std::string(element->text);
  }

  const iso20022::Document& document_;
  bool whole_ = true;
};

void write_header(Writer& out, const std::string& message_id, core::Instant at) {
  const OpenElement header(out, "GrpHdr");
  out.leaf("MsgId", message_id);
  out.leaf("CreDtTm", core::to_text(at));
}

void write_accepted(Writer& out, const BankTransfer& transfer) {
  const OpenElement status(out, "TxInfAndSts");
  out.leaf("OrgnlEndToEndId", transfer.end_to_end_id);
  out.leaf("TxSts", "ACSP");
  const OpenElement reference(out, "OrgnlTxRef");
  const OpenElement amount(out, "Amt");
  out.amount("InstdAmt", core::to_text(transfer.amount), kCurrency);
}

void write_transaction(Writer& out, const BankTransfer& transfer, bool returned) {
  const OpenElement details(out, "TxDtls");
  out.leaf_within("Refs", "EndToEndId", transfer.end_to_end_id);
  out.amount("Amt", core::to_text(transfer.amount), kCurrency);
  out.leaf("CdtDbtInd", returned ? "CRDT" : "DBIT");
  if (!returned) return;
  const OpenElement information(out, "RtrInf");
  out.leaf_within("Rsn", "Cd", kAccountClosed);
}

// A domestic credit transfer that was issued, or the return of one: ISO 20022's list of bank
// transaction codes.
void write_kind(Writer& out, bool returned) {
  const OpenElement code(out, "BkTxCd");
  const OpenElement domain(out, "Domn");
  out.leaf("Cd", "PMNT");
  const OpenElement family(out, "Fmly");
  out.leaf("Cd", "ICDT");
  out.leaf("SubFmlyCd", returned ? "RRTN" : "DMCT");
}

// Of the transfers that came back, or of the others; nothing where there is none.
void write_entry(Writer& out, const BankOrder& order, std::string_view returned, bool of_returned,
                 core::Instant at) {
  std::vector<BankTransfer> moved;
  core::Cents total;
  for (const BankTransfer& each : order.transfers) {
    if ((each.end_to_end_id == returned) != of_returned) continue;
    moved.push_back(each);
    total += each.amount;
  }
  if (moved.empty()) return;
  const OpenElement entry(out, "Ntry");
  out.amount("Amt", core::to_text(total), kCurrency);
  out.leaf("CdtDbtInd", of_returned ? "CRDT" : "DBIT");
  out.leaf_within("Sts", "Cd", "BOOK");
  out.leaf_within("BookgDt", "Dt", core::to_text(core::day_of(at, std::chrono::minutes{0})));
  write_kind(out, of_returned);
  const OpenElement details(out, "NtryDtls");
  for (const BankTransfer& each : moved) write_transaction(out, each, of_returned);
}

}  // namespace

core::Result<BankOrder> read_order(std::string_view file) {
  const core::Result<iso20022::Document> document =
      iso20022::Document::parse(file, iso20022::kFileBytesMax);
  if (!document) return std::unexpected(document.error());
  return OrderReader(*document).read();
}

std::string acceptance_of(const BankOrder& order, core::Instant at) {
  Writer out("Document", iso20022::kStatusReportNamespace);
  {
    const OpenElement report(out, "CstmrPmtStsRpt");
    write_header(out, order.message_id + "-ACK", at);
    {
      const OpenElement group(out, "OrgnlGrpInfAndSts");
      out.leaf("OrgnlMsgId", order.message_id);
      out.leaf("OrgnlMsgNmId", "pain.001.001.09");
      out.leaf("OrgnlNbOfTxs", std::to_string(order.transfers.size()));
      out.leaf("OrgnlCtrlSum", core::to_text(order.total));
    }
    const OpenElement payment(out, "OrgnlPmtInfAndSts");
    out.leaf("OrgnlPmtInfId", order.payment_id);
    for (const BankTransfer& each : order.transfers) write_accepted(out, each);
  }
  return std::move(out).finish();
}

std::string booking_of(const BankOrder& order, std::string_view returned, core::Instant at) {
  Writer out("Document", iso20022::kNotificationNamespace);
  {
    const OpenElement message(out, "BkToCstmrDbtCdtNtfctn");
    write_header(out, order.message_id + "-BOOK", at);
    const OpenElement notification(out, "Ntfctn");
    out.leaf("Id", order.message_id + "-BOOK");
    {
      const OpenElement account(out, "Acct");
      const OpenElement id(out, "Id");
      out.leaf_within("Othr", "Id", order.debtor_account);
    }
    write_entry(out, order, returned, false, at);
    write_entry(out, order, returned, true, at);
  }
  return std::move(out).finish();
}

}  // namespace wasl::cli
