// The terminal's options: typed ones before the file's, paths from the file's directory, faults by
// line, column and nearest key.

#include "cli/terminal_config.hpp"

#include <gtest/gtest.h>

namespace wasl::cli {
namespace {

std::string fault(std::string_view text) {
  TerminalConfig config;
  const auto applied = apply_config(text, "dir/terminal.toml", {}, config);
  EXPECT_FALSE(applied) << text;
  return applied ? "" : applied.error().context;
}

TEST(TerminalConfig, ReadsEveryKey) {
  TerminalConfig config;
  const auto applied = apply_config(
      "server = \"switch:7443\"\nserver-name = \"s\"\ncertificate = \"a.crt\"\nkey = \"/k/a.key\"\n"
      "authority = \"../ca.crt\"\ncrl = \"ca.crl\"\nprofessional = [\"p.json\", \"/q.json\"]\n"
      "outbox = \"out\"\ntimeout = 500\nlang = \"ar\"\njson = true\n",
      "dir/terminal.toml", {}, config);
  ASSERT_TRUE(applied) << core::describe(applied.error());
  EXPECT_EQ(config.server, "switch:7443");
  EXPECT_EQ(config.server_name, "s");
  EXPECT_EQ(config.certificate, "dir/a.crt");
  EXPECT_EQ(config.key, "/k/a.key");
  EXPECT_EQ(config.authority, "ca.crt");
  EXPECT_EQ(config.crl, "dir/ca.crl");
  EXPECT_EQ(config.professional, (std::vector<std::string>{"dir/p.json", "/q.json"}));
  EXPECT_EQ(config.outbox, "dir/out");
  EXPECT_EQ(config.timeout_ms, 500u);
  EXPECT_EQ(language_of(config), core::Language::kArabic);
  EXPECT_TRUE(config.json);
}

TEST(TerminalConfig, LetsWhatWasTypedStand) {
  TerminalConfig config{.server = "typed:1"};
  ASSERT_TRUE(apply_config("server = \"file:2\"\nlang = \"fr\"", "t.toml", {"server"}, config));
  EXPECT_EQ(config.server, "typed:1");
  EXPECT_EQ(config.lang, "fr");
}

TEST(TerminalConfig, KeepsTheOutboxBesideTheFile) {
  TerminalConfig config;
  ASSERT_TRUE(apply_config("", "/etc/wasl/terminal.toml", {}, config));
  EXPECT_EQ(config.outbox, "/etc/wasl/outbox");
  TerminalConfig typed{.outbox = "here"};
  ASSERT_TRUE(apply_config("", "/etc/wasl/terminal.toml", {"outbox"}, typed));
  EXPECT_EQ(typed.outbox, "here");
}

TEST(TerminalConfig, NamesPlaceAndNearestKey) {
  EXPECT_EQ(fault("\nsrever = \"a:1\""),
            "dir/terminal.toml:2:1: there is no key 'srever', did you mean 'server'?");
  EXPECT_EQ(fault("timeout = 0"),
            "dir/terminal.toml:1:11: must be a whole number, 1 to 600000 ('timeout')");
  EXPECT_NE(fault("timeout = 600001").find("1 to 600000"), std::string::npos);
  EXPECT_NE(fault("lang = \"de\"").find("must be \"ar\""), std::string::npos);
  EXPECT_NE(fault("json = 1").find("true or false"), std::string::npos);
  EXPECT_NE(fault("key = 1").find("text in quotes"), std::string::npos);
  EXPECT_NE(fault("professional = \"a\"").find("list of texts"), std::string::npos);
  EXPECT_NE(fault("key = ").find("dir/terminal.toml:1:"), std::string::npos);
}

TEST(TerminalConfig, ReadsHostAndPort) {
  EXPECT_EQ(parse_server("switch.example.dz:7443")->host, "switch.example.dz");
  EXPECT_EQ(parse_server("[::1]:7443")->host, "::1");
  EXPECT_EQ(parse_server("[::1]:7443")->port, "7443");
  for (const char* wrong : {"", "host", "host:", ":7443"}) EXPECT_FALSE(parse_server(wrong));
}

}  // namespace
}  // namespace wasl::cli
