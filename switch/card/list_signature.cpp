#include "card/list_signature.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <string_view>

#include "core/bytes.hpp"

namespace wasl::card {
namespace {

using core::Errc;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

const std::uint8_t* bytes_of(const std::string& text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

bool is_p256(const EVP_PKEY* key) {
  char group[64] = {};
  std::size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group,
                                        &size) == 1 &&
         std::string_view(group, size) == "prime256v1";
}

Key public_key(const std::string& der) {
  const std::uint8_t* at = bytes_of(der);
  Key key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  const bool whole = key != nullptr && at == bytes_of(der) + der.size();
  return whole && is_p256(key.get()) ? std::move(key) : nullptr;
}

core::Sha256 digest_of(const std::string& list) {
  core::Sha256 digest{};
  WASL_ASSERT(EVP_Digest(list.data(), list.size(), digest.data(), nullptr, EVP_sha256(), nullptr) ==
              1);
  return digest;
}

bool is_signed(const std::string& list, const core::CloseBordereau& closing) {
  const Key key = public_key(closing.signing_key);
  if (key == nullptr) return false;
  const Context context(EVP_MD_CTX_new());
  return context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(closing.signature), closing.signature.size(),
                          bytes_of(list), list.size()) == 1;
}

core::Result<Key> private_key(const std::string& file) {
  const std::unique_ptr<BIO, Free> bio(BIO_new_file(file.c_str(), "r"));
  if (bio == nullptr) return core::fail(Errc::kNotFound, file + " cannot be read");
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (key == nullptr || !is_p256(key.get())) {
    return core::fail(Errc::kMalformed, file + " holds no P-256 key in PEM");
  }
  return key;
}

std::string public_der(EVP_PKEY* key) {
  std::uint8_t* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  WASL_ASSERT(size > 0);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

}  // namespace

core::ListVerdict judge_list(const core::Participant& provider,
                             const core::CloseBordereau& closing) {
  std::string list;
  core::encode_closing_list(provider, closing, list);
  if (digest_of(list) != closing.digest) return core::ListVerdict::kDigestWrong;
  return is_signed(list, closing) ? core::ListVerdict::kRight : core::ListVerdict::kSignatureWrong;
}

core::Result<std::string> signing_key_of(const std::string& key_file) {
  const core::Result<Key> key = private_key(key_file);
  if (!key) return std::unexpected(key.error());
  return public_der(key->get());
}

core::Result<void> sign_list(const std::string& key_file, const core::Participant& provider,
                             core::CloseBordereau& closing) {
  const core::Result<Key> key = private_key(key_file);
  if (!key) return std::unexpected(key.error());
  std::string list;
  core::encode_closing_list(provider, closing, list);
  closing.digest = digest_of(list);
  closing.signing_key = public_der(key->get());
  const Context context(EVP_MD_CTX_new());
  std::size_t size = core::kSignatureBytesMax;
  closing.signature.resize(size);
  const bool made =
      context != nullptr &&
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<std::uint8_t*>(closing.signature.data()),
                     &size, bytes_of(list), list.size()) == 1;
  if (!made) return core::fail(Errc::kMalformed, key_file + ": OpenSSL cannot sign with this key");
  closing.signature.resize(size);
  return {};
}

}  // namespace wasl::card
