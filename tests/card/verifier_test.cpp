#include "card/verifier.hpp"

#include "card/derivation.hpp"
#include "card/hex.hpp"
#include "card/issue.hpp"
#include "card/proof.hpp"

namespace wasl::card {
namespace {

using core::ProofVerdict;

// Counts what it is asked, and fails where a test says so.
class CountingKeys final : public KeyProvider {
 public:
  core::Result<Key> derive(const KeyName& name) const override {
    ++asked;
    if (unreachable) return core::fail(core::Errc::kIo, "the key module is away");
    if (name.fund.view() != "CNAS") return core::fail(core::Errc::kNotFound, "another fund");
    return card::derive(test::key("000102030405060708090a0b0c0d0e0f"), name);
  }
  mutable int asked = 0;
  bool unreachable = false;
};

core::Claim claim() {
  core::Claim claim;
  claim.provider = *core::ParticipantId::make("16-004512");
  claim.card = {*core::CardNumber::make("160012345678"), *core::FundCode::make("CNAS"), 3};
  return claim;
}

core::Proof proof(const KeyName& name, std::uint32_t atc, const core::Sha256& digest) {
  const CountingKeys keys;
  const auto key = keys.derive(name);
  EXPECT_TRUE(key);
  Cmac cmac;
  return make_proof(cmac, key ? *key : Key{},
                    {.atc = atc, .unpredictable = {1, 2, 3, 4}, .mac = {}}, digest);
}

core::Command submit() {
  core::Command command;
  command.content.fill(0x5a);
  const core::Claim sent = claim();
  command.proofs.card = proof(card_key_name(sent.card), 7, command.content);
  command.proofs.professional_key_version = 1;
  command.proofs.professional =
      proof(professional_key_name(sent.card.fund, sent.provider, 1), 9, command.content);
  command.request = core::SubmitClaim{sent};
  return command;
}

struct Verdicts {
  ProofVerdict card;
  ProofVerdict professional;
  friend bool operator==(const Verdicts&, const Verdicts&) = default;
};
Verdicts verdicts(core::Command command) {
  const CountingKeys keys;
  Verifier verifier(keys, 16);
  EXPECT_TRUE(verifier.verify(command));
  return {command.proofs.card_verdict, command.proofs.professional_verdict};
}

constexpr Verdicts kBothRight{ProofVerdict::kRight, ProofVerdict::kRight};

TEST(Verifier, FindsBothProofsOfAClaimRight) {
  EXPECT_EQ(verdicts(submit()), kBothRight);
  core::Command quote = submit();
  quote.request = core::QuoteClaim{claim()};
  EXPECT_EQ(verdicts(quote), kBothRight);
}

TEST(Verifier, FindsEveryChangedBitWrong) {
  for (int bit = 0; bit < 64; ++bit) {
    core::Command command = submit();
    command.proofs.card->mac[static_cast<std::size_t>(bit / 8)] ^=
        static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_EQ(verdicts(command).card, ProofVerdict::kWrong) << bit;
    EXPECT_EQ(verdicts(command).professional, ProofVerdict::kRight) << bit;
  }
}

TEST(Verifier, SignsCounterNumberAndContent) {
  core::Command command = submit();
  command.proofs.card->atc = 8;
  EXPECT_EQ(verdicts(command).card, ProofVerdict::kWrong);
  command = submit();
  command.proofs.professional->unpredictable[3] ^= 1;
  EXPECT_EQ(verdicts(command).professional, ProofVerdict::kWrong);
  command = submit();
  command.content[31] ^= 1;
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kWrong, ProofVerdict::kWrong}));
}

TEST(Verifier, TakesTheKeyThatTheClaimNames) {
  core::Command command = submit();
  auto& sent = std::get<core::SubmitClaim>(command.request).claim;
  sent.card.key_version = 4;
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kWrong, ProofVerdict::kRight}));
  sent.card.key_version = 3;
  sent.provider = *core::ParticipantId::make("16-004513");
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kRight, ProofVerdict::kWrong}));
  sent = claim();
  command.proofs.professional_key_version = 2;
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kRight, ProofVerdict::kWrong}));
}

TEST(Verifier, TheCardsKeyIsNotTheProvidersKey) {
  core::Command command = submit();
  std::swap(command.proofs.card, command.proofs.professional);
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kWrong, ProofVerdict::kWrong}));
}

TEST(Verifier, SaysWhereNothingWasGiven) {
  core::Command command = submit();
  command.proofs.card.reset();
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kNotGiven, ProofVerdict::kRight}));
  command.proofs.professional.reset();
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kNotGiven, ProofVerdict::kNotGiven}));
}

TEST(Verifier, OverwritesVerdictsThatCameFromElsewhere) {
  core::Command command;
  command.request = core::ReverseClaim{};
  command.proofs.card_verdict = ProofVerdict::kRight;
  command.proofs.professional_verdict = ProofVerdict::kRight;
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kNotGiven, ProofVerdict::kNotGiven}));
}

TEST(Verifier, RightsNeedTheCardOnly) {
  core::Command command;
  command.content.fill(1);
  const core::CardReference card = claim().card;
  command.proofs.card = proof(card_key_name(card), 1, command.content);
  core::GetRights rights;
  rights.card = card;
  command.request = rights;
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kRight, ProofVerdict::kNotGiven}));
  core::UpdateCard update;
  update.card = card;
  command.request = update;
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kRight, ProofVerdict::kNotGiven}));
}

TEST(Verifier, AFundWithoutKeysProvesNothing) {
  core::Command command = submit();
  std::get<core::SubmitClaim>(command.request).claim.card.fund = *core::FundCode::make("NONE");
  EXPECT_EQ(verdicts(command), (Verdicts{ProofVerdict::kWrong, ProofVerdict::kWrong}));
}

TEST(Verifier, SaysNothingWhileKeysCannotBeReached) {
  CountingKeys keys;
  keys.unreachable = true;
  Verifier verifier(keys, 16);
  core::Command command = submit();
  const auto result = verifier.verify(command);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, core::Errc::kIo);
  EXPECT_EQ(command.proofs.card_verdict, ProofVerdict::kNotGiven);
}

TEST(Verifier, DerivesAKeyOnce) {
  const CountingKeys keys;
  Verifier verifier(keys, 16);
  for (int i = 0; i < 10; ++i) {
    core::Command command = submit();
    ASSERT_TRUE(verifier.verify(command));
    EXPECT_EQ(command.proofs.card_verdict, ProofVerdict::kRight);
  }
  EXPECT_EQ(keys.asked, 2);
}

}  // namespace
}  // namespace wasl::card
