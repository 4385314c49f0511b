// The signature over a closing's list: what is right, and everything that is not.

#include "card/list_signature.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>

#include "support/temporary_directory.hpp"

namespace wasl::card {
namespace {

using core::ListVerdict;

class ListSignature : public testing::Test {
 protected:
  void SetUp() override { write_key("key.pem", "P-256"); }

  void write_key(const char* name, const char* group) {
    EVP_PKEY* key = EVP_EC_gen(group);
    ASSERT_NE(key, nullptr);
    std::FILE* file = std::fopen(path(name).c_str(), "w");
    ASSERT_EQ(PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr), 1);
    std::fclose(file);
    EVP_PKEY_free(key);
  }
  [[nodiscard]] std::string path(const char* name) const { return directory_.path() + "/" + name; }
  core::CloseBordereau signed_list() {
    core::CloseBordereau closing;
    closing.fund = *core::FundCode::make("CNAS");
    closing.up_to = 78;
    closing.claims = {{77, core::Cents{96'000}}, {78, core::Cents{4}}};
    closing.count = 2;
    closing.total = core::Cents{96'004};
    EXPECT_TRUE(sign_list(path("key.pem"), pharmacy_, closing));
    return closing;
  }

  test::TemporaryDirectory directory_;
  core::Participant pharmacy_{core::Role::kProvider, *core::ParticipantId::make("16-004512")};
};

TEST_F(ListSignature, IsRightAsItWasMade) {
  EXPECT_EQ(judge_list(pharmacy_, signed_list()), ListVerdict::kRight);
}

TEST_F(ListSignature, HoldsForNoOtherListOrPharmacy) {
  const core::CloseBordereau right = signed_list();
  core::CloseBordereau other = right;
  other.claims[1].insurer = core::Cents{5};
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kDigestWrong);
  other = right;
  other.up_to = 79;
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kDigestWrong);
  other = right;
  other.count = 3;
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kDigestWrong);
  const core::Participant neighbour{core::Role::kProvider, *core::ParticipantId::make("16-1")};
  EXPECT_EQ(judge_list(neighbour, right), ListVerdict::kDigestWrong);
}

TEST_F(ListSignature, OfOtherBytesOrAnotherKeyIsWrong) {
  const core::CloseBordereau right = signed_list();
  core::CloseBordereau other = right;
  other.signature.back() = static_cast<char>(other.signature.back() ^ 1);
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kSignatureWrong);
  other.signature = "no signature";
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kSignatureWrong);
  other = right;
  other.signing_key = "no key";
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kSignatureWrong);
  other.signing_key = right.signing_key + "more";
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kSignatureWrong);
  write_key("key.pem", "P-256");
  other.signing_key = signed_list().signing_key;
  other.signature = right.signature;
  EXPECT_EQ(judge_list(pharmacy_, other), ListVerdict::kSignatureWrong);
}

TEST_F(ListSignature, IsMadeWithAP256KeyOnly) {
  write_key("other.pem", "P-384");
  core::CloseBordereau closing = signed_list();
  EXPECT_EQ(sign_list(path("other.pem"), pharmacy_, closing).error().code, core::Errc::kMalformed);
  EXPECT_EQ(sign_list(path("none.pem"), pharmacy_, closing).error().code, core::Errc::kNotFound);
}

TEST_F(ListSignature, NamesTheKeyThatIsRegistered) {
  EXPECT_EQ(signing_key_of(path("key.pem")), signed_list().signing_key);
  EXPECT_EQ(signing_key_of(path("none.pem")).error().code, core::Errc::kNotFound);
}

}  // namespace
}  // namespace wasl::card
