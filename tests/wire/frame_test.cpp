#include "wire/frame.hpp"

#include <gtest/gtest.h>

#include <array>

namespace wasl::wire {
namespace {

std::array<std::uint8_t, 4> header(std::uint32_t bytes) {
  std::array<std::uint8_t, 4> out{};
  core::put_big_endian(out.data(), bytes);
  return out;
}

TEST(Frame, HoldsOneToSixtyFourKibibytes) {
  EXPECT_EQ(parse_header(header(0)).error(), HeaderFault::kEmpty);
  EXPECT_EQ(parse_header(header(1)), 1U);
  EXPECT_EQ(parse_header(header(65'535)), 65'535U);
  EXPECT_EQ(parse_header(header(65'536)), 65'536U);
  EXPECT_EQ(parse_header(header(65'537)).error(), HeaderFault::kTooLarge);
  EXPECT_EQ(parse_header(header(0xffff'ffff)).error(), HeaderFault::kTooLarge);
}

TEST(Frame, CarriesItsLengthInBigEndian) {
  std::string out = "before";
  const std::size_t start = begin_frame(out);
  out.append(258, 'x');
  finish_frame(start, out);
  EXPECT_EQ(out.substr(0, 10), std::string("before\0\0\1\2", 10));
  EXPECT_EQ(out.size(), 6U + 4U + 258U);
}

}  // namespace
}  // namespace wasl::wire
