#pragma once
// A secret AES-128 key, wiped when it goes, and the name under which one is derived.

#include <openssl/crypto.h>

#include <array>
#include <cstdint>

#include "core/ids.hpp"

namespace wasl::card {

inline constexpr std::size_t kKeyBytes = 16;

struct Key {
  std::array<std::uint8_t, kKeyBytes> bytes{};

  Key() = default;
  explicit Key(const std::array<std::uint8_t, kKeyBytes>& from) : bytes(from) {}
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

// Numbers are stored in card files: never reused.
enum class KeyKind : std::uint8_t { kCard = 1, kProfessional = 2 };

// A card number or a provider's id.
using Holder = core::Code<struct HolderTag, 24>;
static_assert(Holder::kBytesMax >= core::CardNumber::kBytesMax);
static_assert(Holder::kBytesMax >= core::ParticipantId::kBytesMax);

struct KeyName {
  KeyKind kind = KeyKind::kCard;
  core::FundCode fund;
  Holder holder;
  std::uint16_t version = 0;

  friend bool operator==(const KeyName&, const KeyName&) = default;
};

}  // namespace wasl::card
