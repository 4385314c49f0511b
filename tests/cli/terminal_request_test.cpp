// What the terminal makes of a claim's file: what it fills in, what it refuses, and that its proofs
// are those that the switch will compute.

#include "cli/terminal_request.hpp"

#include <gtest/gtest.h>

#include "card/cmac.hpp"
#include "card/issue.hpp"
#include "card/proof.hpp"
#include "card/virtual_card.hpp"
#include "cli/outbox.hpp"
#include "support/temporary_directory.hpp"
#include "wire/client.hpp"
#include "wire/json.hpp"
#include "wire/ledger_requests.hpp"

namespace wasl::cli {
namespace {

class TerminalRequest : public ::testing::Test {
 protected:
  TerminalRequest() {
    EXPECT_TRUE(card::create_card(signer_.card_file, card_));
    EXPECT_TRUE(card::create_card(signer_.professional_files[0], other_fund_));
    EXPECT_TRUE(card::create_card(signer_.professional_files[1], professional_));
  }

  static std::string json(const v1::Claim& claim) {
    v1::SubmitClaim submit;
    *submit.mutable_claim() = claim;
    return *wire::to_json(submit, true);
  }
  static bool proves(const card::Key& key, const v1::Proof& proof, const core::Sha256& content) {
    core::Proof read{.atc = proof.atc()};
    std::ranges::copy(core::as_bytes(proof.unpredictable()), read.unpredictable.begin());
    std::ranges::copy(core::as_bytes(proof.mac()), read.mac.begin());
    card::Cmac cmac;
    return card::is_right(cmac, key, read, content);
  }

  test::TemporaryDirectory directory_;
  Signer signer_{
      .me = test::pharmacy(),
      .card_file = directory_.path() + "/card.json",
      .professional_files = {directory_.path() + "/casnos.json", directory_.path() + "/cnas.json"}};
  card::VirtualCard card_{
      .name = card::card_key_name({.number = *core::CardNumber::make("160012345678"),
                                   .fund = *core::FundCode::make("CNAS"),
                                   .key_version = 3}),
      .key = card::Key({1}),
      .counter = 41};
  card::VirtualCard professional_{
      .name = card::professional_key_name(*core::FundCode::make("CNAS"), test::pharmacy().id, 2),
      .key = card::Key({2}),
      .counter = 0};
  card::VirtualCard other_fund_{
      .name = card::professional_key_name(*core::FundCode::make("CASNOS"), test::pharmacy().id, 1),
      .key = card::Key({3}),
      .counter = 0};
};

TEST_F(TerminalRequest, FillsInWhatTheCardAndTheSenderKnow) {
  v1::Claim claim = test::claim();
  claim.clear_card();
  claim.clear_provider_id();
  const auto request = submit_request(json(claim), signer_);
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_EQ(request->submit_claim().claim().SerializeAsString(), test::claim().SerializeAsString());
  EXPECT_TRUE(request_id_of(*request).has_value());
}

TEST_F(TerminalRequest, SignsWithTheCardAndTheKeyOfItsFund) {
  const auto request = submit_request(json(test::claim()), signer_);
  ASSERT_TRUE(request) << core::describe(request.error());
  const v1::Proofs& proofs = request->submit_claim().proofs();
  const core::Sha256 content = wire::checked(*request, signer_.me)->content;
  EXPECT_EQ(proofs.card().atc(), 42u);
  EXPECT_TRUE(proves(card_.key, proofs.card(), content));
  EXPECT_TRUE(proves(professional_.key, proofs.professional(), content));
  EXPECT_EQ(proofs.professional_key_version(), 2u);
  EXPECT_EQ(card::read_card(signer_.card_file)->counter, 42u);
}

TEST_F(TerminalRequest, KeepsAGivenRequestIdAndAQuoteTakesItsOwn) {
  v1::SubmitClaim submit = test::submit().submit_claim();
  const std::string text = *wire::to_json(submit, true);
  EXPECT_EQ(submit_request(text, signer_)->submit_claim().request_id(), test::id_bytes());
  const auto quote = quote_request(text, signer_);
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->quote_claim().request_id().size(), 16u);
  EXPECT_NE(quote->quote_claim().request_id(), test::id_bytes());
}

TEST_F(TerminalRequest, RefusesAnotherCardThanTheClaims) {
  v1::Claim claim = test::claim();
  claim.mutable_card()->set_number("990000000000");
  const auto request = submit_request(json(claim), signer_);
  ASSERT_FALSE(request);
  EXPECT_NE(request.error().context.find("another card"), std::string::npos);
  std::swap(signer_.card_file, signer_.professional_files[1]);
  EXPECT_FALSE(submit_request(json(test::claim()), signer_));
}

TEST_F(TerminalRequest, NamesTheFieldThatTheSwitchWouldRefuseAndSignsNothing) {
  v1::Claim claim = test::claim();
  claim.mutable_lines(1)->set_quantity(10'000);
  const auto request = submit_request(json(claim), signer_);
  ASSERT_FALSE(request);
  EXPECT_NE(request.error().context.find("claim.lines[1].quantity"), std::string::npos)
      << request.error().context;
  EXPECT_EQ(card::read_card(signer_.card_file)->counter, 41u);
  EXPECT_FALSE(submit_request("{", signer_));
  EXPECT_FALSE(submit_request(R"({"clam":{}})", signer_));
}

TEST_F(TerminalRequest, MissesTheKeyOfAFund) {
  signer_.professional_files.pop_back();
  const auto request = submit_request(json(test::claim()), signer_);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code, core::Errc::kNotFound);
  EXPECT_NE(request.error().context.find("CNAS"), std::string::npos);
}

TEST_F(TerminalRequest, LeavesARefundUnsigned) {
  const Signer centre{.me = test::centre()};
  const auto request = submit_request(*wire::to_json(test::refund().submit_claim(), true), centre);
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_FALSE(request->submit_claim().has_proofs());
}

TEST_F(TerminalRequest, MakesARefundOfAFileThatDoesNotSayItsKind) {
  v1::Claim claim = test::refund().submit_claim().claim();
  claim.clear_kind();
  const auto request = refund_request(json(claim), {.me = test::clerk()});
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_EQ(request->submit_claim().claim().kind(), v1::REFUND);
  EXPECT_TRUE(request_id_of(*request).has_value());

  const auto sale = refund_request(json(test::claim()), {.me = test::clerk()});
  ASSERT_FALSE(sale);
  EXPECT_EQ(sale.error().context, "claim.kind: THIRD_PARTY is no refund's");
  EXPECT_FALSE(refund_request(json(claim), {.me = test::fund_clerk()})) << "only a centre refunds";
}

TEST_F(TerminalRequest, AsksForRightsWithTheCardOrByNumber) {
  for (const bool update : {false, true}) {
    const auto request = card_request({.update = update, .terminal = "T1"}, signer_);
    ASSERT_TRUE(request) << core::describe(request.error());
    const v1::Proofs& proofs =
        update ? request->update_card().proofs() : request->get_rights().proofs();
    EXPECT_TRUE(proves(card_.key, proofs.card(), wire::checked(*request, signer_.me)->content));
  }
  const Signer desk{.me = test::desk()};
  const auto request = card_request(
      {.terminal = "D1", .number = "160012345678", .fund = "CNAS", .purpose = v1::BY_TELEPHONE},
      desk);
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_FALSE(request->get_rights().has_proofs());
}

core::RequestId original() {
  core::RequestId id{};
  id.fill(0xa1);
  return id;
}

// What a pharmacy writes anew of a claim that was rejected.
v1::Claim correction() {
  v1::Claim claim = test::claim();
  claim.clear_card();
  claim.clear_beneficiary_rank();
  claim.clear_service_date();
  claim.clear_first_act_date();
  return claim;
}

TEST_F(TerminalRequest, CorrectsWithPrescriptionAndLinesOfTheFile) {
  const auto request = correction_request(original(), json(correction()), signer_.me);
  ASSERT_TRUE(request) << core::describe(request.error());
  const v1::CorrectClaim& made = request->correct_claim();
  EXPECT_EQ(made.original_request_id(), std::string(16, '\xa1'));
  EXPECT_EQ(made.terminal_id(), correction().terminal_id());
  EXPECT_EQ(made.lines_size(), correction().lines_size());
  EXPECT_EQ(made.prescription().SerializeAsString(),
            correction().prescription().SerializeAsString());
  EXPECT_NE(request_id_of(*request), original());
}

TEST_F(TerminalRequest, NamesWhatACorrectionCanNotChange) {
  const auto request = correction_request(original(), json(test::claim()), signer_.me);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().context,
            "card, beneficiary and dates are the original's; take out of the file: claim.card, "
            "claim.beneficiaryRank, claim.serviceDate");
  v1::Claim incomplete = correction();
  incomplete.clear_lines();
  EXPECT_FALSE(correction_request(original(), json(incomplete), signer_.me));
}

TEST_F(TerminalRequest, ReviewsUnderANewIdOnceTheSwitchWouldTakeIt) {
  v1::ReviewBordereau review = test::review_bordereau().review_bordereau();
  const auto request = review_request(review, test::clerk());
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_NE(request->review_bordereau().request_id(), review.request_id());
  EXPECT_EQ(request->review_bordereau().verdicts_size(), 2);
  review.mutable_verdicts(0)->clear_reason();
  const auto faulty = review_request(review, test::clerk());
  ASSERT_FALSE(faulty);
  EXPECT_NE(faulty.error().context.find("verdicts[0].reason"), std::string::npos)
      << faulty.error().context;
}

TEST_F(TerminalRequest, ReducesUnderANewIdAsAPerson) {
  v1::ReduceClaim reduction = test::reduce_claim().reduce_claim();
  const auto request = reduction_request(reduction, test::clerk());
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_NE(request->reduce_claim().request_id(), reduction.request_id());
  EXPECT_TRUE(request_id_of(*request).has_value());
  EXPECT_FALSE(reduction_request(reduction, test::centre())) << "a reduction is a person's";
  reduction.clear_reason();
  EXPECT_FALSE(reduction_request(reduction, test::clerk()));
}

TEST_F(TerminalRequest, ChangesAnAccountUnderANewId) {
  const v1::SetPayoutAccount change = test::set_payout_account().set_payout_account();
  const auto request = payout_request(change, test::clerk());
  ASSERT_TRUE(request) << core::describe(request.error());
  EXPECT_NE(request->set_payout_account().request_id(), change.request_id());
  EXPECT_EQ(request->set_payout_account().payee().insured_number(),
            change.payee().insured_number());
  EXPECT_FALSE(payout_request(change, test::centre())) << "a change is a person's";
}

}  // namespace
}  // namespace wasl::cli
