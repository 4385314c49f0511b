// `wasl ledger` against a peer that lists postings: what it asks for in whose name.

#include "cli/ledger_command.hpp"

#include <gtest/gtest.h>

#include "cli/command_over_tls.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {
namespace {

using test::Network;
namespace asio = boost::asio;

constexpr const char* kOperator = "urn:wasl:operator:fund:CNAS:007";

// Two pages of one set each. As the switch does, it refuses a second page of all participants
// without the one that the first ended with.
void answer(const v1::ListPostings& asked, v1::Envelope& answer) {
  const bool of_all = asked.fund().empty() && !asked.has_participant();
  if (of_all && asked.after() != 0 && !asked.has_after_participant()) {
    answer.mutable_refused()->set_code(v1::Refused::MALFORMED);
    answer.mutable_refused()->set_field("after_participant");
    return;
  }
  v1::PostingSet& set = *answer.mutable_postings_page()->add_sets();
  set.set_sequence(asked.after() + 1);
  set.mutable_participant()->set_role(v1::PROVIDER);
  set.mutable_participant()->set_id("16-004512");
  if (asked.after() != 0) return;
  answer.mutable_postings_page()->set_next_after(1);
  *answer.mutable_postings_page()->mutable_next_participant() = set.participant();
}

asio::awaitable<void> list_postings(std::shared_ptr<net::Connection> connection) {
  for (;;) {
    const auto frame = co_await test::next_frame(connection);
    if (!frame) co_return;
    v1::Envelope asked;
    EXPECT_TRUE(asked.ParseFromString(*frame));
    v1::Envelope told = asked;
    if (asked.has_list_postings()) answer(asked.list_postings(), told);
    connection->send(told.SerializeAsString());
  }
}

class LedgerCommand : public test::CommandOverTls {
 protected:
  test::Typed type(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ledger");
    return type_whole(add_ledger_commands, std::move(arguments));
  }
};

TEST_F(LedgerCommand, ListsEveryPageToAFundsOperator) {
  Network network({.session = list_postings});
  connect_as(network, kOperator);
  const test::Typed typed = type({"postings"});
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_NE(typed.out.find("record 1  "), std::string::npos) << typed.out;
  EXPECT_NE(typed.out.find("record 2  "), std::string::npos) << typed.out;
}

TEST_F(LedgerCommand, MixesNoParticipantsInAStatement) {
  Network network({.session = list_postings});
  for (const char* asking : {"urn:wasl:fund:CNAS", kOperator}) {
    connect_as(network, asking);
    const test::Typed typed = type({"statement"});
    EXPECT_EQ(typed.exit_code, 1) << asking;
    EXPECT_NE(typed.err.find("give --participant"), std::string::npos) << typed.err;
    EXPECT_EQ(typed.out, "");
  }
}

TEST_F(LedgerCommand, NamesWhoseStatementItIs) {
  Network network({.session = list_postings});
  connect_as(network, kOperator);
  test::Typed typed = type({"statement", "--participant", "provider:16-004512"});
  EXPECT_TRUE(typed.out.starts_with("statement of provider:16-004512 with fund CNAS, "))
      << typed.out;
  connect_as(network, "urn:wasl:provider:16-004512");
  typed = type({"statement", "--fund", "CASNOS", "--until", "2026-03-31"});
  EXPECT_TRUE(
      typed.out.starts_with("statement of provider:16-004512 with fund CASNOS, the first "
                            "posting to 2026-03-31 (UTC)\n"))
      << typed.out << typed.err;
}

TEST_F(LedgerCommand, TakesNoPeriodThatEndsBeforeItBegins) {
  Network network({.session = list_postings});
  connect_as(network, kOperator);
  const auto type_days = [&](const char* from, const char* until) {
    return type(
        {"statement", "--participant", "provider:16-004512", "--from", from, "--until", until});
  };
  EXPECT_EQ(type_days("2026-03-02", "2026-03-01").exit_code, 1);
  EXPECT_NE(type_days("2026-03-02", "2026-03-01").err.find("--from is after --until"),
            std::string::npos);
  EXPECT_EQ(type_days("2026-03-01", "2026-03-01").exit_code, 0);
}

}  // namespace
}  // namespace wasl::cli
