#include "wire/bank_requests.hpp"
#include "wire/feeds.hpp"
#include "wire/ledger_requests.hpp"

namespace wasl::wire {
namespace {

struct RoleRow {
  const char* request;
  v1::Envelope envelope;
  std::string roles;  // p provider, c centre, f fund, a authority, d desk; operators in capitals.
};

std::vector<RoleRow> role_table() {
  return {{"Echo", test::echo(), "pcfadCF"},
          {"SubmitClaim third party", test::submit(), "p"},
          {"SubmitClaim refund", test::refund(), "cC"},
          {"QuoteClaim", test::quote(), "p"},
          {"ReverseClaim", test::reverse(), "pcC"},
          {"GetClaim", test::get_claim(), "pcC"},
          {"ListClaims", test::list_claims(), "pcC"},
          {"GetRights", test::get_rights(), "p"},
          {"GetRights at a counter", test::counter_rights(), "cdC"},
          {"UpdateCard", test::update_card(), "p"},
          {"ReportCard", test::report_card(), "cfCF"},
          {"RequestPriorAgreement", test::request_agreement(), "pcC"},
          {"DecidePriorAgreement", test::decide_agreement(), "fF"},
          {"ListPriorAgreements", test::list_agreements(), "fF"},
          {"ListBalances", test::list_balances(), "fF"},
          {"ListPostings", test::list_postings(), "pcfCF"},
          {"CloseBordereau", test::close_bordereau(), "p"},
          {"ListBordereaux", test::list_bordereaux(), "pfF"},
          {"CorrectClaim", test::correct_claim(), "p"},
          {"ReviewBordereau", test::review_bordereau(), "CF"},
          {"ReduceClaim", test::reduce_claim(), "CF"},
          {"ListReviews", test::list_reviews(), "CF"},
          {"SetPayoutAccount", test::set_payout_account(), "CF"},
          {"ListPayoutChanges", test::list_payout_changes(), "CF"},
          {"ProposeRun", test::propose_run(), "F"},
          {"CollectRun", test::collect_run(), "F"},
          {"ApproveRun", test::approve_run(), "F"},
          {"CancelRun", test::cancel_run(), "F"},
          {"ListOwed", test::list_owed(), "F"},
          {"ListReceivables", test::list_receivables(), "F"},
          {"ListRuns", test::list_runs(), "F"},
          {"ListPayouts", test::list_payouts(), "F"},
          {"ExportRun", test::export_run(), "F"},
          {"GetBankFile", test::get_bank_file(), "F"},
          {"OpenStatusFile", test::open_status_file(), "F"},
          {"ReceiveStatuses", test::receive_statuses(), "F"},
          {"ApplyStatuses", test::apply_statuses(), "F"},
          {"DropStatusFile", test::drop_status_file(), "F"},
          {"ListStatusFiles", test::list_status_files(), "F"},
          {"Reconcile", test::reconcile(), "pcfCF"},
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
  const std::pair<char, core::Participant> senders[] = {
      {'p', test::pharmacy()},  {'c', test::centre()}, {'f', test::fund()},
      {'a', test::authority()}, {'d', test::desk()},   {'C', test::clerk()},
      {'F', test::fund_clerk()}};
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
