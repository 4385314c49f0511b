#include "iso20022/status_report.hpp"

#include <string_view>

namespace wasl::iso20022 {
namespace {

using core::Errc;

constexpr std::string_view kOriginalMessages = "pain.001";

struct StatusCode {
  std::string_view code;
  Status status;
};

// ExternalPaymentGroupStatus1Code and ExternalPaymentTransactionStatus1Code, as far as they can
// answer a credit transfer that nobody asked to cancel.
constexpr StatusCode kStatusCodes[] = {
    {"ACTC", Status::kAccepted}, {"ACCP", Status::kAccepted}, {"ACSP", Status::kAccepted},
    {"ACSC", Status::kAccepted}, {"ACWC", Status::kAccepted}, {"ACCC", Status::kAccepted},
    {"PDNG", Status::kPending},  {"RCVD", Status::kPending},  {"RJCT", Status::kRejected},
    {"PART", Status::kPartial},
};

class StatusReader {
 public:
  explicit StatusReader(Reader& in) : in_(in) {}

  StatusReport message(const Element& at) {
    StatusReport report;
    const Child children[] = {
        once("GrpHdr", [&](const Element& header) { group_header(header, report); }),
        once("OrgnlGrpInfAndSts", [&](const Element& group) { original_group(group, report); }),
        repeated("OrgnlPmtInfAndSts",
                 [&](const Element& each) { report.payments.push_back(payment(each)); }),
    };
    in_.sequence(at, children);
    return report;
  }

 private:
  // GroupHeader86
  void group_header(const Element& at, StatusReport& to) {
    const Child children[] = {
        once("MsgId", [&](const Element& id) { to.message_id = in_.text(id, kMax35Text); }),
        once("CreDtTm", [&](const Element& time) { to.created_at = in_.instant(time); }),
    };
    in_.sequence(at, children);
  }

  // OriginalGroupHeader17
  void original_group(const Element& at, StatusReport& to) {
    const Child children[] = {
        once("OrgnlMsgId",
             [&](const Element& id) { to.original_message_id = in_.text(id, kMax35Text); }),
        once("OrgnlMsgNmId", [&](const Element& name) { original_message_name(name); }),
        optional("OrgnlNbOfTxs",
                 [&](const Element& count) { to.totals.transactions = in_.count(count); }),
        optional("OrgnlCtrlSum",
                 [&](const Element& sum) { to.totals.control_sum = in_.decimal(sum); }),
        optional("GrpSts", [&](const Element& code) { to.status = status(code); }),
        repeated("StsRsnInf", [&](const Element& reason) { add_reason(reason, to.reasons); }),
    };
    in_.sequence(at, children);
    group_is_rejected_ = to.status == Status::kRejected;
  }

  // "pain.001.001.09" or, from some banks, "pain.001".
  void original_message_name(const Element& at) {
    if (!in_.text(at, kMax35Text).starts_with(kOriginalMessages)) {
      in_.wrong(at, Errc::kUnsupported, "an answer to another message than pain.001");
    }
  }

  // OriginalPaymentInstruction32
  PaymentStatus payment(const Element& at) {
    PaymentStatus to;
    payment_is_rejected_ = group_is_rejected_;
    const Child children[] = {
        once("OrgnlPmtInfId", [&](const Element& id) { to.payment_id = in_.text(id, kMax35Text); }),
        optional("OrgnlNbOfTxs",
                 [&](const Element& count) { to.totals.transactions = in_.count(count); }),
        optional("OrgnlCtrlSum",
                 [&](const Element& sum) { to.totals.control_sum = in_.decimal(sum); }),
        optional("PmtInfSts", [&](const Element& code) { to.status = payment_status(code); }),
        repeated("StsRsnInf", [&](const Element& reason) { add_reason(reason, to.reasons); }),
        repeated("TxInfAndSts",
                 [&](const Element& each) { to.transactions.push_back(transaction(each)); }),
    };
    in_.sequence(at, children);
    return to;
  }

  // PaymentTransaction105
  TransactionStatus transaction(const Element& at) {
    TransactionStatus to;
    to.line = at.line;
    const Child children[] = {
        once("OrgnlEndToEndId",
             [&](const Element& id) { to.end_to_end_id = in_.end_to_end_id(id); }),
        once("TxSts", [&](const Element& code) { to.status = transaction_status(code); }),
        repeated("StsRsnInf", [&](const Element& reason) { add_reason(reason, to.reasons); }),
        optional("OrgnlTxRef",
                 [&](const Element& reference) { original_amount(reference, to.amount); }),
    };
    in_.sequence(at, children);
    return to;
  }

  // OriginalTransactionReference28/Amt, of which our payouts have InstdAmt only.
  void original_amount(const Element& at, std::optional<core::Cents>& to) {
    const Child instructed[] = {
        once("InstdAmt", [&](const Element& amount) { to = in_.amount(amount); })};
    const Child children[] = {
        optional("Amt", [&](const Element& amount) { in_.choice(amount, instructed); })};
    in_.sequence(at, children);
  }

  // StatusReasonInformation12
  void add_reason(const Element& at, std::vector<Reason>& to) {
    const Child children[] = {
        optional("Rsn", [&](const Element& reason) { to.push_back(in_.reason(reason)); })};
    in_.sequence(at, children);
  }

  Status payment_status(const Element& at) {
    const Status given = status_below(at, group_is_rejected_);
    payment_is_rejected_ |= given == Status::kRejected;
    return given;
  }

  Status transaction_status(const Element& at) {
    const Status given = status_below(at, payment_is_rejected_);
    if (given == Status::kPartial) unknown(at);
    return given;
  }

  Status status_below(const Element& at, bool rejected_above) {
    const Status given = status(at);
    if (rejected_above && given != Status::kRejected) {
      in_.wrong(at, Errc::kMalformed, "contradicts the rejection of what it belongs to");
    }
    return given;
  }

  Status status(const Element& at) {
    const std::string code = in_.code(at);
    for (const StatusCode& each : kStatusCodes) {
      if (each.code == code) return each.status;
    }
    unknown(at);
    return Status::kPending;
  }

  void unknown(const Element& at) {
    in_.wrong(at, Errc::kUnsupported, "the status " + in_.code(at) + " is not known here");
  }

  Reader& in_;
  bool group_is_rejected_ = false;
  bool payment_is_rejected_ = false;  // Or its group.
};

}  // namespace

StatusReport read_status_report(Reader& in, const Element& document) {
  StatusReport report;
  const Child message[] = {
      once("CstmrPmtStsRpt", [&](const Element& at) { report = StatusReader(in).message(at); })};
  in.choice(document, message);
  return report;
}

}  // namespace wasl::iso20022
