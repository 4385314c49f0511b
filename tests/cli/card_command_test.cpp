// `wasl card`: what is issued signs as the switch derives it, and no key is ever shown.

#include "cli/card_command.hpp"

#include <gtest/gtest.h>

#include "card/issue.hpp"
#include "card/key_file.hpp"
#include "card/private_file.hpp"
#include "card/virtual_card.hpp"
#include "cli/typed_command.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

class CardCommand : public ::testing::Test {
 protected:
  CardCommand() {
    const auto fund = core::FundCode::make("CNAS");
    EXPECT_TRUE(card::create_private(keys_, card::key_file_line(*fund, master_)));
  }
  test::Typed type(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "card");
    return test::type(add_card_commands, std::move(arguments));
  }
  std::vector<std::string> issue_card(const std::string& number) {
    return {"issue", "--keys", keys_, "--fund", "CNAS", "--number", number, "--out", card_};
  }

  test::TemporaryDirectory directory_;
  card::Key master_{{1, 2, 3}};
  std::string keys_ = directory_.path() + "/CNAS.key";
  std::string card_ = directory_.path() + "/card.json";
};

TEST_F(CardCommand, IssuesACardWithTheDerivedKey) {
  auto arguments = issue_card("160012345678");
  arguments.insert(arguments.end(), {"--key-version", "3"});
  const test::Typed typed = type(arguments);
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_EQ(typed.out.find("160012345678"), std::string::npos);
  const auto card = card::read_card(card_);
  ASSERT_TRUE(card) << core::describe(card.error());
  EXPECT_EQ(card->name.version, 3);
  EXPECT_EQ(card->counter, 0u);
  EXPECT_EQ(card->key.bytes, card::KeyFile::read(keys_)->derive(card->name)->bytes);
}

TEST_F(CardCommand, IssuesAProfessionalsKey) {
  const test::Typed typed = type({"issue", "--keys", keys_, "--fund", "CNAS", "--professional",
                                  "--provider", "16-004512", "--out", card_});
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  const auto key = card::read_card(card_);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name, card::professional_key_name(*core::FundCode::make("CNAS"),
                                                   *core::ParticipantId::make("16-004512"), 1));
}

TEST_F(CardCommand, ShowsNeitherKeyNorNumber) {
  ASSERT_EQ(type(issue_card("160012345678")).exit_code, 0);
  const std::string key = card::key_to_hex(card::read_card(card_)->key);
  for (const std::vector<std::string>& extra : {std::vector<std::string>{}, {"--json"}}) {
    std::vector<std::string> arguments{"show", card_};
    arguments.insert(arguments.end(), extra.begin(), extra.end());
    const test::Typed typed = type(arguments);
    EXPECT_EQ(typed.exit_code, 0);
    EXPECT_NE(typed.out.find("CNAS"), std::string::npos);
    EXPECT_NE(typed.out.find("5678"), std::string::npos);
    EXPECT_EQ(typed.out.find("160012345678"), std::string::npos);
    EXPECT_EQ(typed.out.find(key), std::string::npos);
  }
}

TEST_F(CardCommand, RefusesWhatItCannotIssue) {
  ASSERT_EQ(type(issue_card("160012345678")).exit_code, 0);
  const test::Typed again = type(issue_card("160012345678"));
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.err.find("card.json"), std::string::npos);
  card_ += ".other";
  EXPECT_EQ(type(issue_card("123456789012345678901")).exit_code, 1);
  EXPECT_EQ(type({"issue", "--keys", keys_, "--fund", "CNAS", "--out", card_}).exit_code, 1);
  const test::Typed other_fund =
      type({"issue", "--keys", keys_, "--fund", "AMO", "--number", "1", "--out", card_});
  EXPECT_EQ(other_fund.exit_code, 1);
  EXPECT_NE(type({"issue", "--keys", keys_, "--fund", "CNAS", "--professional", "--out", card_})
                .exit_code,
            0);
  EXPECT_EQ(card::read_card(card_).error().code, core::Errc::kNotFound);
}

}  // namespace
}  // namespace wasl::cli
