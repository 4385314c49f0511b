#include "iso20022/notification.hpp"

#include <string_view>

namespace wasl::iso20022 {
namespace {

using core::Errc;

class NotificationReader {
 public:
  explicit NotificationReader(Reader& in) : in_(in) {}

  Notification message(const Element& at) {
    Notification to;
    const Child children[] = {
        once("GrpHdr", [&](const Element& header) { group_header(header, to); }),
        repeated("Ntfctn", [&](const Element& each) { account_notification(each, to.entries); }),
    };
    in_.sequence(at, children);
    return to;
  }

 private:
  // GroupHeader81
  void group_header(const Element& at, Notification& to) {
    const Child children[] = {
        once("MsgId", [&](const Element& id) { to.message_id = in_.text(id, kMax35Text); }),
        once("CreDtTm", [&](const Element& time) { to.created_at = in_.instant(time); }),
    };
    in_.sequence(at, children);
  }

  // AccountNotification17
  void account_notification(const Element& at, std::vector<Entry>& to) {
    std::string owned;
    const Child children[] = {
        once("Acct", [&](const Element& given) { owned = account(given); }),
        repeated("Ntry",
                 [&](const Element& each) {
                   to.push_back(entry(each));
                   to.back().account = owned;
                 }),
    };
    in_.sequence(at, children);
  }

  // CashAccount39/Id, AccountIdentification4Choice
  std::string account(const Element& at) {
    std::string id;
    const auto text = [&](const Element& given) { id = in_.text(given, kMax34Text); };
    const Child of_other[] = {once("Id", text)};
    const Child choices[] = {
        once("IBAN", text),
        once("Othr", [&](const Element& other) { in_.sequence(other, of_other); }),
    };
    const Child children[] = {
        once("Id", [&](const Element& given) { in_.choice(given, choices); })};
    in_.sequence(at, children);
    return id;
  }

  // ReportEntry10
  Entry entry(const Element& at) {
    Entry to;
    to.line = at.line;
    const Child children[] = {
        once("Amt", [&](const Element& amount) { to.amount = in_.amount(amount); }),
        once("CdtDbtInd", [&](const Element& code) { to.direction = direction(code); }),
        optional("RvslInd",
                 [&](const Element& flag) { to.reversal = reversal(flag, to.direction); }),
        once("Sts", [&](const Element& status) { to.booked = is_booked(status); }),
        optional("BookgDt", [&](const Element& date) { to.booked_on = in_.date_or_time(date); }),
        repeated("NtryDtls", [&](const Element& details) { entry_details(details, to); }),
    };
    in_.sequence(at, children);
    if (to.booked && !to.booked_on) in_.wrong(at, Errc::kMalformed, "BookgDt is missing");
    check_sum(at, to);
    return to;
  }

  // CreditDebitCode
  Direction direction(const Element& at) {
    const std::string code = in_.code(at);
    if (code != "CRDT" && code != "DBIT") {
      in_.wrong(at, Errc::kMalformed, "expected CRDT or DBIT");
    }
    return code == "CRDT" ? Direction::kCredit : Direction::kDebit;
  }

  // A debit that reverses takes a credit back: no payout of ours is booked by it.
  bool reversal(const Element& at, Direction direction) {
    const std::string flag = in_.text(at, kMax35Text);
    const bool reverses = flag == "true" || flag == "1";
    if (!reverses && flag != "false" && flag != "0") {
      in_.wrong(at, Errc::kMalformed, "expected true or false");
    }
    if (reverses && direction == Direction::kDebit) {
      in_.wrong(at, Errc::kUnsupported, "a debit that takes back a credit");
    }
    return reverses;
  }

  // EntryStatus1Choice: PDNG, INFO, FUTR and what a bank has of its own are not booked.
  bool is_booked(const Element& at) {
    bool booked = false;
    const Child choices[] = {
        once("Cd", [&](const Element& code) { booked = in_.code(code) == "BOOK"; }),
        once("Prtry", [](const Element&) {}),
    };
    in_.choice(at, choices);
    return booked;
  }

  // EntryDetails9
  void entry_details(const Element& at, Entry& to) {
    const Child children[] = {
        repeated("TxDtls",
                 [&](const Element& each) { to.transactions.push_back(transaction(each, to)); }),
    };
    in_.sequence(at, children);
  }

  // EntryTransaction10
  Transaction transaction(const Element& at, const Entry& entry) {
    const Direction of_entry = entry.direction;
    Transaction to;
    to.line = at.line;
    const Movement credit = entry.reversal ? Movement::kReturn : Movement::kReceipt;
    to.movement = of_entry == Direction::kDebit ? Movement::kPayout : credit;
    const Child children[] = {
        once("Refs", [&](const Element& refs) { to.end_to_end_id = end_to_end_id(refs); }),
        once("Amt", [&](const Element& amount) { to.amount = in_.amount(amount); }),
        optional("CdtDbtInd", [&](const Element& code) { same_direction(code, of_entry); }),
        optional("RtrInf", [&](const Element& information) { returned(information, to); }),
    };
    in_.sequence(at, children);
    return to;
  }

  // TransactionReferences6
  std::string end_to_end_id(const Element& at) {
    std::string id;
    const Child children[] = {
        once("EndToEndId", [&](const Element& given) { id = in_.end_to_end_id(given); })};
    in_.sequence(at, children);
    return id;
  }

  void same_direction(const Element& at, Direction of_entry) {
    if (direction(at) != of_entry) {
      in_.wrong(at, Errc::kUnsupported, "an entry of debits and credits together");
    }
  }

  // PaymentReturnReason5
  void returned(const Element& at, Transaction& to) {
    if (to.movement == Movement::kPayout) {
      return in_.wrong(at, Errc::kUnsupported, "a return by a debit");
    }
    to.movement = Movement::kReturn;
    const Child children[] = {
        optional("Rsn", [&](const Element& reason) { to.return_reason = in_.reason(reason); })};
    in_.sequence(at, children);
  }

  void check_sum(const Element& at, const Entry& entry) {
    core::Cents sum;
    for (const Transaction& each : entry.transactions) {
      sum += each.amount;
      if (sum > entry.amount) break;  // No sum can overflow.
    }
    if (!entry.transactions.empty() && sum != entry.amount) {
      in_.wrong(at, Errc::kMalformed, "its transactions do not add up to its amount");
    }
  }

  Reader& in_;
};

}  // namespace

Notification read_notification(Reader& in, const Element& document) {
  Notification notification;
  const Child message[] = {once("BkToCstmrDbtCdtNtfctn", [&](const Element& at) {
    notification = NotificationReader(in).message(at);
  })};
  in.choice(document, message);
  return notification;
}

}  // namespace wasl::iso20022
