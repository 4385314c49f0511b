#include "wire/scan.hpp"

#include "wire/limits.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

using test::submit;

// A field of protobuf, by hand: what no library would write.
std::string varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  return out + static_cast<char>(value);
}
std::string field(unsigned number, std::string_view bytes) {
  return varint(number << 3 | 2) + varint(bytes.size()) + std::string(bytes);
}
std::string number_field(unsigned number, std::uint64_t value) {
  return varint(number << 3) + varint(value);
}
std::string repeat(std::string_view bytes, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += bytes;
  return out;
}

Scan scan_text(const std::string& bytes) { return scan(core::as_bytes(bytes)); }
std::string problem(const std::string& bytes) {
  const Scan seen = scan_text(bytes);
  if (seen.ok) return "taken";
  return seen.field.empty() ? seen.problem : seen.field + ": " + seen.problem;
}

constexpr unsigned kSubmit = 10;
constexpr unsigned kClaim = 2;
constexpr unsigned kLines = 9;
constexpr unsigned kUnknown = 900;

TEST(Scan, TakesEveryKindOfRequest) {
  EXPECT_TRUE(scan_text(submit().SerializeAsString()).ok);
  EXPECT_TRUE(scan_text(test::get_rights().SerializeAsString()).ok);
  EXPECT_TRUE(scan_text(test::decide_agreement().SerializeAsString()).ok);
  EXPECT_TRUE(scan_text("").ok);
}

TEST(Scan, RefusesAFrameFullOfEmptyLines) {
  const std::string lines = repeat(field(kLines, ""), 32'000);
  EXPECT_EQ(problem(field(kSubmit, field(kClaim, lines))), "claim.lines: more than 40 of them");
}

TEST(Scan, AdmitsAsManyLinesAsAClaimMayHave) {
  const auto claim_of = [](int lines) {
    return field(kSubmit, field(kClaim, repeat(field(kLines, ""), lines)));
  };
  EXPECT_EQ(problem(claim_of(39)), "taken");
  EXPECT_EQ(problem(claim_of(40)), "taken");
  EXPECT_EQ(problem(claim_of(41)), "claim.lines: more than 40 of them");
}

TEST(Scan, AdmitsAsManyItemsAsABatchMayHave) {
  constexpr unsigned kPutPrescriber = 25;
  const auto batch_of = [](int items) {
    return field(kPutPrescriber, repeat(field(2, ""), items));
  };
  EXPECT_EQ(problem(batch_of(100)), "taken");
  EXPECT_EQ(problem(batch_of(101)), "items: more than 100 of them");
}

TEST(Scan, CountsPackedValuesOneByOne) {
  EXPECT_EQ(problem(field(2, field(1, repeat("\1", 3)))), "taken");
  EXPECT_EQ(problem(field(2, field(1, repeat("\1", 4)))), "options.languages: more than 3 of them");
  EXPECT_EQ(problem(field(2, repeat(number_field(1, 1), 4))),
            "options.languages: more than 3 of them");
}

TEST(Scan, RefusesAFieldThatIsGivenTwice) {
  const std::string claim = field(kClaim, number_field(5, 1) + number_field(5, 2));
  EXPECT_EQ(problem(field(kSubmit, claim)), "claim.beneficiary_rank: given more than once");
  EXPECT_EQ(problem(field(kSubmit, "") + field(kSubmit, "")),
            "more than one request in an Envelope");
  EXPECT_EQ(problem(field(kSubmit, "") + field(13, "")), "more than one request in an Envelope");
}

TEST(Scan, BoundsUnknownFields) {
  EXPECT_EQ(problem(repeat(field(kUnknown, "x"), kUnknownFieldsMax)), "taken");
  EXPECT_EQ(problem(repeat(field(kUnknown, "x"), kUnknownFieldsMax + 1)),
            "too many unknown fields");
}

TEST(Scan, RefusesGroupsAndOtherOldWireTypes) {
  for (const unsigned type : {3U, 4U, 6U, 7U}) {
    EXPECT_EQ(problem(varint(kUnknown << 3 | type) + "\1"),
              "ends inside a field, or is not protobuf");
  }
}

TEST(Scan, RefusesTheWrongWireTypeOfAKnownField) {
  EXPECT_EQ(problem(number_field(kSubmit, 1)), "wrong type");
  EXPECT_EQ(problem(field(kSubmit, number_field(1, 5))), "request_id: wrong type");
}

TEST(Scan, RefusesFieldNumbersThatDoNotExist) {
  EXPECT_EQ(problem(std::string("\x02\x00", 2)), "not an Envelope in protobuf");
  EXPECT_EQ(problem(varint(std::uint64_t{1} << 40) + "\1"), "not an Envelope in protobuf");
}

TEST(Scan, RefusesAnAnswerFromAClient) {
  for (const unsigned answer : {40U, 50U, 60U, 64U, 73U, 74U, 76U}) {
    const Scan seen = scan_text(field(answer, ""));
    EXPECT_FALSE(seen.ok) << answer;
    EXPECT_EQ(seen.code, core::Refusal::kUnknownRequest) << answer;
  }
  for (const unsigned request : {38U, 51U, 65U, 69U, 70U, 72U, 75U}) {
    EXPECT_TRUE(scan_text(field(request, "")).ok) << request;
  }
}

TEST(Scan, RefusesEveryTruncation) {
  const std::string whole = submit().SerializeAsString();
  int taken = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    taken += scan_text(whole.substr(0, size)).ok ? 1 : 0;
  }
  EXPECT_EQ(taken, 2);  // Nothing at all, and the correlation id alone.
}

TEST(Scan, KeepsTheCorrelationIdOfWhatItRefuses) {
  v1::Envelope envelope;
  envelope.set_correlation_id(0x0102'0304'0506'0708);
  const Scan seen = scan_text(envelope.SerializeAsString() + "\xff");
  EXPECT_FALSE(seen.ok);
  EXPECT_EQ(seen.correlation_id, 0x0102'0304'0506'0708U);
}

TEST(Scan, NamesTheTextThatIsNotUtf8) {
  const auto terminal = [](std::string_view text) {
    return problem(field(kSubmit, field(kClaim, field(3, text))));
  };
  EXPECT_EQ(terminal("caf\xc3\xa9 \xd8\xaf \xe2\x82\xac \xf0\x9f\x92\x8a"), "taken");
  for (const std::string_view wrong : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\xaf", "\xed\xa0\x80",
                                       "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xff", "a\xc3("}) {
    EXPECT_EQ(terminal(wrong), "claim.terminal_id: not UTF-8");
  }
}

}  // namespace
}  // namespace wasl::wire
