// `wasl reconcile` against a peer that tells business days: what it sends, and how it ends.

#include "cli/reconcile_command.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "cli/command_over_tls.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {
namespace {

using test::Network;
namespace asio = boost::asio;

v1::DayAccount day_of(const char* provider, bool in_balance) {
  v1::DayAccount account;
  account.mutable_participant()->set_role(v1::PROVIDER);
  account.mutable_participant()->set_id(provider);
  account.set_in_balance(in_balance);
  return account;
}

void set(v1::Tally& tally, std::uint64_t count, std::int64_t cents) {
  tally.set_count(count);
  tally.set_amount_cents(cents);
}

// "12:960000 1:8000 11:952000", authorised, reversed and presented.
std::string text_of(const v1::OwnTotals& own) {
  std::string text;
  for (const v1::Tally& tally : {own.authorised(), own.reversed(), own.presented()}) {
    text += text.empty() ? "" : " ";
    text += std::to_string(tally.count()) + ":" + std::to_string(tally.amount_cents());
  }
  return text;
}

// A business day of two pages, the second of which is not in balance; of 2026-03-11 there is none.
// Whoever counted it has one more presented than the switch.
v1::ReconciliationPage day_page(const v1::Reconcile& asked) {
  v1::ReconciliationPage page;
  page.set_known(asked.date() != "2026-03-11");
  if (!page.known()) return page;
  if (asked.has_after()) {
    *page.add_accounts() = day_of("16-004513", false);
    return page;
  }
  *page.add_accounts() = day_of("16-004512", true);
  if (asked.has_own()) {
    EXPECT_EQ(text_of(asked.own()), "12:960000 1:8000 11:952000");
    v1::TotalDiffers& difference = *page.add_differences();
    difference.set_which(v1::TotalDiffers::PRESENTED);
    *difference.mutable_own() = asked.own().presented();
    set(*difference.mutable_held(), 10, 872'000);
  } else if (!asked.has_participant()) {
    *page.mutable_next_after() = page.accounts(0).participant();
  }
  return page;
}

using DayPage = std::function<v1::ReconciliationPage(const v1::Reconcile&)>;

asio::awaitable<void> tell(std::shared_ptr<net::Connection> connection, DayPage page_of) {
  for (;;) {
    const auto frame = co_await test::next_frame(connection);
    if (!frame) co_return;
    v1::Envelope envelope;
    EXPECT_TRUE(envelope.ParseFromString(*frame));
    v1::Envelope answer = envelope;
    if (envelope.has_reconcile()) {
      *answer.mutable_reconciliation_page() = page_of(envelope.reconcile());
    }
    connection->send(answer.SerializeAsString());
  }
}

asio::awaitable<void> tell_days(std::shared_ptr<net::Connection> connection) {
  return tell(std::move(connection), day_page);
}

// The day goes on at its first page and has ended at its second; only then 800.00 are authorised.
asio::awaitable<void> end_the_day(std::shared_ptr<net::Connection> connection) {
  const auto page_of = [ended = false](const v1::Reconcile& asked) mutable {
    ended = ended || asked.has_after();
    v1::ReconciliationPage page = day_page(asked);
    page.mutable_accounts(0)->set_in_balance(true);
    if (!ended) return page;
    page.set_until(340);
    set(*page.mutable_accounts(0)->mutable_authorised(), 1, 80'000);
    return page;
  };
  return tell(std::move(connection), page_of);
}

class ReconcileCommand : public test::CommandOverTls {};

TEST_F(ReconcileCommand, TakesNothingThatIsHalfCounted) {
  Network network;
  connect_as(network, "urn:wasl:fund:CNAS");
  const auto type_day = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"reconcile", "--date"});
    return type_whole(add_reconcile_command, std::move(arguments));
  };
  EXPECT_NE(type_day({"2026-02-30"}).err.find("a day is written YYYY-MM-DD"), std::string::npos);
  EXPECT_NE(type_day({"2026-03-10", "--own-reversed", "1:5"}).err.find("are given together"),
            std::string::npos);
  EXPECT_NE(type_day({"2026-03-10", "--participant", "16-004512"}).err.find("provider:16-004512"),
            std::string::npos);
  const test::Typed typed = type_day(
      {"2026-03-10", "--own-authorised", "1:5", "--own-reversed", "1:5", "--own-presented", "0:0"});
  EXPECT_EQ(typed.exit_code, 1) << typed.err;
  EXPECT_NE(typed.err.find("given by a pharmacy or centre alone"), std::string::npos) << typed.err;
}

TEST_F(ReconcileCommand, PrintsEveryPageOfADay) {
  Network network({.session = tell_days});
  connect_as(network, "urn:wasl:fund:CNAS");
  const test::Typed all = type_whole(add_reconcile_command, {"reconcile", "--date", "2026-03-10"});
  EXPECT_EQ(all.exit_code, 6) << all.err;
  EXPECT_NE(all.out.find("provider:16-004512"), std::string::npos) << all.out;
  EXPECT_NE(all.out.find("NOT IN BALANCE: provider:16-004513"), std::string::npos) << all.out;

  const test::Typed one =
      type_whole(add_reconcile_command,
                 {"reconcile", "--date", "2026-03-10", "--participant", "provider:16-004512"});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_TRUE(one.out.ends_with("in balance\n")) << one.out;

  const test::Typed none = type_whole(add_reconcile_command, {"reconcile", "--date", "2026-03-11"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_EQ(none.out, "");
  EXPECT_NE(none.err.find("not found: fund CNAS had no business day 2026-03-11"), std::string::npos)
      << none.err;
}

TEST_F(ReconcileCommand, NamesWhatAPharmacyCountedOtherwise) {
  Network network({.session = tell_days});
  connect_as(network, "urn:wasl:provider:16-004512");
  const test::Typed typed =
      type_whole(add_reconcile_command,
                 {"reconcile", "--date", "2026-03-10", "--fund", "CNAS", "--own-authorised",
                  "12:960000", "--own-reversed", "1:8000", "--own-presented", "11:952000"});
  EXPECT_EQ(typed.exit_code, 6) << typed.err;
  EXPECT_TRUE(
      typed.out.ends_with("in balance\nDIFFERS: presented: you counted 11, 9,520.00; the switch "
                          "has 10, 8,720.00\n"))
      << typed.out;
}

TEST_F(ReconcileCommand, BeginsADayThatEndsMeanwhileAtItsFirstPageAgain) {
  Network network({.session = end_the_day});
  connect_as(network, "urn:wasl:fund:CNAS");
  const test::Typed typed =
      type_whole(add_reconcile_command, {"reconcile", "--date", "2026-03-10"});
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_NE(typed.out.find("records 1 to 340\n"), std::string::npos) << typed.out;
  EXPECT_NE(typed.out.find("all 2 participants"), std::string::npos) << typed.out;
  EXPECT_NE(typed.out.find("+ authorised                      2            1,600.00\n"),
            std::string::npos)
      << typed.out;
}

}  // namespace
}  // namespace wasl::cli
