#include "core/observer.hpp"

#include <array>

#include "core/assert.hpp"

namespace wasl::core {
namespace {

template <typename Enum, std::size_t kCount>
std::string_view text_of(Enum value, const std::array<std::string_view, kCount>& texts) {
  static_assert(kCount == static_cast<std::size_t>(Enum::kEnd), "each value has its text");
  WASL_ASSERT(value < Enum::kEnd);
  return texts[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view label(HandshakeResult result) {
  static constexpr std::array<std::string_view, 15> kTexts{
      "ok",      "no_certificate", "unknown_authority", "expired",      "not_yet_valid",
      "revoked", "crl_unusable",   "wrong_purpose",     "bad_identity", "alpn",
      "version", "protocol",       "timeout",           "closed",       "certificate_limit"};
  return text_of(result, kTexts);
}

std::string_view label(AcceptRefusal refusal) {
  static constexpr std::array<std::string_view, 3> kTexts{"total_limit", "address_limit",
                                                          "descriptors"};
  return text_of(refusal, kTexts);
}

std::string_view label(FrameRefusal refusal) {
  static constexpr std::array<std::string_view, 4> kTexts{"empty", "too_long", "truncated", "slow"};
  return text_of(refusal, kTexts);
}

std::string_view label(CloseCause cause) {
  static constexpr std::array<std::string_view, 12> kTexts{
      "none",         "peer", "lost",      "idle",    "slow_frame", "slow_reader",
      "broken_frame", "tls",  "handshake", "revoked", "session",    "stopping"};
  return text_of(cause, kTexts);
}

}  // namespace wasl::core
