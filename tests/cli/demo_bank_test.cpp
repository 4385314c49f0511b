// The demo's bank: what it reads is what a fund sends, and what it answers reads as a bank's.

#include "cli/demo_bank.hpp"

#include <gtest/gtest.h>

#include "iso20022/bank_file.hpp"
#include "iso20022/credit_transfer.hpp"

namespace wasl::cli {
namespace {

const core::Instant kNow{std::chrono::milliseconds{1'773'131'400'123}};  // 2026-03-10T08:30

std::string order_file() {
  const iso20022::Payout payouts[] = {{.end_to_end_id = "CNAS-77-1",
                                       .amount = core::Cents{69'324},
                                       .creditor_name = "1600123456",
                                       .creditor_rib = "00799999002345678941",
                                       .remittance = {}},
                                      {.end_to_end_id = "CNAS-77-2",
                                       .amount = core::Cents{194'950},
                                       .creditor_name = "Pharmacie El Amel & Fils",
                                       .creditor_rib = "00799999002345678941",
                                       .remittance = "CNAS-77-2"}};
  const auto file = iso20022::write_credit_transfer({.message_id = "CNAS-77-F1",
                                                     .created_at = kNow,
                                                     .initiating_party = "CNAS",
                                                     .debtor_name = "CNAS",
                                                     .debtor_rib = "00799999002345678941",
                                                     .currency = "DZD",
                                                     .value_date = *core::parse_day("2026-03-12"),
                                                     .payouts = payouts});
  EXPECT_TRUE(file) << core::describe(file.error());
  return file.value_or(std::string());
}

template <typename Message>
Message read(const std::string& file) {
  const auto message = iso20022::read_bank_file(file, {.currency = "DZD"});
  EXPECT_TRUE(message) << core::describe(message.error()) << file;
  return message ? std::get<Message>(*message) : Message{};
}

BankOrder order() {
  const auto read = read_order(order_file());
  EXPECT_TRUE(read);
  return read.value_or(BankOrder{});
}

TEST(DemoBank, ReadsWhatAFundOrders) {
  const BankOrder read = order();
  EXPECT_EQ(read.message_id, "CNAS-77-F1");
  EXPECT_EQ(read.payment_id, "CNAS-77-F1");
  EXPECT_EQ(read.debtor_account, "00799999002345678941");
  EXPECT_EQ(read.total, core::Cents{264'274});
  ASSERT_EQ(read.transfers.size(), 2U);
  EXPECT_EQ(read.transfers[1].end_to_end_id, "CNAS-77-2");
  EXPECT_EQ(read.transfers[1].amount, core::Cents{194'950});
}

TEST(DemoBank, RefusesWhatIsNoOrder) {
  EXPECT_FALSE(read_order(""));
  EXPECT_FALSE(read_order("<Document/>"));
  std::string lacking = order_file();
  const std::size_t at = lacking.rfind("<InstdAmt");
  lacking.erase(at, lacking.find('\n', at) - at);
  EXPECT_FALSE(read_order(lacking));
}

TEST(DemoBank, AcceptsEveryTransfer) {
  const auto report = read<iso20022::StatusReport>(acceptance_of(order(), kNow));
  EXPECT_EQ(report.original_message_id, "CNAS-77-F1");
  EXPECT_EQ(report.created_at, kNow);
  ASSERT_EQ(report.payments.size(), 1U);
  ASSERT_EQ(report.payments[0].transactions.size(), 2U);
  for (const iso20022::TransactionStatus& each : report.payments[0].transactions) {
    EXPECT_EQ(each.status, iso20022::Status::kAccepted);
  }
  EXPECT_EQ(report.payments[0].transactions[0].amount, core::Cents{69'324});
}

TEST(DemoBank, BooksAllButTheOneThatComesBack) {
  const auto booked = read<iso20022::Notification>(booking_of(order(), "CNAS-77-2", kNow));
  ASSERT_EQ(booked.entries.size(), 2U);
  EXPECT_EQ(booked.entries[0].account, "00799999002345678941");
  ASSERT_EQ(booked.entries[0].transactions.size(), 1U);
  EXPECT_EQ(booked.entries[0].transactions[0].movement, iso20022::Movement::kPayout);
  EXPECT_EQ(booked.entries[0].transactions[0].end_to_end_id, "CNAS-77-1");
  ASSERT_EQ(booked.entries[1].transactions.size(), 1U);
  const iso20022::Transaction& back = booked.entries[1].transactions[0];
  EXPECT_EQ(back.movement, iso20022::Movement::kReturn);
  EXPECT_EQ(back.return_reason, (iso20022::Reason{.text = "AC04", .proprietary = false}));
  EXPECT_EQ(back.amount, core::Cents{194'950});
}

TEST(DemoBank, BooksAllInOneEntry) {
  const auto booked = read<iso20022::Notification>(booking_of(order(), {}, kNow));
  ASSERT_EQ(booked.entries.size(), 1U);
  EXPECT_EQ(booked.entries[0].amount, core::Cents{264'274});
  EXPECT_EQ(booked.entries[0].transactions.size(), 2U);
}

TEST(DemoBank, NamesItsFilesApart) {
  EXPECT_NE(read<iso20022::StatusReport>(acceptance_of(order(), kNow)).message_id,
            read<iso20022::Notification>(booking_of(order(), {}, kNow)).message_id);
}

}  // namespace
}  // namespace wasl::cli
