#include "card/key_cache.hpp"

#include <gtest/gtest.h>

namespace wasl::card {
namespace {

KeyName name(int number) {
  return {KeyKind::kCard, *core::FundCode::make("CNAS"), *Holder::make(std::to_string(number)), 1};
}
Key key(int number) {
  Key out;
  out.bytes[0] = static_cast<std::uint8_t>(number);
  return out;
}

TEST(KeyCache, GivesBackWhatWasPut) {
  KeyCache cache(64);
  EXPECT_EQ(cache.find(name(1)), nullptr);
  cache.put(name(1), key(1));
  ASSERT_NE(cache.find(name(1)), nullptr);
  EXPECT_EQ(cache.find(name(1))->bytes[0], 1);
  KeyName other = name(1);
  other.version = 2;
  EXPECT_EQ(cache.find(other), nullptr);
  other = name(1);
  other.kind = KeyKind::kProfessional;
  EXPECT_EQ(cache.find(other), nullptr);
}

TEST(KeyCache, IsBoundedAndDropsTheOldest) {
  KeyCache cache(4);
  for (int i = 1; i <= 5; ++i) cache.put(name(i), key(i));
  EXPECT_EQ(cache.find(name(1)), nullptr);
  for (int i = 2; i <= 5; ++i) {
    ASSERT_NE(cache.find(name(i)), nullptr) << i;
    EXPECT_EQ(cache.find(name(i))->bytes[0], i);
  }
}

TEST(KeyCache, NeverGivesAnothersKey) {
  KeyCache cache(128);
  for (int i = 0; i < 10'000; ++i) {
    cache.put(name(i), key(i));
    const Key* const found = cache.find(name(i / 2));
    if (found == nullptr) continue;
    EXPECT_EQ(found->bytes[0], static_cast<std::uint8_t>(i / 2));
  }
}

}  // namespace
}  // namespace wasl::card
