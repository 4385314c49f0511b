#include "wire/feeds.hpp"

namespace wasl::wire {
namespace {

using test::authority;
using test::fund;
using test::verdict;

TEST(DecodeBatch, MakesEachItemACommandOfItsOwn) {
  v1::Envelope envelope = test::put_prescriber();
  v1::PutPrescriber& batch = *envelope.mutable_put_prescriber();
  for (int i = 1; i < 100; ++i) *batch.add_items() = batch.items(0);
  const auto decoded = test::decode(envelope, fund());
  ASSERT_TRUE(decoded) << decoded.error().sentence;
  ASSERT_EQ(decoded->commands.size(), 100U);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(decoded->commands[i].index, i);
    EXPECT_EQ(decoded->commands[i].request_id.back(), 0x10);
  }
  EXPECT_NE(decoded->commands[0].content, decoded->commands[1].content);
}

TEST(DecodeBatch, NamesTheItemThatIsWrong) {
  v1::Envelope envelope = test::put_prescriber();
  v1::PutPrescriber& batch = *envelope.mutable_put_prescriber();
  *batch.add_items() = batch.items(0);
  batch.mutable_items(1)->clear_id();
  EXPECT_EQ(verdict(envelope, fund()), "items[1].id: required");
  batch.clear_items();
  EXPECT_EQ(verdict(envelope, fund()), "items: a batch has 1 to 100 of them");
  envelope = test::put_prescriber();
  envelope.mutable_put_prescriber()->set_batch_id("1");
  EXPECT_EQ(verdict(envelope, fund()), "batch_id: 1 bytes, exactly 16 are asked for");
}

TEST(DecodeRegistration, KnowsProvidersFromCentres) {
  const auto decoded = test::decode(test::put_provider(), fund());
  ASSERT_TRUE(decoded);
  const core::Registration& provider =
      std::get<core::PutRegistration>(decoded->commands[0].request).registration;
  EXPECT_EQ(provider.participant, test::pharmacy());
  EXPECT_EQ(provider.agreements[0].fund.view(), "CNAS");
  EXPECT_EQ(provider.centre.view(), "16-001");
  EXPECT_EQ(provider.signing_key.size(), 91U);
  const auto other = test::decode(test::put_centre(), fund());
  ASSERT_TRUE(other);
  const core::Registration& centre =
      std::get<core::PutRegistration>(other->commands[0].request).registration;
  EXPECT_EQ(centre.participant, test::centre());
  EXPECT_TRUE(centre.suspended);
  v1::Envelope envelope = test::put_centre();
  envelope.mutable_put_centre()->mutable_items(0)->set_centre_id("16-002");
  EXPECT_EQ(verdict(envelope, fund()), "items[0].centre_id: of providers only");
  envelope = test::put_centre();
  envelope.mutable_put_centre()->mutable_items(0)->add_agreements();
  EXPECT_EQ(verdict(envelope, fund()), "items[0].agreements: of providers only");
}

TEST(DecodeRegistration, BoundsKeyAndName) {
  const auto provider = [](auto change) {
    v1::Envelope envelope = test::put_provider();
    change(*envelope.mutable_put_provider()->mutable_items(0));
    return verdict(envelope, fund());
  };
  EXPECT_EQ(provider([](v1::Registration& r) { r.set_signing_key(std::string(200, 'k')); }),
            "taken");
  EXPECT_EQ(provider([](v1::Registration& r) { r.set_signing_key(std::string(201, 'k')); }),
            "items[0].signing_key: longer than 200 bytes");
  EXPECT_EQ(provider([](v1::Registration& r) { r.set_name(std::string(80, 'n')); }), "taken");
  EXPECT_EQ(provider([](v1::Registration& r) { r.set_name(std::string(81, 'n')); }),
            "items[0].name: longer than 80 bytes");
}

TEST(DecodeProduct, TakesEveryField) {
  const auto decoded = test::decode(test::put_product(), authority());
  ASSERT_TRUE(decoded) << decoded.error().sentence;
  const core::Product& product = std::get<core::PutProduct>(decoded->commands[0].request).product;
  EXPECT_EQ(product.code.view(), "P-0001");
  EXPECT_EQ(product.rate, core::BasisPoints{8'000});
  EXPECT_EQ(product.quantity_max, 6U);
  EXPECT_EQ(product.prior_agreement_above_days, 0U);
  EXPECT_EQ(product.restriction[0].age_min, 0U);
  EXPECT_EQ(product.restriction[0].age_max, 14U);
}

TEST(DecodeProduct, KnowsAbsentFromZero) {
  v1::Envelope envelope = test::put_product();
  v1::Product& product = *envelope.mutable_put_product()->mutable_items(0);
  product.clear_prior_agreement_above_days();
  product.clear_quantity_max();
  product.mutable_restriction(0)->clear_age_min();
  const auto decoded = test::decode(envelope, authority());
  ASSERT_TRUE(decoded);
  const core::Product& taken = std::get<core::PutProduct>(decoded->commands[0].request).product;
  EXPECT_FALSE(taken.prior_agreement_above_days);
  EXPECT_FALSE(taken.quantity_max);
  EXPECT_FALSE(taken.restriction[0].age_min);
}

TEST(DecodeProduct, BoundsItsNumbers) {
  const auto product = [](auto change) {
    v1::Envelope envelope = test::put_product();
    change(*envelope.mutable_put_product()->mutable_items(0));
    return verdict(envelope, authority());
  };
  EXPECT_EQ(product([](v1::Product& p) { p.set_rate_basis_points(10'000); }), "taken");
  EXPECT_EQ(product([](v1::Product& p) { p.set_rate_basis_points(10'001); }),
            "items[0].rate_basis_points: 10001 is outside 0..10000");
  EXPECT_EQ(product([](v1::Product& p) { p.set_quantity_max(0); }),
            "items[0].quantity_max: 0 is outside 1..9999");
  EXPECT_EQ(product([](v1::Product& p) { p.set_quantity_max(10'000); }),
            "items[0].quantity_max: 10000 is outside 1..9999");
  EXPECT_EQ(product([](v1::Product& p) { p.set_supply_days_max(367); }),
            "items[0].supply_days_max: 367 is outside 0..366");
  EXPECT_EQ(product([](v1::Product& p) { p.set_public_price_cents(0); }),
            "items[0].public_price_cents: 0 is outside 1..10000000000");
  EXPECT_EQ(product([](v1::Product& p) { p.mutable_restriction(0)->set_age_max(151); }),
            "items[0].restriction[0].age_max: 151 is outside 0..150");
  EXPECT_EQ(product([](v1::Product& p) { p.clear_in_force(); }),
            "items[0].in_force.from: required");
  EXPECT_EQ(product([](v1::Product& p) {
              for (int i = 0; i < 16; ++i) p.add_restriction();
            }),
            "items[0].restriction: more than 16 of them");
}

TEST(DecodeTarif, BoundsItsAmount) {
  v1::Envelope envelope = test::put_tarif();
  EXPECT_EQ(verdict(envelope, authority()), "taken");
  envelope.mutable_put_tarif()->mutable_items(0)->set_amount_cents(-5);
  EXPECT_EQ(verdict(envelope, authority()), "items[0].amount_cents: -5 is outside 1..10000000000");
}

TEST(DecodeRulebook, IsReadOnArrival) {
  const auto decoded = test::decode(test::put_rulebook(), authority());
  ASSERT_TRUE(decoded) << decoded.error().sentence;
  const auto& put = std::get<core::PutRulebook>(decoded->commands[0].request);
  EXPECT_EQ(put.rulebook.scheme.view(), "dz-cnas");
  EXPECT_EQ(put.rulebook.source_version, 4U);
  EXPECT_EQ(put.content, "scheme dz-cnas");
  v1::Envelope envelope = test::put_rulebook();
  envelope.mutable_put_rulebook()->mutable_items(0)->set_content("shceme");
  EXPECT_EQ(verdict(envelope, authority()), "items[0].content: line 1: expected scheme");
  envelope.mutable_put_rulebook()->mutable_items(0)->set_content(std::string(61'441, 'x'));
  EXPECT_EQ(verdict(envelope, authority()), "items[0].content: longer than 61440 bytes");
}

}  // namespace
}  // namespace wasl::wire
