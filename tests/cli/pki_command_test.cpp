// `wasl pki` as it is typed: each subcommand once, and what a mistake gives.

#include "cli/pki_command.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "cli/pki.hpp"
#include "cli/typed_command.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

class PkiCommand : public ::testing::Test {
 protected:
  test::Typed type(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "pki");
    arguments.insert(arguments.end(), {"--dir", directory_});
    return test::type(add_pki_commands, std::move(arguments));
  }

  test::TemporaryDirectory temporary_;
  std::string directory_ = temporary_.path() + "/pki";
};

TEST_F(PkiCommand, MakesEverythingANetworkNeeds) {
  EXPECT_EQ(type({"init"}).exit_code, 0);
  EXPECT_EQ(type({"issue", "--dns", "localhost", "--ip", "127.0.0.1"}).exit_code, 0);
  EXPECT_EQ(type({"issue", "--uri", "urn:wasl:provider:1", "--days", "30"}).exit_code, 0);
  EXPECT_EQ(type({"revoke", "urn:wasl:provider:1"}).exit_code, 0);
  EXPECT_EQ(type({"crl", "--days", "10"}).exit_code, 0);

  const auto entries = boost::json::parse(type({"list", "--json"}).out).as_array();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].at("kind"), "server");
  EXPECT_EQ(entries[0].at("state"), "valid");
  EXPECT_EQ(entries[1].at("subject"), "urn:wasl:provider:1");
  EXPECT_EQ(entries[1].at("state"), "revoked");

  const auto status = boost::json::parse(type({"show", "--json"}).out);
  EXPECT_EQ(status.at("issued"), 2);
  EXPECT_EQ(status.at("revoked"), 1);
  EXPECT_NE(type({"show"}).out.find("of which revoked 1"), std::string::npos);
  EXPECT_NE(type({"list"}).out.find("urn:wasl:provider:1"), std::string::npos);
}

TEST_F(PkiCommand, SaysInOneLineWhatToDo) {
  const test::Typed outcome = type({"issue", "--uri", "urn:wasl:provider:1"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1);
  EXPECT_NE(outcome.err.find("wasl pki init"), std::string::npos);
}

TEST_F(PkiCommand, BeginsEachHelpWithExamplesOfItsOwn) {
  const auto under_examples = [](Command wasl) {
    wasl.examples("Examples:\n  wasl of another command");
    add_pki_commands(wasl);
  };
  EXPECT_TRUE(
      test::type(under_examples, {"pki", "--help"}).out.starts_with("Examples:\n  wasl pki "));
  for (const std::string command : {"init", "issue", "revoke", "crl", "list", "show"}) {
    const std::string help = test::type(under_examples, {"pki", command, "--help"}).out;
    EXPECT_TRUE(help.starts_with("Examples:\n  wasl pki " + command)) << help;
  }
}

TEST_F(PkiCommand, GivesACommandWithoutExamplesNoneOfAnother) {
  const auto bare = [](Command wasl) {
    wasl.examples("Examples:\n  wasl of another command");
    wasl.command("bare", "Has no examples");
  };
  EXPECT_TRUE(test::type(bare, {"bare", "--help"}).out.starts_with("Has no examples"));
}

TEST_F(PkiCommand, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(type({"sign"}).exit_code, 0);
  EXPECT_NE(type({"issue", "--days", "0"}).exit_code, 0);
  EXPECT_NE(type({"revoke"}).exit_code, 0);
}

}  // namespace
}  // namespace wasl::cli
