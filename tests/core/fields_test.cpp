// What holds for every stored type alike: its decoder accepts exactly what its encoder writes.

#include <gtest/gtest.h>

#include "broken_field.hpp"
#include "support/random_fields.hpp"

namespace wasl::test {
namespace {

using namespace wasl::core;  // The field lists are found by the walkers in the types' namespace.

constexpr int kRounds = 60;

template <typename T>
std::string bytes_of(const T& value) {
  std::string bytes;
  Writer writer(bytes);
  Encoder encoder(writer);
  fields(encoder, value);
  return bytes;
}

template <typename T>
bool writable(const T& value) {
  ByteCounter counter;
  Encoder encoder(counter);
  fields(encoder, value);
  return encoder.ok();
}

template <typename T>
std::optional<T> value_of(std::string_view bytes) {
  Reader in(as_bytes(bytes));
  Decoder decoder(in);
  T value;
  fields(decoder, value);
  if (!in.finished()) return std::nullopt;
  return value;
}

template <typename T>
class StoredType : public testing::Test {
 protected:
  std::uint64_t seed_ = seed_or(20260310);
  std::mt19937_64 random_{seed_};
};

using StoredTypes = testing::Types<
    Registration, RequestRow, CardLink, Account, History, HistoryLine, Product, Tarif, Prescriber,
    Fund, Rulebook, SubmitClaim, QuoteClaim, ReverseClaim, GetClaim, ListClaims, GetRights,
    UpdateCard, ReportCard, RequestPriorAgreement, DecidePriorAgreement, ListPriorAgreements,
    PutAccount, PutCard, PutRegistration, PutPrescriber, PutProduct, PutTarif, PutRulebook,
    ConfirmClock, Import, ListBalances, ListPostings, CloseBordereau, ListBordereaux, GetBordereau,
    CorrectClaim, ReviewBordereau, ListReviews, SetPayoutAccount, ListPayoutChanges, PayoutChange,
    PayoutDecision, ProposeRun, CollectRun, ApproveRun, CancelRun, ListOwed, ListRuns, ListPayouts,
    Owed, SettlementRun, Payout, OwedPage, RunDecision, CollectDecision, ExportRun, GetBankFile,
    OpenStatusFile, ReceiveStatuses, ApplyStatuses, DropStatusFile, ListStatusFiles, StatusFile,
    StatusPart, StatusFileName, StatusDesk, ExportDecision, StatusFileDecision, Presentation,
    Bordereau, ClosingEvidence, ClosingDecision, ReviewDecision, ClaimDecision, ReversalDecision,
    StatusDecision, RightsDecision, PlainDecision, Decision, Proofs, ReduceClaim, ListReceivables,
    AdvanceBusinessDay, Reconcile, ReductionDecision, Receivable, BusinessDay>;
TYPED_TEST_SUITE(StoredType, StoredTypes);

TYPED_TEST(StoredType, ComesBackAsItWas) {
  SCOPED_TRACE(this->seed_);
  for (int round = 0; round < kRounds; ++round) {
    const auto value = random_value<TypeParam>(this->random_);
    ASSERT_TRUE(writable(value));
    const auto again = value_of<TypeParam>(bytes_of(value));
    ASSERT_TRUE(again.has_value());
    ASSERT_TRUE(*again == value);
  }
}

TYPED_TEST(StoredType, IsRefusedWhenCutOrContinued) {
  SCOPED_TRACE(this->seed_);
  for (int round = 0; round < kRounds; ++round) {
    const std::string bytes = bytes_of(random_value<TypeParam>(this->random_));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      ASSERT_FALSE(value_of<TypeParam>(std::string_view(bytes).substr(0, size)).has_value());
    }
    ASSERT_FALSE(value_of<TypeParam>(bytes + '\0').has_value());
  }
}

TYPED_TEST(StoredType, HasOneEncodingPerValueWhateverByteIsFlipped) {
  SCOPED_TRACE(this->seed_);
  for (int round = 0; round < kRounds / 6; ++round) {
    const std::string bytes = bytes_of(random_value<TypeParam>(this->random_));
    for (std::size_t at = 0; at < bytes.size() * 255; ++at) {
      std::string flipped = bytes;
      flipped[at / 255] = static_cast<char>(flipped[at / 255] ^ static_cast<char>(at % 255 + 1));
      const auto read = value_of<TypeParam>(flipped);
      if (read) {
        ASSERT_TRUE(writable(*read));
        ASSERT_EQ(bytes_of(*read), flipped);
      }
    }
  }
}

TYPED_TEST(StoredType, IsRefusedJustOutsideEachBound) {
  SCOPED_TRACE(this->seed_);
  for (int round = 0; round < kRounds / 6; ++round) {
    const auto value = random_value<TypeParam>(this->random_);
    for (std::size_t bound = 0;; ++bound) {
      TypeParam broken = value;
      BrokenField breaker(bound, this->random_);
      fields(breaker, broken);
      if (!breaker.done()) break;
      ASSERT_FALSE(writable(broken)) << "bound " << bound;
      ASSERT_FALSE(value_of<TypeParam>(bytes_of(broken)).has_value()) << "bound " << bound;
    }
  }
}

TEST(StoredRulebook, HasPeriodsInOrderFromTheFirstDay) {
  Rulebook rulebook;
  rulebook.scheme = *SchemeCode::make("DZ-CNAS");
  rulebook.catalogue = *CatalogueCode::make("DZ");
  rulebook.currency = "DZD";
  EXPECT_FALSE(writable(rulebook)) << "no period";
  rulebook.periods.resize(2);
  EXPECT_FALSE(writable(rulebook)) << "one day twice";
  EXPECT_FALSE(value_of<Rulebook>(bytes_of(rulebook)).has_value());
  rulebook.periods[1].from = kDayMin + std::chrono::days{1};
  EXPECT_TRUE(writable(rulebook));
  EXPECT_TRUE(value_of<Rulebook>(bytes_of(rulebook)).has_value());
  rulebook.periods.erase(rulebook.periods.begin());
  EXPECT_FALSE(writable(rulebook)) << "days before the first period";
}

TEST(StoredRulebook, HasAnOffsetOfAtMostFourteenHours) {
  std::mt19937_64 random{1};
  auto rulebook = random_value<Rulebook>(random);
  for (const int minutes : {-841, 841, 65'536}) {
    rulebook.utc_offset = std::chrono::minutes{minutes};
    EXPECT_FALSE(writable(rulebook)) << minutes;
  }
  for (const int minutes : {-840, 0, 60, 840}) {
    rulebook.utc_offset = std::chrono::minutes{minutes};
    EXPECT_TRUE(writable(rulebook)) << minutes;
  }
}

}  // namespace
}  // namespace wasl::test
