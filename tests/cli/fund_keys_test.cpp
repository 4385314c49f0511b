#include "cli/fund_keys.hpp"

#include <gtest/gtest.h>

#include "card/private_file.hpp"
#include "card/verifier.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

const core::FundCode kKnown = *core::FundCode::make("CNAS");
const core::FundCode kForgotten = *core::FundCode::make("CASNOS");

class FundKeysTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string file = directory_.path() + "/CNAS.key";
    ASSERT_TRUE(card::create_private(file, card::key_file_line(kKnown, card::Key{})));
    auto keys = FundKeys::read({{"CNAS", file}});
    ASSERT_TRUE(keys) << core::describe(keys.error());
    keys_ = std::move(*keys);
  }
  [[nodiscard]] core::Result<card::Key> key_of(const core::FundCode& fund) const {
    card::KeyName name;
    name.fund = fund;
    return keys_.derive(name);
  }

  test::TemporaryDirectory directory_;
  FundKeys keys_;
};

TEST_F(FundKeysTest, NameTheFundsOnFileThatHaveNoKey) {
  EXPECT_EQ(keys_.expect({kKnown, kForgotten}), std::vector<core::FundCode>{kForgotten});
  EXPECT_TRUE(key_of(kKnown));
}

TEST_F(FundKeysTest, RefuseAFileThatLacksItsFund) {
  const auto keys = FundKeys::read({{"CASNOS", directory_.path() + "/CNAS.key"}});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().code, core::Errc::kMalformed);
}

// A forgotten line of the configuration must decline nothing for ever.
TEST_F(FundKeysTest, SayNothingOfCardsWhoseKeyWasForgotten) {
  keys_.expect({kKnown, kForgotten});
  EXPECT_EQ(key_of(kForgotten).error().code, core::Errc::kConfiguration);
  core::Command command;
  core::GetRights rights;
  rights.card = {*core::CardNumber::make("1234567890123456"), kForgotten, 1};
  command.request = rights;
  command.proofs.card = core::Proof{};
  card::Verifier verifier(keys_, 16);
  EXPECT_FALSE(verifier.verify(command));
}

TEST_F(FundKeysTest, AFundThatNobodyKnowsProvesNothing) {
  keys_.expect({kKnown, kForgotten});
  EXPECT_EQ(key_of(*core::FundCode::make("NONE")).error().code, core::Errc::kNotFound);
}

}  // namespace
}  // namespace wasl::cli
