#include "cli/status_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <variant>

#include "cli/bank_file.hpp"
#include "cli/file_of_run.hpp"
#include "cli/format.hpp"
#include "core/run.hpp"

namespace wasl::cli {
namespace {

using core::PayoutId;
using iso20022::Entry;
using iso20022::Movement;
using iso20022::Status;
using iso20022::Transaction;
using Reasons = std::vector<iso20022::Reason>;

// As many of the bank's reasons as there is room for, the first one whole: it alone has at most
// kBankReasonBytesMax, 35 characters of four bytes.
std::string text_of(const Reasons& reasons) {
  constexpr std::string_view kBetween = ", ";
  std::string text;
  for (const iso20022::Reason& each : reasons) {
    const std::string_view between = text.empty() ? "" : kBetween;
    if (text.size() + between.size() + each.text.size() > core::kBankReasonBytesMax) break;
    text.append(between).append(each.text);
  }
  return text;
}

v1::BankWord word_of(Status status) {
  switch (status) {
    case Status::kAccepted:
      return v1::BANK_ACCEPTED;
    case Status::kRejected:
      return v1::BANK_REJECTED;
    case Status::kPending:
    case Status::kPartial:  // Never of a payout.
      break;
  }
  return v1::BANK_PENDING;
}

std::string amount_text(core::Cents amount) {
  return fmt::format("{} {}", amount_for_people(amount.value), kBankCurrency);
}

struct Placed {
  v1::StatusEntry entry;
  std::uint32_t line = 0;
};

class Collector {
 public:
  Collector(const core::FundCode& fund, std::span<const v1::SettlementRun> runs)
      : fund_(fund), runs_(runs) {}

  StatusEntries collect(const iso20022::BankFile& file) {
    if (const auto* report = std::get_if<iso20022::StatusReport>(&file)) {
      take(*report);
    } else {
      take(std::get<iso20022::Notification>(file));
    }
    for (auto& [payout, placed] : entries_) {
      out_.entries.push_back(std::move(placed.entry));
      out_.lines.push_back(placed.line);
    }
    return std::move(out_);
  }

 private:
  void take(const iso20022::StatusReport& report) {
    out_.message_id = report.message_id;
    const auto file = file_named(fund_, runs_, report.original_message_id);
    if (!file) {
      return wrong(0, fmt::format("answers {}, which is no file of an exported run of {}",
                                  report.original_message_id, fund_.view()));
    }
    file_ = *file;
    our_message_ = report.original_message_id;
    take_level(report.status, report.totals, report.reasons);
    if (report.payments.size() > 1) wrong(0, fmt::format("{} has one PmtInf", our_message_));
    for (const iso20022::PaymentStatus& each : report.payments) take(each, report.reasons);
    const bool names_none = std::ranges::all_of(
        report.payments, [](const auto& payment) { return payment.transactions.empty(); });
    if (entries_.empty() && names_none) {
      tell(0, fmt::format("says nothing of single payouts of {}", our_message_));
    }
  }

  void take(const iso20022::PaymentStatus& payment, const Reasons& of_group) {
    if (payment.payment_id != our_message_) {
      wrong(0, fmt::format("{} has no PmtInf {}", our_message_, payment.payment_id));
    }
    const Reasons& reasons = payment.reasons.empty() ? of_group : payment.reasons;
    take_level(payment.status, payment.totals, reasons);
    for (const iso20022::TransactionStatus& each : payment.transactions) take_payout(each, reasons);
  }

  // Of our file, or of its PmtInf, which is all of it.
  void take_level(std::optional<Status> status, const iso20022::Totals& totals,
                  const Reasons& reasons) {
    const std::uint64_t payouts = std::uint64_t{file_.last - file_.first} + 1;
    if (totals.transactions.value_or(payouts) != payouts) {
      wrong(0, fmt::format("counts {} payouts in {}, which has {}", *totals.transactions,
                           our_message_, payouts));
    }
    if (status != Status::kRejected) return;
    for (std::uint32_t number = file_.first; number <= file_.last; ++number) {
      v1::StatusEntry& entry = place({.run = file_.run, .number = number}, 0);
      entry.set_word(v1::BANK_REJECTED);
      entry.set_reason(text_of(reasons));
    }
  }

  void take_payout(const iso20022::TransactionStatus& status, const Reasons& of_payment) {
    const auto payout = core::payout_named(fund_, status.end_to_end_id);
    const bool ours = payout && payout->run == file_.run && file_.first <= payout->number &&
                      payout->number <= file_.last;
    if (!ours) {
      return wrong(status.line,
                   fmt::format("{}: {} holds no such payout", status.end_to_end_id, our_message_));
    }
    const bool rejected = status.status == Status::kRejected;
    const Reasons& reasons = status.reasons.empty() && rejected ? of_payment : status.reasons;
    v1::StatusEntry& entry = place(*payout, status.line);
    entry.set_word(word_of(status.status));
    entry.set_amount_cents(status.amount.value_or(core::Cents{}).value);
    entry.set_reason(text_of(reasons));
  }

  void take(const iso20022::Notification& notification) {
    out_.message_id = notification.message_id;
    for (const Entry& each : notification.entries) take_entry(each);
  }

  void take_entry(const Entry& entry) {
    const bool debit = entry.direction == iso20022::Direction::kDebit;
    const std::string movement =
        fmt::format("a {} of {}", debit ? "debit" : "credit", amount_text(entry.amount));
    if (!entry.booked) return tell(entry.line, movement + " is announced, not booked");
    if (entry.transactions.empty()) return tell(entry.line, movement + " names no payouts");
    for (const Transaction& each : entry.transactions) take_booked(entry, each);
  }

  void take_booked(const Entry& entry, const Transaction& transaction) {
    if (transaction.movement == Movement::kReceipt) {
      return tell(transaction.line,
                  fmt::format("{}: a receipt of {}, no return", transaction.end_to_end_id,
                              amount_text(transaction.amount)));
    }
    const bool returned = transaction.movement == Movement::kReturn;
    if (transaction.end_to_end_id == iso20022::kNoEndToEndId) {
      return tell(transaction.line,
                  fmt::format("a {} of {} without end-to-end id", returned ? "return" : "debit",
                              amount_text(transaction.amount)));
    }
    const auto payout = core::payout_named(fund_, transaction.end_to_end_id);
    if (const std::string fault = fault_of(entry, transaction, payout); !fault.empty()) {
      return wrong(transaction.line, fmt::format("{}: {}", transaction.end_to_end_id, fault));
    }
    v1::StatusEntry& to = place(*payout, transaction.line);
    to.set_word(returned ? v1::BANK_RETURNED : v1::BANK_BOOKED);
    to.set_amount_cents(transaction.amount.value);
    if (transaction.return_reason) to.set_reason(transaction.return_reason->text);
  }

  // Empty: there is none.
  [[nodiscard]] std::string fault_of(const Entry& entry, const Transaction& transaction,
                                     const std::optional<PayoutId>& payout) const {
    if (!payout) return fmt::format("no payout of {}", fund_.view());
    const auto run = std::ranges::find(runs_, payout->run, &v1::SettlementRun::run);
    if (run != runs_.end() && entry.account != run->debtor_account()) {
      return "not on the account that the run pays from";
    }
    return transaction.amount > core::Cents{0} ? "" : "an amount of zero";
  }

  v1::StatusEntry& place(const PayoutId& payout, std::uint32_t line) {
    Placed& placed = entries_[payout];
    placed.line = line;
    placed.entry.set_run(payout.run);
    placed.entry.set_number(payout.number);
    return placed.entry;
  }

  void wrong(std::uint32_t line, std::string what) {
    out_.wrong.push_back({.line = line, .what = std::move(what)});
  }
  void tell(std::uint32_t line, std::string what) {
    out_.told.push_back({.line = line, .what = std::move(what)});
  }

  const core::FundCode& fund_;
  std::span<const v1::SettlementRun> runs_;
  FileOfRun file_;  // Ours that a status report answers,
  std::string our_message_;
  std::map<PayoutId, Placed> entries_;
  StatusEntries out_;
};

}  // namespace

std::string describe(const StatusNote& note) {
  return note.line == 0 ? note.what : fmt::format("line {}: {}", note.line, note.what);
}

StatusEntries status_entries(const iso20022::BankFile& file, const core::FundCode& fund,
                             std::span<const v1::SettlementRun> runs) {
  return Collector(fund, runs).collect(file);
}

}  // namespace wasl::cli
