#include "journal/crc32c.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <vector>

#include "support/seed.hpp"

namespace wasl::journal {
namespace {

using Bytes = std::vector<std::uint8_t>;

void expect_both(const Bytes& bytes, std::uint32_t expected) {
  EXPECT_EQ(crc32c(bytes), expected);
  EXPECT_EQ(crc32c_portable(bytes), expected);
}

// RFC 3720, appendix B.4.
TEST(Crc32c, EqualsThePublishedVectors) {
  expect_both(Bytes(32, 0x00), 0x8A9136AA);
  expect_both(Bytes(32, 0xFF), 0x62A8AB43);
  Bytes rising(32);
  std::iota(rising.begin(), rising.end(), std::uint8_t{0});
  expect_both(rising, 0x46DD794E);
  expect_both(Bytes(rising.rbegin(), rising.rend()), 0x113FDB5C);
  const core::ByteView digits = core::as_bytes("123456789");
  expect_both(Bytes(digits.begin(), digits.end()), 0xE3069283);
  expect_both({}, 0);
}

TEST(Crc32c, IsTheSameWithAndWithoutTheInstruction) {
  std::mt19937_64 random(test::seed_of_run(20260310));
  for (int round = 0; round < 2000; ++round) {
    Bytes bytes(random() % 300);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    EXPECT_EQ(crc32c(bytes), crc32c_portable(bytes)) << bytes.size() << " bytes";
  }
}

}  // namespace
}  // namespace wasl::journal
