#include "wire/feeds.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

using test::centre;
using test::pharmacy;
using test::verdict;

template <typename Change>
std::string rights_with(Change change) {
  v1::Envelope envelope = test::get_rights();
  change(*envelope.mutable_get_rights());
  return verdict(envelope, pharmacy());
}
template <typename Change>
std::string report_with(Change change) {
  v1::Envelope envelope = test::report_card();
  change(*envelope.mutable_report_card());
  return verdict(envelope, centre());
}

TEST(DecodeRights, AProviderHasTheCardBeforeIt) {
  EXPECT_EQ(rights_with([](v1::GetRights&) {}), "taken");
  EXPECT_EQ(rights_with([](v1::GetRights& r) { r.set_purpose(v1::AT_COUNTER); }),
            "purpose: CARD_PRESENTED is the only one for a provider");
  EXPECT_EQ(rights_with([](v1::GetRights& r) { r.clear_purpose(); }), "purpose: 0 is outside 1..4");
  EXPECT_EQ(rights_with([](v1::GetRights& r) { r.mutable_card()->set_key_version(0); }),
            "card.key_version: 0 is outside 1..65535");
  EXPECT_EQ(rights_with([](v1::GetRights& r) {
              test::fill_proof(*r.mutable_proofs()->mutable_professional(), 1);
              r.mutable_proofs()->set_professional_key_version(1);
            }),
            "proofs.professional: with claims only");
}

TEST(DecodeRights, OthersSayWhyAndProveNothing) {
  v1::Envelope envelope = test::counter_rights();
  envelope.mutable_get_rights()->mutable_card()->set_key_version(0);
  EXPECT_EQ(verdict(envelope, test::desk()), "taken");
  test::fill_proof(*envelope.mutable_get_rights()->mutable_proofs()->mutable_card(), 1);
  EXPECT_EQ(verdict(envelope, test::desk()), "proofs: from providers only");
}

TEST(DecodeReport, AsksForWhatItsActionNeeds) {
  EXPECT_EQ(report_with([](v1::ReportCard&) {}), "taken");
  EXPECT_EQ(report_with([](v1::ReportCard& r) { r.clear_until(); }), "taken");
  EXPECT_EQ(report_with([](v1::ReportCard& r) { r.set_action(v1::LIFT); }),
            "until: with BLACKLIST only");
  EXPECT_EQ(report_with([](v1::ReportCard& r) { r.set_replacement("X"); }),
            "replacement: with REPLACE only");
  EXPECT_EQ(report_with([](v1::ReportCard& r) { r.clear_action(); }), "action: 0 is outside 1..5");
  const auto replace = [](const std::string& by) {
    return report_with([&](v1::ReportCard& r) {
      r.set_action(v1::REPLACE);
      r.clear_until();
      r.set_replacement(by);
    });
  };
  EXPECT_EQ(replace(""), "replacement: required");
  EXPECT_EQ(replace("160012345678"), "replacement: the card itself");
  EXPECT_EQ(replace("160012345679"), "taken");
}

TEST(DecodeReport, BlacklistsForGoodWithoutADay) {
  v1::Envelope envelope = test::report_card();
  envelope.mutable_report_card()->clear_until();
  const auto decoded = test::decode(envelope, centre());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<core::ReportCard>(decoded->commands.front().request).until, core::kDayMax);
}

TEST(DecodeAgreement, NamesAPrescriptionOrAProduct) {
  v1::Envelope envelope = test::request_agreement();
  envelope.mutable_request_prior_agreement()->clear_product_code();
  EXPECT_EQ(verdict(envelope, pharmacy()),
            "prescription: neither a prescription nor a product is given");
  v1::PrescriptionKey& key = *envelope.mutable_request_prior_agreement()->mutable_prescription();
  key.set_prescriber_id("M-1");
  key.set_number("7");
  EXPECT_EQ(verdict(envelope, pharmacy()), "prescription.date: required");
  key.set_date("2026-03-01");
  EXPECT_EQ(verdict(envelope, pharmacy()), "taken");
  envelope.mutable_request_prior_agreement()->mutable_wanted()->clear_until();
  EXPECT_EQ(verdict(envelope, pharmacy()), "wanted.until: required");
}

TEST(DecodeAgreement, ARefusalHasNoInterval) {
  v1::Envelope envelope = test::decide_agreement();
  EXPECT_EQ(verdict(envelope, test::fund()), "taken");
  envelope.mutable_decide_prior_agreement()->set_granted(false);
  EXPECT_EQ(verdict(envelope, test::fund()), "in_force: with `granted` only");
  envelope.mutable_decide_prior_agreement()->clear_in_force();
  EXPECT_EQ(verdict(envelope, test::fund()), "taken");
  envelope.mutable_decide_prior_agreement()->set_agreement_id(0);
  EXPECT_EQ(verdict(envelope, test::fund()), "agreement_id: 0 is outside 1..18446744073709551615");
}

}  // namespace
}  // namespace wasl::wire
