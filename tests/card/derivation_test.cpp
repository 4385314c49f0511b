#include "card/derivation.hpp"

#include "card/hex.hpp"

namespace wasl::card {
namespace {

KeyName name(KeyKind kind = KeyKind::kCard) {
  return {kind, *core::FundCode::make("CNAS"), *Holder::make("160012345678"), 3};
}

TEST(Derivation, WritesLengthsBeforeNames) {
  EXPECT_EQ(test::to_hex(core::as_bytes(derivation_context(name()))),
            "04434e41530c3136303031323334353637380003");
  EXPECT_EQ(derivation_label(KeyKind::kCard), "wasl/card/1");
  EXPECT_EQ(derivation_label(KeyKind::kProfessional), "wasl/professional/1");
}

// SP 800-108 by hand: one block, CMAC(master, 00000001 || label || 00 || context || 00000080).
TEST(Derivation, IsOneCmacOverCounterLabelContextAndLength) {
  const Key master = test::key("000102030405060708090a0b0c0d0e0f");
  std::string block;
  core::Writer out(block);
  out.integer(std::uint32_t{1});
  out.raw(core::as_bytes("wasl/card/1"));
  out.integer(std::uint8_t{0});
  out.raw(core::as_bytes(derivation_context(name())));
  out.integer(std::uint32_t{128});
  Cmac cmac;
  const auto derived = derive(master, name());
  ASSERT_TRUE(derived);
  EXPECT_EQ(test::to_hex(derived->bytes), test::to_hex(cmac.of(master, core::as_bytes(block))));
}

TEST(Derivation, DiffersInEveryPartOfTheName) {
  const Key master = test::key("000102030405060708090a0b0c0d0e0f");
  std::vector<KeyName> names(5, name());
  names[1].kind = KeyKind::kProfessional;
  names[2].fund = *core::FundCode::make("CASNOS");
  names[3].holder = *Holder::make("160012345679");
  names[4].version = 4;
  std::vector<std::array<std::uint8_t, kKeyBytes>> keys;
  for (const KeyName& each : names) {
    const auto derived = derive(master, each);
    ASSERT_TRUE(derived);
    EXPECT_EQ(std::count(keys.begin(), keys.end(), derived->bytes), 0);
    keys.push_back(derived->bytes);
  }
}

TEST(Derivation, KeepsFundAndHolderApart) {
  KeyName one = name();
  one.fund = *core::FundCode::make("AB");
  one.holder = *Holder::make("C");
  KeyName other = name();
  other.fund = *core::FundCode::make("A");
  other.holder = *Holder::make("BC");
  EXPECT_NE(derivation_context(one), derivation_context(other));
}

}  // namespace
}  // namespace wasl::card
