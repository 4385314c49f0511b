// The participant's name: what is taken, what is not, at its bounds.

#include "net/identity.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/observer.hpp"

namespace wasl::net {
namespace {

using core::Errc;

TEST(Identity, TakesEveryRole) {
  const std::pair<const char*, core::Role> rows[] = {
      {"urn:wasl:provider:16-004512", core::Role::kProvider},
      {"urn:wasl:centre:C830", core::Role::kCentre},
      {"urn:wasl:fund:cnas", core::Role::kFund},
      {"urn:wasl:authority:dz", core::Role::kAuthority},
      {"urn:wasl:desk:1:a", core::Role::kDesk},
      {"urn:wasl:operator:centre:16-01:042", core::Role::kCentreOperator},
      {"urn:wasl:operator:fund:cnas:007", core::Role::kFundOperator}};
  for (const auto& [uri, role] : rows) {
    const auto participant = parse_participant(uri);
    ASSERT_TRUE(participant) << uri;
    EXPECT_EQ(participant->role, role);
    EXPECT_EQ(participant_uri(*participant), uri);
  }
}

TEST(Identity, OfAnOperatorNamesItsCentreOrFundAndItself) {
  const auto clerk = parse_participant("urn:wasl:operator:centre:16-01:042");
  ASSERT_TRUE(clerk);
  EXPECT_EQ(clerk->id.view(), "16-01:042");
  const auto speaker = core::speaker_of(*clerk);
  ASSERT_TRUE(speaker);
  EXPECT_EQ(participant_uri(speaker->participant), "urn:wasl:centre:16-01");
  EXPECT_EQ(speaker->by.view(), "042");
  for (const char* uri : {"urn:wasl:operator:centre:16-01", "urn:wasl:operator:centre:16-01:",
                          "urn:wasl:operator:centre::042", "urn:wasl:operator:centre"}) {
    EXPECT_FALSE(parse_participant(uri)) << uri;
  }
}

TEST(Identity, HasAnIdOf1To24Characters) {
  const std::string prefix = "urn:wasl:provider:";
  EXPECT_FALSE(parse_participant(prefix));
  EXPECT_TRUE(parse_participant(prefix + "1"));
  EXPECT_TRUE(parse_participant(prefix + std::string(24, '1')));
  EXPECT_FALSE(parse_participant(prefix + std::string(25, '1')));
}

TEST(Identity, RefusesEveryByteThatIsNoLetterDigitHyphenOrColon) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == ':';
    const std::string uri = std::string{"urn:wasl:provider:1"} + c + "2";
    EXPECT_EQ(parse_participant(uri).has_value(), good) << byte;
  }
}

TEST(Identity, RefusesOtherForms) {
  for (const char* uri : {"", "urn:wasl:", "urn:wasl:provider", "URN:wasl:provider:1",
                          "urn:wasl::1", " urn:wasl:provider:1", "urn:wasl2:provider:1"}) {
    EXPECT_FALSE(parse_participant(uri)) << uri;
  }
  EXPECT_EQ(parse_participant("urn:wasl:clerk:1").error().code, Errc::kUnsupported);
  EXPECT_EQ(parse_participant("urn:wasl:operator:desk:1:2").error().code, Errc::kUnsupported);
  EXPECT_EQ(parse_participant("urn:wasl:Provider:1").error().code, Errc::kUnsupported);
  EXPECT_EQ(parse_participant("mailto:a@b").error().code, Errc::kMalformed);
}

TEST(Identity, IsNotRepeatedInErrors) {
  const auto refused = parse_participant("urn:wasl:provider:secret/1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().context.find("secret"), std::string::npos);
}

template <typename Enum>
void expect_distinct_labels() {
  std::set<std::string_view> seen;
  for (int i = 0; i < static_cast<int>(Enum::kEnd); ++i) {
    const std::string_view text = core::label(static_cast<Enum>(i));
    EXPECT_FALSE(text.empty());
    EXPECT_TRUE(seen.insert(text).second) << text;
  }
}

TEST(NetLabels, AreDistinct) {
  expect_distinct_labels<core::HandshakeResult>();
  expect_distinct_labels<core::AcceptRefusal>();
  expect_distinct_labels<core::FrameRefusal>();
  expect_distinct_labels<core::CloseCause>();
}

}  // namespace
}  // namespace wasl::net
