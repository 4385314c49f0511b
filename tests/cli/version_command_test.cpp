#include "cli/version_command.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "cli/typed_command.hpp"
#include "core/decide.hpp"

namespace wasl::cli {
namespace {

TEST(Version, NamesDeciderAndFormatsAndLibraries) {
  const test::Typed typed = test::type(add_version_command, {"version", "--json"});
  ASSERT_EQ(typed.exit_code, 0) << typed.err;
  const auto told = boost::json::parse(typed.out).as_object();
  EXPECT_EQ(told.at("decider_version"), core::kDeciderVersion);
  EXPECT_EQ(told.at("journal_format"), 1);
  EXPECT_EQ(told.at("store_format"), 8);
  EXPECT_TRUE(told.at("version").as_string().starts_with("0."));
  EXPECT_FALSE(told.at("compiler").as_string().empty());
  EXPECT_FALSE(told.at("build_type").as_string().empty());
  EXPECT_TRUE(told.at("rocksdb").as_string().starts_with("7."));
  EXPECT_TRUE(told.at("openssl").as_string().starts_with("3."));
}

TEST(Version, SaysTheSameForPeople) {
  const test::Typed typed = test::type(add_version_command, {"version"});
  EXPECT_EQ(typed.exit_code, 0);
  const std::string decider = "decider version   " + std::to_string(core::kDeciderVersion);
  for (const std::string& words :
       {std::string("wasl 0."), decider, std::string("journal format    1"),
        std::string("store format      8"), std::string("RocksDB           7."),
        std::string("OpenSSL           3.")}) {
    EXPECT_NE(typed.out.find(words), std::string::npos) << words << " in " << typed.out;
  }
}

TEST(Version, IsAFlagToo) {
  EXPECT_EQ(test::type(add_version_command, {"--version"}).exit_code, 0);
}

}  // namespace
}  // namespace wasl::cli
