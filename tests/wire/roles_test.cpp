#include "wire/feeds.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

struct RoleRow {
  const char* request;
  v1::Envelope envelope;
  std::string roles;  // p provider, c centre, f fund, a authority, d desk.
};

std::vector<RoleRow> role_table() {
  return {{"Echo", test::echo(), "pcfad"},
          {"SubmitClaim third party", test::submit(), "p"},
          {"SubmitClaim refund", test::refund(), "c"},
          {"QuoteClaim", test::quote(), "p"},
          {"ReverseClaim", test::reverse(), "pc"},
          {"GetClaim", test::get_claim(), "pc"},
          {"ListClaims", test::list_claims(), "pc"},
          {"GetRights", test::get_rights(), "p"},
          {"GetRights at a counter", test::counter_rights(), "cd"},
          {"UpdateCard", test::update_card(), "p"},
          {"ReportCard", test::report_card(), "cf"},
          {"RequestPriorAgreement", test::request_agreement(), "pc"},
          {"DecidePriorAgreement", test::decide_agreement(), "f"},
          {"ListPriorAgreements", test::list_agreements(), "f"},
          {"ListBalances", test::list_balances(), "f"},
          {"ListPostings", test::list_postings(), "pcf"},
          {"CloseBordereau", test::close_bordereau(), "p"},
          {"ListBordereaux", test::list_bordereaux(), "pf"},
          {"PutAccount", test::put_account(), "f"},
          {"PutCard", test::put_card(), "f"},
          {"PutProvider", test::put_provider(), "f"},
          {"PutCentre", test::put_centre(), "f"},
          {"PutPrescriber", test::put_prescriber(), "f"},
          {"PutProduct", test::put_product(), "a"},
          {"PutTarif", test::put_tarif(), "a"},
          {"PutRulebook", test::put_rulebook(), "a"}};
}

TEST(Roles, AreThoseOfTheProtocol) {
  const std::pair<char, core::Participant> senders[] = {{'p', test::pharmacy()},
                                                        {'c', test::centre()},
                                                        {'f', test::fund()},
                                                        {'a', test::authority()},
                                                        {'d', test::desk()}};
  for (const RoleRow& row : role_table()) {
    for (const auto& [letter, sender] : senders) {
      const auto answer = test::decode(row.envelope, sender);
      const bool may = row.roles.find(letter) != std::string::npos;
      EXPECT_EQ(answer.has_value(), may)
          << row.request << ' ' << letter << ' ' << (answer ? "" : answer.error().sentence);
      if (!answer && !may) {
        EXPECT_EQ(answer.error().refused.code, core::Refusal::kNotPermitted)
            << row.request << ' ' << letter << ' ' << answer.error().sentence;
      }
    }
  }
}

TEST(Roles, ComeBeforeTheFieldsOfARequest) {
  v1::Envelope envelope;
  envelope.mutable_submit_claim();
  const auto answer = test::decode(envelope, test::desk());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().refused.code, core::Refusal::kNotPermitted);
}

TEST(Roles, ComeBeforeTheItemsOfABatch) {
  v1::Envelope envelope;
  envelope.mutable_put_account();
  const auto answer = test::decode(envelope, test::pharmacy());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().refused.code, core::Refusal::kNotPermitted);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "batch_id");
}

// A rulebook is a file of up to 60 KB: whoever may not send one cannot make the switch read it.
TEST(Roles, ComeBeforeTheContentOfARulebook) {
  static int read = 0;
  Decoder decoder([](std::string_view) -> core::Result<core::Rulebook> {
    ++read;
    return core::Rulebook{};
  });
  const std::string bytes = test::put_rulebook().SerializeAsString();
  for (const core::Participant& sender :
       {test::pharmacy(), test::centre(), test::fund(), test::desk()}) {
    const auto answer = decoder.decode(core::as_bytes(bytes), sender);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refused.code, core::Refusal::kNotPermitted);
  }
  EXPECT_EQ(read, 0);
  static_cast<void>(decoder.decode(core::as_bytes(bytes), test::authority()));
  EXPECT_EQ(read, 1);
}

TEST(Roles, AProviderAsksForRightsInItsOwnNameOnly) {
  v1::Envelope envelope = test::get_rights();
  envelope.mutable_get_rights()->set_provider_id("16-999999");
  const auto answer = test::decode(envelope, test::pharmacy());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().refused.code, core::Refusal::kNotPermitted);
  EXPECT_EQ(answer.error().field, "provider_id");
}

TEST(Roles, AClaimInAnothersNameIsForTheDecision) {
  v1::Envelope envelope = test::submit();
  envelope.mutable_submit_claim()->mutable_claim()->set_provider_id("16-999999");
  EXPECT_EQ(test::verdict(envelope, test::pharmacy()), "taken");
}

}  // namespace
}  // namespace wasl::wire
