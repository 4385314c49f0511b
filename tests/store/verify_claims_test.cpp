// The ledger's part of what verify asks of all claims: approvals and reversals against the postings
// that are there.

#include "store/verify_claims.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "store/scribe.hpp"
#include "store/store_world.hpp"

namespace wasl::store {
namespace {

using core::PostingSet;
using test::Scribe;

constexpr core::Sequence kApproval = 1;
constexpr core::Sequence kReversal = 2;
constexpr core::Instant kAt{std::chrono::milliseconds{1'773'129'600'000}};

class LedgerCheck : public testing::Test {
 protected:
  void SetUp() override {
    auto made = ClaimCheck::make(world_.path() + "/scratch", differences_);
    ASSERT_TRUE(made);
    check_.emplace(std::move(*made));
    auto rocks = Rocks::create({.path = world_.path() + "/rows"}, journal::genesis({}));
    ASSERT_TRUE(rocks);
    rocks_ = std::move(*rocks);
    claim_ = scribe_.claim(1);
    take(claim_, kApproval);
    take(scribe_.reverse(claim_.command.request_id, kApproval), kReversal);
  }
  void take(const Scribe::Deed& deed, core::Sequence sequence) {
    core::RecordView record;
    record.command = deed.command;
    record.decision = deed.decision;
    ASSERT_TRUE(check_->take(record, {sequence, kAt}));
  }
  void post(core::Sequence sequence, const PostingSet& set) {
    RocksBatch batch;
    const auto fund = *core::FundCode::make("CNAS");
    const core::RowKey key = core::posting_key(fund, test::provider("16-000001"), sequence);
    batch.change(key.view(), core::encode_postings(set));
    ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  }
  std::vector<std::string> found() {
    EXPECT_TRUE(check_->compare_rows(*rocks_));
    std::vector<std::string> whats;
    for (const Difference& difference : differences_.named()) {
      if (difference.where == "ledger") whats.push_back(difference.what);
    }
    return whats;
  }
  core::PostedClaim posted(std::int64_t insurer) {
    return {.claim = kApproval,
            .request_id = claim_.command.request_id,
            .kind = core::ClaimKind::kThirdParty,
            .insurer = core::Cents{insurer}};
  }
  PostingSet approval(std::int64_t insurer) {
    return core::approval_postings(posted(insurer), kAt);
  }
  PostingSet reversal(std::int64_t insurer) {
    return core::reversal_postings(posted(insurer), kAt);
  }

  test::StoreWorld world_;
  Scribe scribe_;
  Scribe::Deed claim_;
  Differences differences_;
  std::optional<ClaimCheck> check_;
  std::unique_ptr<Rocks> rocks_;
};

TEST_F(LedgerCheck, AcceptsWhatTheClaimAndItsReversalPost) {
  post(kApproval, approval(96'000));
  post(kReversal, reversal(96'000));
  EXPECT_TRUE(found().empty());
}

TEST_F(LedgerCheck, NamesHowManySetsAreMissing) {
  post(kApproval, approval(96'000));
  EXPECT_EQ(found(), std::vector<std::string>{"sets of postings that are missing: 1"});
}

TEST_F(LedgerCheck, NamesAnotherAmount) {
  post(kApproval, approval(96'001));
  post(kReversal, reversal(96'000));
  const auto whats = found();
  ASSERT_EQ(whats.size(), 2U);
  EXPECT_TRUE(whats[0].starts_with("record 1: its postings are not"));
}

TEST_F(LedgerCheck, NamesASetOfAnotherTime) {
  PostingSet later = approval(96'000);
  later.at += std::chrono::milliseconds{1};
  post(kApproval, later);
  post(kReversal, reversal(96'000));
  EXPECT_TRUE(found().front().starts_with("record 1: its postings are not"));
}

TEST_F(LedgerCheck, NamesABalanceThatIsNotTheSumOfItsPostings) {
  post(kApproval, approval(96'000));
  post(kReversal, reversal(96'000));
  const core::RowKey expense =
      core::balance_key(*core::FundCode::make("CNAS"),
                        static_cast<std::uint8_t>(core::LedgerAccount::kBenefitsExpense));
  RocksBatch batch;
  batch.change(expense.view(), core::encode_balance({.debit = 96'000, .credit = 95'999}));
  ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  EXPECT_EQ(found(),
            std::vector<std::string>{"a balance is not the sum of its postings: account 1"});
}

TEST_F(LedgerCheck, NamesABalanceThatIsMissing) {
  post(kApproval, approval(96'000));
  post(kReversal, reversal(96'000));
  const core::RowKey owed =
      core::balance_key(*core::FundCode::make("CNAS"),
                        static_cast<std::uint8_t>(core::LedgerAccount::kApprovedNotAccepted));
  RocksBatch batch;
  batch.change(owed.view(), {});
  ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  EXPECT_EQ(found(), std::vector<std::string>{"balances that are missing: 1"});
}

TEST_F(LedgerCheck, NamesWhatNoRecordPosted) {
  post(kApproval, approval(96'000));
  post(kReversal, reversal(96'000));
  post(3, approval(96'000));
  const auto whats = found();
  ASSERT_EQ(whats.size(), 1U);
  EXPECT_TRUE(whats[0].starts_with("record 3: its postings are not"));
}

// An approved claim of 960.00, record 1, and what is done with it.
class PresentationCheck : public testing::Test {
 protected:
  void SetUp() override {
    auto made = ClaimCheck::make(world_.path() + "/scratch", differences_);
    ASSERT_TRUE(made);
    check_.emplace(std::move(*made));
    claim_ = scribe_.claim(1);
    take(claim_, kApproval);
  }
  void take(const Scribe::Deed& deed, core::Sequence sequence) {
    core::RecordView record;
    record.command = deed.command;
    record.decision = deed.decision;
    ASSERT_TRUE(check_->take(record, {sequence, kAt}));
  }
  void present(core::ClaimId claim, std::int64_t cents, core::Sequence sequence) {
    core::CloseBordereau closing;
    closing.claims = {{.claim = claim, .insurer = core::Cents{cents}}};
    Scribe::Deed deed{.command = claim_.command, .decision = {}};
    deed.command.request_id = {static_cast<std::uint8_t>(sequence)};
    deed.command.request = std::move(closing);
    deed.decision = core::ClosingDecision{.reason = core::Reason::kNone,
                                          .differences = {},
                                          .first = ++bordereaux_,
                                          .claims_each = 20,
                                          .due = {}};
    take(deed, sequence);
  }
  // Of the first bordereau.
  void review(core::ReviewVerdict verdict, core::Sequence sequence) {
    core::ReviewBordereau review;
    review.provider = claim_.command.from;
    review.number = 1;
    review.verdicts = {verdict};
    core::ReviewDecision decision;
    (verdict.verdict == core::Verdict::kAccept ? decision.accepted : decision.rejected)
        .add(core::Cents{96'000});
    Scribe::Deed deed{.command = claim_.command, .decision = decision};
    deed.command.request_id = {static_cast<std::uint8_t>(sequence)};
    deed.command.request = std::move(review);
    take(deed, sequence);
  }
  static core::ReviewVerdict accept(core::ClaimId claim) {
    core::ReviewVerdict verdict;
    verdict.claim = claim;
    return verdict;
  }
  static core::ReviewVerdict reject(core::ClaimId claim) {
    core::ReviewVerdict verdict = accept(claim);
    verdict.verdict = core::Verdict::kReject;
    verdict.reason = core::ReviewReason::kWrongTarif;
    return verdict;
  }
  void correct(core::ClaimId original, std::int64_t cents, core::Sequence sequence) {
    core::ClaimDecision decision = std::get<core::ClaimDecision>(claim_.decision);
    decision.insurer = core::Cents{cents};
    decision.lines.front().insurer = decision.insurer;
    decision.lines.front().patient = decision.lines.front().price - decision.insurer;
    decision.patient = decision.lines.front().patient;
    decision.corrects = original;
    core::CorrectClaim correction;
    correction.original = claim_.command.request_id;
    const core::Claim& claim = std::get<core::SubmitClaim>(claim_.command.request).claim;
    correction.prescription = claim.prescription;
    correction.lines = claim.lines;
    Scribe::Deed deed{.command = claim_.command, .decision = decision};
    deed.command.request_id = {static_cast<std::uint8_t>(sequence)};
    deed.command.request = std::move(correction);
    take(deed, sequence);
  }
  std::vector<std::string> found() {
    std::vector<std::string> whats;
    for (const Difference& difference : differences_.named()) whats.push_back(difference.what);
    return whats;
  }

  test::StoreWorld world_;
  Scribe scribe_;
  Scribe::Deed claim_;
  Differences differences_;
  std::optional<ClaimCheck> check_;
  std::uint32_t bordereaux_ = 0;
};

TEST_F(PresentationCheck, AcceptsAStandingClaimOfThatAmountOnce) {
  present(kApproval, 96'000, 2);
  EXPECT_TRUE(found().empty());
}

TEST_F(PresentationCheck, NamesAnotherAmountAndAClaimThatIsNone) {
  present(kApproval, 96'001, 2);
  present(77, 96'000, 3);
  const auto whats = found();
  ASSERT_EQ(whats.size(), 2U);
  EXPECT_TRUE(whats[0].starts_with("record 2: presents record 1"));
  EXPECT_TRUE(whats[1].starts_with("record 3: presents record 77"));
}

TEST_F(PresentationCheck, NamesAClaimThatIsPresentedTwice) {
  present(kApproval, 96'000, 2);
  present(kApproval, 96'000, 3);
  EXPECT_EQ(found(),
            std::vector<std::string>{"record 3: this claim was presented already in record 2"});
}

TEST_F(PresentationCheck, NamesAReversalOfWhatWasPresented) {
  present(kApproval, 96'000, 2);
  take(scribe_.reverse(claim_.command.request_id, kApproval), 3);
  EXPECT_EQ(found(),
            std::vector<std::string>{"record 3: reverses record 1, which was presented before"});
}

TEST_F(PresentationCheck, NamesAPresentationOfWhatWasReversed) {
  take(scribe_.reverse(claim_.command.request_id, kApproval), 2);
  present(kApproval, 96'000, 3);
  EXPECT_TRUE(found().front().starts_with("record 3: presents record 1"));
}

TEST_F(PresentationCheck, AcceptsAReviewAndACorrectionOfWhatItRejected) {
  present(kApproval, 96'000, 2);
  review(reject(kApproval), 3);
  correct(kApproval, 95'000, 4);
  EXPECT_TRUE(found().empty());
}

TEST_F(PresentationCheck, NamesAClaimThatIsDecidedTwice) {
  present(kApproval, 96'000, 2);
  review(accept(kApproval), 3);
  review(reject(kApproval), 4);
  EXPECT_EQ(found(), std::vector<std::string>{"record 4: decides record 1 again"});
}

TEST_F(PresentationCheck, NamesAReviewOfWhatWasNotPresented) {
  review(accept(kApproval), 2);
  EXPECT_EQ(found(), std::vector<std::string>{
                         "record 2: what it says it decided is not what was presented"});
}

TEST_F(PresentationCheck, NamesACorrectionOfWhatWasNotRejectedOrForMore) {
  present(kApproval, 96'000, 2);
  correct(kApproval, 95'000, 3);
  review(reject(kApproval), 4);
  correct(kApproval, 96'001, 5);
  const auto whats = found();
  ASSERT_EQ(whats.size(), 2U);
  EXPECT_TRUE(whats[0].starts_with("record 3: corrects record 1"));
  EXPECT_TRUE(whats[1].starts_with("record 5: corrects record 1"));
}

TEST_F(PresentationCheck, NamesASecondCorrection) {
  present(kApproval, 96'000, 2);
  review(reject(kApproval), 3);
  correct(kApproval, 95'000, 4);
  correct(kApproval, 95'000, 5);
  EXPECT_EQ(found(), std::vector<std::string>{"record 5: another claim stands in the place of this "
                                              "one already in record 4"});
}

}  // namespace
}  // namespace wasl::store
