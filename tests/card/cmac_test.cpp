#include "card/cmac.hpp"

#include "card/hex.hpp"

namespace wasl::card {
namespace {

// RFC 4493 section 4 and SP 800-38B appendix D.1: the same key and messages.
constexpr std::string_view kKey = "2b7e151628aed2a6abf7158809cf4f3c";
constexpr std::string_view kMessage =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

struct Vector {
  std::size_t bytes;
  std::string_view mac;
};
constexpr Vector kVectors[] = {{0, "bb1d6929e95937287fa37d129b756746"},
                               {16, "070a16b46b4d4144f79bdd9dd04a287c"},
                               {20, "7d85449ea6ea19c823a7bf78837dfade"},
                               {40, "dfa66747de9ae63030ca32611497c827"},
                               {64, "51f0bebf7e3b9d92fc49741779363cfe"}};

TEST(Cmac, GivesThePublishedVectors) {
  Cmac cmac;
  const std::string message = test::from_hex(kMessage);
  for (const Vector& vector : kVectors) {
    const Mac mac = cmac.of(test::key(kKey), core::as_bytes(message).first(vector.bytes));
    EXPECT_EQ(test::to_hex(mac), vector.mac) << vector.bytes;
  }
}

TEST(Cmac, ForgetsTheKeyBefore) {
  Cmac cmac;
  const auto message = core::as_bytes("message");
  const Mac first = cmac.of(test::key(kKey), message);
  const Mac other = cmac.of(Key{}, message);
  EXPECT_NE(first, other);
  EXPECT_EQ(cmac.of(test::key(kKey), message), first);
}

}  // namespace
}  // namespace wasl::card
