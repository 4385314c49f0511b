// Closings and the pages of bordereaux as they travel.

#include <gtest/gtest.h>

#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

core::CloseBordereau taken(const v1::Envelope& envelope) {
  const auto answer = test::decode(envelope, test::pharmacy());
  EXPECT_TRUE(answer) << answer.error().sentence;
  return answer ? std::get<core::CloseBordereau>(answer->commands.front().request)
                : core::CloseBordereau{};
}

TEST(CloseBordereau, BringsTheListAsItWasSigned) {
  const core::CloseBordereau closing = taken(test::close_bordereau());
  EXPECT_EQ(closing.fund.view(), "CNAS");
  EXPECT_EQ(closing.up_to, 78U);
  const std::vector<core::ListedClaim> claims{{77, core::Cents{96'000}}, {78, core::Cents{4}}};
  EXPECT_EQ(closing.claims, claims);
  EXPECT_EQ(closing.count, 2U);
  EXPECT_EQ(closing.total, core::Cents{96'004});
  EXPECT_EQ(closing.digest[0], 0xd0);
  EXPECT_EQ(closing.signing_key, "key");
  EXPECT_EQ(closing.signature, "signature");
}

TEST(CloseBordereau, IsMalformedOutsideItsBounds) {
  const auto broken = [](auto change) {
    v1::Envelope envelope = test::close_bordereau();
    change(*envelope.mutable_close_bordereau());
    return test::faulty_field(envelope, test::pharmacy());
  };
  EXPECT_EQ(broken([](auto& it) { it.set_fund(""); }), "fund");
  EXPECT_EQ(broken([](auto& it) { it.set_up_to(0); }), "up_to");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(1)->set_claim_id(77); }), "claims[1].claim_id");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(0)->set_claim_id(0); }), "claims[0].claim_id");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(0)->set_insurer_cents(0); }),
            "claims[0].insurer_cents");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(0)->set_insurer_cents(INT64_MAX); }),
            "claims[0].insurer_cents");
  EXPECT_EQ(broken([](auto& it) { it.set_total_cents(-1); }), "total_cents");
  EXPECT_EQ(broken([](auto& it) { it.set_digest("short"); }), "digest");
  EXPECT_EQ(broken([](auto& it) { it.set_signing_key(""); }), "signing_key");
  EXPECT_EQ(broken([](auto& it) { it.set_signature(std::string(142, 's')); }), "signature");
  EXPECT_EQ(broken([](auto& it) {
              for (int i = 0; i < 99; ++i) *it.add_claims() = it.claims(0);
            }),
            "claims");
}

TEST(GetBordereau, OfAFundNamesTheProvider) {
  v1::Envelope envelope;
  envelope.mutable_get_bordereau()->set_number(1);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "provider");
  envelope.mutable_get_bordereau()->mutable_provider()->set_role(v1::PROVIDER);
  envelope.mutable_get_bordereau()->mutable_provider()->set_id("16-004512");
  EXPECT_EQ(test::verdict(envelope, test::fund()), "taken");
  envelope.mutable_get_bordereau()->set_number(0);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "number");
}

TEST(ListBordereaux, OfAPharmacyAreItsOwn) {
  v1::Envelope envelope;
  envelope.mutable_list_bordereaux()->set_fund("CNAS");
  envelope.mutable_list_bordereaux()->set_after(7);
  const auto answer = test::decode(envelope, test::pharmacy());
  ASSERT_TRUE(answer);
  const auto& list = std::get<core::ListBordereaux>(answer->commands.front().request);
  EXPECT_EQ(list.provider, test::pharmacy());
  EXPECT_EQ(list.after_provider, test::pharmacy());
  EXPECT_EQ(list.after, 7U);
}

}  // namespace
}  // namespace wasl::wire
