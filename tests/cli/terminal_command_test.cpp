// `wasl terminal` against peers that refuse, go away or say nothing: its exit codes, and what its
// outbox remembers. Whole claims are decided in the system tests.

#include "cli/terminal_command.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

#include "cli/command_over_tls.hpp"
#include "cli/counter_command.hpp"
#include "cli/outbox.hpp"
#include "wire/client.hpp"
#include "wire/encode.hpp"
#include "wire/requests.hpp"

namespace wasl::cli {
namespace {

using test::Network;

bool is_echo(const std::string& frame) {
  v1::Envelope envelope;
  EXPECT_TRUE(envelope.ParseFromString(frame));
  return envelope.has_echo();
}

// Greets, and breaks the line at the first request that counts.
asio::awaitable<void> break_at_a_request(std::shared_ptr<net::Connection> connection) {
  for (;;) {
    const auto frame = co_await test::next_frame(connection);
    if (!frame) co_return;
    if (!is_echo(*frame)) co_return connection->close(core::CloseCause::kSession);
    connection->send(*frame);
  }
}

asio::awaitable<void> refuse(std::shared_ptr<net::Connection> connection, core::Refused refused) {
  for (;;) {
    const auto frame = co_await test::next_frame(connection);
    if (!frame) co_return;
    v1::Envelope envelope;
    EXPECT_TRUE(envelope.ParseFromString(*frame));
    std::string answer = *frame;
    if (!envelope.has_echo()) {
      answer.clear();
      const wire::Refusal refusal{.refused = refused,
                                  .sentence = "as the test says",
                                  .field = "",
                                  .correlation_id = envelope.correlation_id()};
      wire::encode_refusal(refusal, answer);
      answer.erase(0, wire::kFrameHeaderBytes);
    }
    connection->send(answer);
  }
}

asio::awaitable<void> refuse_all(std::shared_ptr<net::Connection> connection) {
  return refuse(std::move(connection), {.code = core::Refusal::kParticipantSuspended});
}

asio::awaitable<void> be_busy(std::shared_ptr<net::Connection> connection) {
  return refuse(
      std::move(connection),
      {.code = core::Refusal::kBusy, .cause = core::BusyCause::kQueue, .retry_after_ms = 1});
}

// Nothing is pending, and every bordereau that is named is refused.
asio::awaitable<void> refuse_the_named(std::shared_ptr<net::Connection> connection) {
  for (;;) {
    const auto frame = co_await test::next_frame(connection);
    if (!frame) co_return;
    v1::Envelope answer;
    EXPECT_TRUE(answer.ParseFromString(*frame));
    if (answer.has_list_reviews()) answer.mutable_reviews_page();
    if (answer.has_list_payout_changes()) answer.mutable_payout_changes_page();
    if (answer.has_get_bordereau()) {
      answer.mutable_refused()->set_code(v1::Refused::MALFORMED);
      answer.mutable_refused()->set_field("number");
    }
    connection->send(answer.SerializeAsString());
  }
}

// What stands on stdin, until the end of a test.
class TypedLines {
 public:
  explicit TypedLines(const std::string& lines) : lines_(lines) {}
  ~TypedLines() {
    std::cin.rdbuf(before_);
    std::cin.clear();
  }
  TypedLines(const TypedLines&) = delete;
  TypedLines& operator=(const TypedLines&) = delete;

 private:
  std::istringstream lines_;
  std::streambuf* before_ = std::cin.rdbuf(lines_.rdbuf());
};

class TerminalCommand : public test::CommandOverTls {
 protected:
  test::Typed type(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "terminal");
    return type_whole(add_terminal_commands, std::move(arguments));
  }
  test::Typed claim() { return type({"claim", path("refund.json")}); }
  [[nodiscard]] std::size_t open_requests() const {
    const auto outbox = Outbox::open(path("outbox"));
    return outbox->open_entries()->size();
  }
};

TEST_F(TerminalCommand, EndsWith3WhenNobodyListens) {
  {
    Network network;
    connect(network);
  }
  const test::Typed typed = claim();
  EXPECT_EQ(typed.exit_code, 3) << typed.err;
  EXPECT_NE(typed.err.find("not reachable, nothing was sent"), std::string::npos) << typed.err;
  EXPECT_EQ(open_requests(), 0u);
}

TEST_F(TerminalCommand, EndsWith4WhenTlsRefusesEitherSide) {
  Network network;
  const test::Authority stranger("Another authority");
  connect(network, stranger);
  EXPECT_EQ(claim().exit_code, 4);
  EXPECT_EQ(open_requests(), 0u);

  connect(network);
  test::write_file(path("ca.crt"), stranger.own().certificate_pem());
  const test::Typed typed = claim();
  EXPECT_EQ(typed.exit_code, 4) << typed.err;
  EXPECT_EQ(open_requests(), 0u);
}

TEST_F(TerminalCommand, EndsWith4AfterATypedRefusal) {
  Network network({.session = refuse_all});
  connect(network);
  const test::Typed typed = claim();
  EXPECT_EQ(typed.exit_code, 4) << typed.err;
  EXPECT_NE(typed.err.find("PARTICIPANT_SUSPENDED"), std::string::npos) << typed.err;
  EXPECT_EQ(open_requests(), 0u);
}

TEST_F(TerminalCommand, EndsWith4WhenItStaysBusy) {
  Network network({.session = be_busy});
  connect(network);
  const test::Typed typed = claim();
  EXPECT_EQ(typed.exit_code, 4) << typed.err;
  EXPECT_NE(typed.err.find("BUSY"), std::string::npos) << typed.err;
  EXPECT_EQ(open_requests(), 0u);
}

TEST_F(TerminalCommand, IsInDoubtWhenTheLineBreaksAndStartsNoSecondClaim) {
  Network network({.session = break_at_a_request});
  connect(network);
  const test::Typed first = claim();
  EXPECT_EQ(first.exit_code, 5) << first.err;
  EXPECT_NE(first.err.find("0102030405060708090a0b0c0d0e0f10"), std::string::npos) << first.err;
  EXPECT_NE(first.err.find("wasl terminal recover"), std::string::npos) << first.err;
  EXPECT_EQ(open_requests(), 1u);

  v1::SubmitClaim same_sale = test::refund().submit_claim();
  same_sale.clear_request_id();
  test::write_file(path("refund.json"), *wire::to_json(same_sale, true));
  const test::Typed second = claim();
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_NE(second.err.find("wasl terminal recover"), std::string::npos) << second.err;

  const test::Typed recovered = type({"recover"});
  EXPECT_EQ(recovered.exit_code, 5);
  EXPECT_EQ(open_requests(), 1u);
}

TEST_F(TerminalCommand, SaysOfAnAccountInDoubtNotToEnterItAgain) {
  Network network({.session = break_at_a_request});
  connect_as(network, "urn:wasl:operator:centre:16-001:042");
  const test::Typed typed =
      type_whole(add_counter_commands, {"counter", "payout", "set", "--insured", "1600123456",
                                        "--account", "007 99999 0023456789 41"});
  EXPECT_EQ(typed.exit_code, 5) << typed.err;
  EXPECT_NE(typed.err.find("do not enter this account again"), std::string::npos) << typed.err;
  EXPECT_EQ(open_requests(), 1u);
}

TEST_F(TerminalCommand, SaysOfAReductionInDoubtNotToAskItAgain) {
  Network network({.session = break_at_a_request});
  connect_as(network, "urn:wasl:operator:centre:16-001:042");
  const test::Typed typed =
      type_whole(add_counter_commands, {"counter", "reduce", "--provider", "16-004512", "--fund",
                                        "CNAS", "--bordereau", "3", "--claim", "70", "--insurer",
                                        "320.00", "--reason", "wrong-quantity", "--yes"});
  EXPECT_EQ(typed.exit_code, 5) << typed.err;
  EXPECT_NE(typed.err.find("do not reduce this claim again"), std::string::npos) << typed.err;
  EXPECT_EQ(open_requests(), 1u);
}

TEST_F(TerminalCommand, GoesOnWithTheDialogueAfterABordereauThatIsRefused) {
  Network network({.session = refuse_the_named});
  connect_as(network, "urn:wasl:operator:centre:16-001:042");
  const TypedLines lines("o 16-004512 CNAS 0\n?\nq\n");
  const test::Typed typed = type_whole(add_counter_commands, {"counter", "shell"});
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_NE(typed.err.find("refused, without effect: MALFORMED"), std::string::npos) << typed.err;
  EXPECT_NE(typed.out.find("open bordereau 2 of the list"), std::string::npos) << typed.out;
}

TEST_F(TerminalCommand, StaysInDoubtAfterARefusalOfALaterCopy) {
  {
    Network network({.session = break_at_a_request});
    connect(network);
    EXPECT_EQ(claim().exit_code, 5);
  }
  Network network({.session = refuse_all});
  connect(network);
  EXPECT_EQ(type({"recover"}).exit_code, 5);
  EXPECT_EQ(open_requests(), 1u);
}

TEST_F(TerminalCommand, HasNothingToRecoverAtFirst) {
  Network network;
  connect(network);
  const test::Typed typed = type({"recover"});
  EXPECT_EQ(typed.exit_code, 0);
  EXPECT_EQ(typed.out, "nothing is in doubt\n");
}

TEST_F(TerminalCommand, NeverDoubtsAQuestion) {
  Network network({.session = break_at_a_request});
  connect(network);
  EXPECT_EQ(type({"quote", path("refund.json")}).exit_code, 3);
  EXPECT_EQ(type({"status", "0102030405060708090a0b0c0d0e0f10"}).exit_code, 3);
  EXPECT_EQ(type({"list"}).exit_code, 3);
  EXPECT_EQ(open_requests(), 0u);
}

TEST_F(TerminalCommand, EndsAPipedDialogueWithTheGravestOfItsLines) {
  Network network({.session = break_at_a_request});
  connect(network);
  const TypedLines lines("frobnicate\nclaim " + path("refund.json") + "\nstatus xyz\nquit\n");
  const test::Typed typed = type({"repl"});
  EXPECT_EQ(typed.exit_code, 5) << typed.err;
  EXPECT_NE(typed.err.find("unknown word frobnicate"), std::string::npos) << typed.err;
}

TEST_F(TerminalCommand, NamesTheFileThatIsNoClaimAndTheServerThatDoesNotAnswer) {
  {
    Network network;
    connect(network);
  }
  EXPECT_NE(claim().err.find("127.0.0.1:"), std::string::npos);
  test::write_file(path("refund.json"), "{\"claim\":");
  const test::Typed typed = claim();
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("refund.json: "), std::string::npos) << typed.err;
}

TEST_F(TerminalCommand, AsksAPharmacyForTheCard) {
  Network network;
  connect_as(network, "urn:wasl:provider:16-004512");
  const test::Typed typed = type({"rights", "--number", "160012345678", "--fund", "CNAS",
                                  "--purpose", "counter", "--terminal", "T1"});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("give --card"), std::string::npos) << typed.err;
}

TEST_F(TerminalCommand, SaysWhatIsMissingOrMistyped) {
  const auto type_only = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "terminal");
    return test::type(add_terminal_commands, std::move(arguments));
  };
  EXPECT_NE(type_only({"list"}).err.find("--certificate is missing"), std::string::npos);
  EXPECT_EQ(type_only({"status", "xyz"}).exit_code, 1);
  EXPECT_NE(type_only({"list", "--lang", "de"}).exit_code, 0);
  test::write_file(path("terminal.toml"), "certifcate = \"a\"\n");
  const test::Typed typed = type_only({"list", "--config", path("terminal.toml")});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("did you mean 'certificate'?"), std::string::npos) << typed.err;
}

}  // namespace
}  // namespace wasl::cli
