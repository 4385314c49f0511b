#include "wire/decode.hpp"

#include "wire/limits.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

using test::centre;
using test::decode;
using test::pharmacy;
using test::submit;
using test::verdict;

// The verdict on the sample claim after one change.
template <typename Change>
std::string claim_with(Change change) {
  v1::Envelope envelope = submit();
  change(*envelope.mutable_submit_claim()->mutable_claim());
  return verdict(envelope, pharmacy());
}
template <typename Change>
std::string line_with(Change change) {
  return claim_with([&](v1::Claim& claim) { change(*claim.mutable_lines(2)); });
}
template <typename Change>
std::string submit_with(Change change) {
  v1::Envelope envelope = submit();
  change(*envelope.mutable_submit_claim());
  return verdict(envelope, pharmacy());
}

TEST(DecodeClaim, TakesEveryField) {
  v1::Envelope envelope = submit();
  envelope.mutable_options()->add_languages(v1::FRENCH);
  envelope.mutable_options()->set_trace(true);
  const auto decoded = decode(envelope, pharmacy());
  ASSERT_TRUE(decoded) << decoded.error().sentence;
  EXPECT_EQ(decoded->correlation_id, 42U);
  EXPECT_EQ(decoded->languages, 1U << static_cast<unsigned>(core::Language::kFrench));
  EXPECT_TRUE(decoded->trace);
  ASSERT_EQ(decoded->commands.size(), 1U);
  const core::Command& command = decoded->commands.front();
  EXPECT_EQ(command.from, pharmacy());
  EXPECT_EQ(command.request_id.back(), 0x10);
  EXPECT_EQ(command.proofs.card->atc, 7U);
  EXPECT_EQ(command.proofs.card->unpredictable[3], 0x0d);
  EXPECT_EQ(command.proofs.professional->atc, 9'001U);
  EXPECT_EQ(command.proofs.professional->mac[7], 0x18);
  EXPECT_EQ(command.proofs.professional_key_version, 1U);
  const auto* submitted = std::get_if<core::SubmitClaim>(&command.request);
  ASSERT_NE(submitted, nullptr);
  const core::Claim& claim = submitted->claim;
  EXPECT_EQ(claim.provider.view(), "16-004512");
  EXPECT_EQ(claim.card.number.view(), "160012345678");
  EXPECT_EQ(claim.card.key_version, 3U);
  EXPECT_EQ(claim.rank, 2U);
  EXPECT_EQ(core::to_text(claim.service_date), "2026-03-10");
  EXPECT_EQ(claim.first_act_date, claim.service_date);
  EXPECT_EQ(claim.prescription.type, core::PrescriptionType::kAcute);
  EXPECT_EQ(claim.prescription.key.number.view(), "RX-1");
  ASSERT_EQ(claim.lines.size(), 3U);
  EXPECT_EQ(claim.lines[0].unit_price, core::Cents{60'000});
  EXPECT_EQ(claim.lines[2].supply_days, 30U);
}

TEST(DecodeClaim, NamesTheFieldThatIsOutsideItsRange) {
  const auto quantity = [](std::uint32_t value) {
    return line_with([=](v1::ClaimLine& line) { line.set_quantity(value); });
  };
  EXPECT_EQ(quantity(0), "claim.lines[2].quantity: 0 is outside 1..9999");
  EXPECT_EQ(quantity(1), "taken");
  EXPECT_EQ(quantity(9'999), "taken");
  EXPECT_EQ(quantity(10'000), "claim.lines[2].quantity: 10000 is outside 1..9999");
  EXPECT_EQ(quantity(UINT32_MAX), "claim.lines[2].quantity: 4294967295 is outside 1..9999");
}

TEST(DecodeClaim, BoundsThePrice) {
  const auto price = [](std::int64_t value) {
    return line_with([=](v1::ClaimLine& line) { line.set_unit_price_cents(value); });
  };
  const std::string outside = " is outside 1..10000000000";
  EXPECT_EQ(price(0), "claim.lines[2].unit_price_cents: 0" + outside);
  EXPECT_EQ(price(-1), "claim.lines[2].unit_price_cents: -1" + outside);
  EXPECT_EQ(price(INT64_MIN), "claim.lines[2].unit_price_cents: -9223372036854775808" + outside);
  EXPECT_EQ(price(1), "taken");
  EXPECT_EQ(price(10'000'000'000), "taken");
  EXPECT_EQ(price(10'000'000'001), "claim.lines[2].unit_price_cents: 10000000001" + outside);
}

TEST(DecodeClaim, BoundsTheSupply) {
  const auto supply = [](std::uint32_t value) {
    return line_with([=](v1::ClaimLine& line) { line.set_supply_days(value); });
  };
  EXPECT_EQ(supply(0), "taken");
  EXPECT_EQ(supply(366), "taken");
  EXPECT_EQ(supply(367), "claim.lines[2].supply_days: 367 is outside 0..366");
  EXPECT_EQ(supply(65'536), "claim.lines[2].supply_days: 65536 is outside 0..366");
}

TEST(DecodeClaim, HasOneToFortyLines) {
  const auto lines = [](int count) {
    return claim_with([=](v1::Claim& claim) {
      claim.clear_lines();
      for (int i = 0; i < count; ++i) test::add_line(claim, "P-1", 1, 1, 0);
    });
  };
  EXPECT_EQ(lines(0), "claim.lines: a claim has 1 to 40 of them");
  EXPECT_EQ(lines(1), "taken");
  EXPECT_EQ(lines(40), "taken");
  EXPECT_EQ(lines(41), "claim.lines: more than 40 of them");
}

TEST(DecodeClaim, BoundsRankAndKeyVersions) {
  const auto rank = [](std::uint32_t value) {
    return claim_with([=](v1::Claim& claim) { claim.set_beneficiary_rank(value); });
  };
  EXPECT_EQ(rank(0), "claim.beneficiary_rank: 0 is outside 1..15");
  EXPECT_EQ(rank(1), "taken");
  EXPECT_EQ(rank(15), "taken");
  EXPECT_EQ(rank(16), "claim.beneficiary_rank: 16 is outside 1..15");
  EXPECT_EQ(rank(257), "claim.beneficiary_rank: 257 is outside 1..15");
  const auto version = [](std::uint32_t value) {
    return claim_with([=](v1::Claim& claim) { claim.mutable_card()->set_key_version(value); });
  };
  EXPECT_EQ(version(0), "claim.card.key_version: 0 is outside 1..65535");
  EXPECT_EQ(version(65'535), "taken");
  EXPECT_EQ(version(65'536), "claim.card.key_version: 65536 is outside 1..65535");
}

struct TextCase {
  const char* path;
  std::size_t bytes_max;
  void (*set)(v1::Claim& claim, const std::string& value);
};

TEST(DecodeClaim, BoundsEveryCode) {
  const TextCase cases[] = {
      {"claim.provider_id", 24, [](v1::Claim& c, const std::string& v) { c.set_provider_id(v); }},
      {"claim.terminal_id", 16, [](v1::Claim& c, const std::string& v) { c.set_terminal_id(v); }},
      {"claim.card.number", 20,
       [](v1::Claim& c, const std::string& v) { c.mutable_card()->set_number(v); }},
      {"claim.card.fund", 12,
       [](v1::Claim& c, const std::string& v) { c.mutable_card()->set_fund(v); }},
      {"claim.prescription.key.prescriber_id", 16,
       [](v1::Claim& c, const std::string& v) {
         c.mutable_prescription()->mutable_key()->set_prescriber_id(v);
       }},
      {"claim.prescription.key.number", 20,
       [](v1::Claim& c, const std::string& v) {
         c.mutable_prescription()->mutable_key()->set_number(v);
       }},
      {"claim.lines[1].product_code", 16,
       [](v1::Claim& c, const std::string& v) { c.mutable_lines(1)->set_product_code(v); }},
  };
  for (const TextCase& field : cases) {
    const auto with = [&](const std::string& value) {
      return claim_with([&](v1::Claim& claim) { field.set(claim, value); });
    };
    const std::string path = field.path;
    const std::string wrong = path + ": not 1 to " + std::to_string(field.bytes_max) +
                              " printable ASCII characters without space";
    EXPECT_EQ(with(""), path + ": required");
    EXPECT_EQ(with("~"), "taken");
    EXPECT_EQ(with(std::string(field.bytes_max, '!')), "taken");
    EXPECT_EQ(with(std::string(field.bytes_max + 1, 'x')), wrong);
    EXPECT_EQ(with("a b"), wrong);
    EXPECT_EQ(with(std::string("a\0b", 3)), wrong);
    EXPECT_EQ(with("\xc3\xa9"), wrong);
    EXPECT_EQ(with("\x7f"), wrong);
  }
}

TEST(DecodeClaim, TakesRealDaysOnly) {
  const auto date = [](const std::string& value) {
    return claim_with([&](v1::Claim& claim) { claim.set_service_date(value); });
  };
  const std::string wrong =
      "claim.service_date: not a day YYYY-MM-DD from 1900-01-01 to 2199-12-31";
  EXPECT_EQ(date(""), "claim.service_date: required");
  EXPECT_EQ(date("1900-01-01"), "taken");
  EXPECT_EQ(date("2199-12-31"), "taken");
  EXPECT_EQ(date("2028-02-29"), "taken");
  for (const char* value : {"1899-12-31", "2200-01-01", "2026-02-29", "2026-3-10", "2026-03-10 ",
                            "20260310", "2026-13-01", "2026-00-10", "2026-03-00", "10-03-2026"}) {
    EXPECT_EQ(date(value), wrong) << value;
  }
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.set_first_act_date("2026-02-30"); }),
            "claim.first_act_date: not a day YYYY-MM-DD from 1900-01-01 to 2199-12-31");
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.mutable_prescription()->mutable_key()->clear_date(); }),
            "claim.prescription.key.date: required");
}

TEST(DecodeClaim, RefusesUnknownEnumNumbers) {
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.clear_kind(); }), "claim.kind: 0 is outside 1..2");
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.set_kind(static_cast<v1::ClaimKind>(3)); }),
            "claim.kind: 3 is outside 1..2");
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.set_kind(static_cast<v1::ClaimKind>(-1)); }),
            "claim.kind: -1 is outside 1..2");
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.mutable_prescription()->clear_type(); }),
            "claim.prescription.type: 0 is outside 1..2");
  EXPECT_EQ(claim_with([](v1::Claim& c) { c.clear_prescription(); }),
            "claim.prescription.key.prescriber_id: required");
}

TEST(DecodeClaim, AsksForARequestIdOfSixteenBytes) {
  const auto id = [](const std::string& value) {
    return submit_with([&](v1::SubmitClaim& s) { s.set_request_id(value); });
  };
  EXPECT_EQ(id(""), "request_id: 0 bytes, exactly 16 are asked for");
  EXPECT_EQ(id(std::string(15, 'x')), "request_id: 15 bytes, exactly 16 are asked for");
  EXPECT_EQ(id(std::string(16, 'x')), "taken");
  EXPECT_EQ(id(std::string(17, 'x')), "request_id: 17 bytes, exactly 16 are asked for");
  EXPECT_EQ(id(std::string(16, '\0')), "request_id: all zero");
}

TEST(DecodeClaim, ChecksTheShapeOfProofs) {
  const auto proof = [](auto change) {
    return submit_with([&](v1::SubmitClaim& s) { change(*s.mutable_proofs()); });
  };
  EXPECT_EQ(proof([](v1::Proofs& p) { p.mutable_card()->set_atc(0); }),
            "proofs.card.atc: 0 is outside 1..4294967295");
  EXPECT_EQ(proof([](v1::Proofs& p) { p.mutable_card()->set_atc(UINT32_MAX); }), "taken");
  EXPECT_EQ(proof([](v1::Proofs& p) { p.mutable_card()->set_unpredictable("123"); }),
            "proofs.card.unpredictable: 3 bytes, exactly 4 are asked for");
  EXPECT_EQ(proof([](v1::Proofs& p) { p.mutable_professional()->set_mac("123456789"); }),
            "proofs.professional.mac: 9 bytes, exactly 8 are asked for");
  EXPECT_EQ(proof([](v1::Proofs& p) { p.set_professional_key_version(0); }),
            "proofs.professional_key_version: 0 is outside 1..65535");
  EXPECT_EQ(proof([](v1::Proofs& p) { p.clear_professional(); }),
            "proofs.professional_key_version: 1 is outside 0..0");
}

TEST(DecodeClaim, LeavesAMissingProofToTheDecision) {
  v1::Envelope envelope = submit();
  envelope.mutable_submit_claim()->clear_proofs();
  const auto decoded = decode(envelope, pharmacy());
  ASSERT_TRUE(decoded);
  EXPECT_FALSE(decoded->commands.front().proofs.card);
  EXPECT_FALSE(decoded->commands.front().proofs.professional);
}

TEST(DecodeClaim, RefundsHaveNeitherProviderNorProofs) {
  EXPECT_EQ(verdict(test::refund(), centre()), "taken");
  v1::Envelope envelope = test::refund();
  envelope.mutable_submit_claim()->mutable_claim()->set_provider_id("16-004512");
  EXPECT_EQ(verdict(envelope, centre()), "claim.provider_id: not with a REFUND");
  envelope = test::refund();
  test::fill_proof(*envelope.mutable_submit_claim()->mutable_proofs()->mutable_card(), 1);
  EXPECT_EQ(verdict(envelope, centre()), "proofs: not with a REFUND");
  envelope = test::refund();
  envelope.mutable_submit_claim()->mutable_claim()->mutable_card()->set_key_version(0);
  EXPECT_EQ(verdict(envelope, centre()), "taken");
}

TEST(DecodeReversal, NamesItsOriginal) {
  v1::Envelope envelope = test::reverse();
  auto decoded = decode(envelope, pharmacy());
  ASSERT_TRUE(decoded);
  const auto* reversal = std::get_if<core::ReverseClaim>(&decoded->commands.front().request);
  ASSERT_NE(reversal, nullptr);
  EXPECT_EQ(reversal->original.back(), 0x10);
  EXPECT_EQ(reversal->cause, core::ReversalCause::kNoAnswer);
  EXPECT_EQ(decoded->commands.front().request_id.back(), 0x20);
  envelope.mutable_reverse_claim()->set_original_request_id(test::id_bytes(0x20));
  EXPECT_EQ(verdict(envelope, pharmacy()), "original_request_id: the reversal's own request_id");
  envelope.mutable_reverse_claim()->set_original_request_id("short");
  EXPECT_EQ(verdict(envelope, pharmacy()),
            "original_request_id: 5 bytes, exactly 16 are asked for");
  envelope = test::reverse();
  envelope.mutable_reverse_claim()->clear_cause();
  EXPECT_EQ(verdict(envelope, pharmacy()), "cause: 0 is outside 1..3");
}

TEST(DecodeStatus, HasNoRequestIdOfItsOwn) {
  const auto decoded = decode(test::get_claim(), pharmacy());
  ASSERT_TRUE(decoded);
  const core::Command& command = decoded->commands.front();
  EXPECT_EQ(command.request_id, core::RequestId{});
  const auto* get = std::get_if<core::GetClaim>(&command.request);
  ASSERT_NE(get, nullptr);
  EXPECT_TRUE(get->close_if_absent);
  EXPECT_EQ(get->original.back(), 0x10);
}

TEST(DecodeListing, BoundsPagesAndDays) {
  const auto page = [](std::uint32_t size) {
    v1::Envelope envelope = test::list_claims();
    envelope.mutable_list_claims()->set_page_size(size);
    return verdict(envelope, pharmacy());
  };
  EXPECT_EQ(page(1), "taken");
  EXPECT_EQ(page(100), "taken");
  EXPECT_EQ(page(101), "page_size: 101 is outside 0..100");
  const auto decoded = decode(test::list_claims(), pharmacy());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<core::ListClaims>(decoded->commands.front().request).page, 100U);
  v1::Envelope envelope = test::list_claims();
  envelope.mutable_list_claims()->set_until("2026-02-28");
  EXPECT_EQ(verdict(envelope, pharmacy()), "until: before `from`");
  envelope.mutable_list_claims()->set_until("");
  EXPECT_EQ(verdict(envelope, pharmacy()), "until: required");
}

TEST(DecodeEcho, ComesBackUpToItsBound) {
  v1::Envelope envelope;
  envelope.set_correlation_id(7);
  envelope.mutable_echo()->set_data(std::string(kEchoBytesMax, 'e'));
  const auto decoded = decode(envelope, test::desk());
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(decoded->echo);
  EXPECT_TRUE(decoded->commands.empty());
  EXPECT_EQ(decoded->echo_data.size(), kEchoBytesMax);
  envelope.mutable_echo()->set_data(std::string(kEchoBytesMax + 1, 'e'));
  EXPECT_EQ(verdict(envelope, pharmacy()), "data: longer than 4096 bytes");
}

TEST(Decode, RefusesWhatIsNoRequest) {
  v1::Envelope envelope;
  envelope.set_correlation_id(99);
  auto decoded = decode(envelope, pharmacy());
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().refused.code, core::Refusal::kUnknownRequest);
  EXPECT_EQ(decoded.error().correlation_id, 99U);
  decoded = decode("GET / HTTP/1.1\r\n\r\n", pharmacy());
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().refused.code, core::Refusal::kMalformed);
}

TEST(Decode, IgnoresFieldsOfLaterClients) {
  const v1::Envelope envelope = submit();
  const std::string bytes = envelope.SerializeAsString();
  const auto plain = decode(bytes, pharmacy());
  const auto later = decode(bytes + std::string("\xa2\x38\x03new", 6), pharmacy());
  ASSERT_TRUE(plain);
  ASSERT_TRUE(later) << later.error().sentence;
  EXPECT_EQ(plain->commands.front().content, later->commands.front().content);
}

TEST(Decode, KeepsTheCorrelationIdInARefusal) {
  v1::Envelope envelope = submit();
  envelope.mutable_submit_claim()->mutable_claim()->set_beneficiary_rank(99);
  const auto decoded = decode(envelope, pharmacy());
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().correlation_id, 42U);
  EXPECT_EQ(decoded.error().refused.code, core::Refusal::kMalformed);
  EXPECT_EQ(decoded.error().field, "claim.beneficiary_rank");
}

TEST(Decode, RefusesUnknownLanguages) {
  v1::Envelope envelope = submit();
  envelope.mutable_options()->add_languages(static_cast<v1::Language>(4));
  EXPECT_EQ(verdict(envelope, pharmacy()), "options.languages: 4 is outside 1..3");
  envelope.mutable_options()->set_languages(0, v1::LANGUAGE_UNSPECIFIED);
  EXPECT_EQ(verdict(envelope, pharmacy()), "options.languages: 0 is outside 1..3");
}

TEST(Decode, ReusesOneDecoderForMany) {
  Decoder decoder(test::read_rulebook);
  const std::string good = submit().SerializeAsString();
  const auto first = decoder.decode(core::as_bytes(good), pharmacy());
  ASSERT_TRUE(first);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(decoder.decode(core::as_bytes(good.substr(0, good.size() - 1)), pharmacy()));
    const auto again = decoder.decode(core::as_bytes(good), pharmacy());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->commands.front().content, first->commands.front().content);
  }
}

}  // namespace
}  // namespace wasl::wire
