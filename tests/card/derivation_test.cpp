#include "card/derivation.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

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

// An implementation that is not ours, of the same standard.
Key derived_by_openssl(const Key& master, const KeyName& name) {
  EVP_KDF* const kdf = EVP_KDF_fetch(nullptr, "KBKDF", nullptr);
  EVP_KDF_CTX* const context = EVP_KDF_CTX_new(kdf);
  std::string mode = "COUNTER";
  std::string mac = "CMAC";
  std::string cipher = "AES-128-CBC";
  Key secret = master;
  std::string label(derivation_label(name.kind));
  std::string fixed = derivation_context(name);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_MODE, mode.data(), 0),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_MAC, mac.data(), 0),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_CIPHER, cipher.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.bytes.data(), kKeyBytes),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, label.data(), label.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, fixed.data(), fixed.size()),
      OSSL_PARAM_construct_end()};
  Key key;
  EXPECT_EQ(EVP_KDF_derive(context, key.bytes.data(), key.bytes.size(), parameters), 1);
  EVP_KDF_CTX_free(context);
  EVP_KDF_free(kdf);
  return key;
}

TEST(Derivation, IsTheCounterModeOfSp800108AsInOpenssl) {
  const Key master = test::key("000102030405060708090a0b0c0d0e0f");
  KeyName longest = name(KeyKind::kProfessional);
  longest.holder = *Holder::make("123456789012345678901234");
  longest.version = 65'535;
  for (const KeyName& each : {name(), name(KeyKind::kProfessional), longest}) {
    EXPECT_EQ(test::to_hex(derive(master, each).bytes),
              test::to_hex(derived_by_openssl(master, each).bytes));
  }
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
    const Key derived = derive(master, each);
    EXPECT_EQ(std::count(keys.begin(), keys.end(), derived.bytes), 0);
    keys.push_back(derived.bytes);
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
