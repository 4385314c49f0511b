// Reductions, and what providers owe back since, as they travel.

#include <gtest/gtest.h>

#include "wire/answer_body.hpp"
#include "wire/client.hpp"
#include "wire/ledger_requests.hpp"
#include "wire/pages.hpp"

namespace wasl::wire {
namespace {

core::FundCode fund() { return *core::FundCode::make("CNAS"); }

TEST(ReduceClaim, SaysWhatTheFundPaysFromNowOn) {
  for (const core::Participant& sender : {test::clerk(), test::fund_clerk()}) {
    const auto answer = test::decode(test::reduce_claim(), sender);
    ASSERT_TRUE(answer) << answer.error().sentence;
    EXPECT_EQ(std::get<core::ReduceClaim>(answer->commands.front().request),
              (core::ReduceClaim{.fund = fund(),
                                 .provider = test::pharmacy(),
                                 .bordereau = 3,
                                 .claim = 77,
                                 .insurer = core::Cents{90'000},
                                 .reason = core::ReviewReason::kMedicalControl}));
  }
}

TEST(ReduceClaim, IsMalformedOutsideItsBounds) {
  const auto broken = [](auto change, const core::Participant& from = test::clerk()) {
    v1::Envelope envelope = test::reduce_claim();
    change(*envelope.mutable_reduce_claim());
    return test::faulty_field(envelope, from);
  };
  EXPECT_EQ(broken([](auto& it) { it.clear_request_id(); }), "request_id");
  EXPECT_EQ(broken([](auto& it) { it.clear_fund(); }), "fund");
  EXPECT_EQ(broken([](auto& it) { it.clear_fund(); }, test::fund_clerk()), "taken");
  EXPECT_EQ(broken([](auto& it) { it.set_fund("CASNOS"); }, test::fund_clerk()), "fund");
  EXPECT_EQ(broken([](auto& it) { it.clear_provider(); }), "provider");
  EXPECT_EQ(broken([](auto& it) { it.set_number(0); }), "number");
  EXPECT_EQ(broken([](auto& it) { it.set_claim_id(0); }), "claim_id");
  EXPECT_EQ(broken([](auto& it) { it.set_insurer_cents(-1); }), "insurer_cents");
  EXPECT_EQ(broken([](auto& it) { it.set_insurer_cents(0); }), "taken");
  EXPECT_EQ(broken([](auto& it) { it.set_insurer_cents(core::kClaimAmountMax.value); }), "taken");
  EXPECT_EQ(broken([](auto& it) { it.set_insurer_cents(core::kClaimAmountMax.value + 1); }),
            "insurer_cents");
  EXPECT_EQ(broken([](auto& it) { it.clear_reason(); }), "reason");
  EXPECT_EQ(broken([](auto& it) { it.set_reason(static_cast<v1::ReviewReason>(8)); }), "reason");
}

v1::ReductionAnswer reduction_answer(const core::ReductionDecision& decision) {
  core::Command command;
  command.request = core::ReduceClaim{};
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  const auto body = read_body(bytes);
  EXPECT_TRUE(body && body->has_reduction());
  return body ? body->reduction() : v1::ReductionAnswer();
}

TEST(ReductionAnswer, SaysWhoOwesTheDifference) {
  using Effect = core::ReductionDecision::Effect;
  for (const auto& [effect, shown] :
       {std::pair(Effect::kOwedLess, v1::ReductionAnswer::OWED_LESS),
        std::pair(Effect::kOwedBack, v1::ReductionAnswer::OWED_BACK)}) {
    const v1::ReductionAnswer answer = reduction_answer(
        {.effect = effect, .reason = core::Reason::kNone, .difference = core::Cents{6'000}});
    EXPECT_EQ(answer.effect(), shown);
    EXPECT_EQ(answer.reason(), v1::REASON_NONE);
    EXPECT_EQ(answer.difference_cents(), 6'000);
  }
  const v1::ReductionAnswer refused = reduction_answer(
      {.effect = Effect::kRefused, .reason = core::Reason::kInSettlement, .difference = {}});
  EXPECT_EQ(refused.effect(), v1::ReductionAnswer::REFUSED);
  EXPECT_EQ(refused.reason(), v1::IN_SETTLEMENT);
  EXPECT_EQ(refused.difference_cents(), 0);
}

TEST(ListReceivables, GoOnBehindAProvider) {
  v1::Envelope envelope = test::list_receivables();
  v1::ListReceivables& list = *envelope.mutable_list_receivables();
  list.mutable_after()->set_role(v1::PROVIDER);
  EXPECT_EQ(test::faulty_field(envelope, test::fund_clerk()), "after.id");
  list.mutable_after()->set_id("16-004512");
  list.set_page_size(20);
  const auto answer = test::decode(envelope, test::fund_clerk());
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(std::get<core::ListReceivables>(answer->commands.front().request),
            (core::ListReceivables{test::pharmacy(), 20}));
  list.set_page_size(101);
  EXPECT_EQ(test::faulty_field(envelope, test::fund_clerk()), "page_size");
}

TEST(ReceivablesPage, NamesProviderAndAmount) {
  const core::Receivable row{
      .fund = fund(), .provider = test::pharmacy(), .amount = core::Cents{600}};
  core::Listed listed = test::page_with(core::Deed::kListReceivables,
                                        core::receivable_key(fund(), row.provider), row);
  v1::Envelope envelope = test::page_of(listed);
  const v1::ReceivablesPage& page = envelope.receivables_page();
  ASSERT_EQ(page.receivables_size(), 1);
  EXPECT_EQ(page.receivables(0).provider().role(), v1::PROVIDER);
  EXPECT_EQ(page.receivables(0).provider().id(), test::pharmacy().id.view());
  EXPECT_EQ(page.receivables(0).amount_cents(), 600);
  EXPECT_EQ(page.next_after().id(), test::pharmacy().id.view());
  listed.more = false;
  envelope = test::page_of(listed);
  EXPECT_FALSE(envelope.receivables_page().has_next_after());
}

}  // namespace
}  // namespace wasl::wire
