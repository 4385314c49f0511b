#pragma once
// What the network room reports, as closed enums with stable label texts: no card, provider or
// address ever becomes a label. Calls come from every I/O thread at once and must not block.

#include <array>
#include <cstdint>
#include <string_view>

#include "core/ids.hpp"

namespace wasl::net {

enum class HandshakeResult : std::uint8_t {
  kOk,
  kNoCertificate,
  kUnknownAuthority,  // Not issued by our own authority.
  kExpired,           // The certificate.
  kNotYetValid,       // The certificate.
  kRevoked,           // Named by the revocation list.
  kCrlUnusable,       // Our revocation list is expired, missing or broken: nobody gets in.
  kWrongPurpose,      // For example a server's certificate used by a client.
  kBadIdentity,       // Not exactly one well-formed urn:wasl:<role>:<id>.
  kAlpn,              // The peer does not speak wasl/1.
  kVersion,           // Below TLS 1.3, or below 1.2 where that is configured.
  kProtocol,          // Any other TLS failure, garbage included.
  kTimeout,           // A deadline of the handshake passed.
  kClosed,            // The peer went away.
  kCertificateLimit,  // Too many connections of one certificate.
  kEnd
};
[[nodiscard]] std::string_view label(HandshakeResult result);

// Connections refused before any TLS.
enum class AcceptRefusal : std::uint8_t { kTotalLimit, kAddressLimit, kDescriptors, kEnd };
[[nodiscard]] std::string_view label(AcceptRefusal refusal);

enum class FrameRefusal : std::uint8_t { kEmpty, kTooLong, kTruncated, kSlow, kEnd };
[[nodiscard]] std::string_view label(FrameRefusal refusal);

enum class CloseCause : std::uint8_t {
  kNone,         // Still open.
  kPeer,         // The peer closed between two frames.
  kLost,         // The peer closed inside a frame, or the line broke.
  kIdle,         // No frame within idle_timeout.
  kSlowFrame,    // A frame took longer than frame_timeout.
  kSlowReader,   // Answers were not taken within write_timeout, or too many waited.
  kBrokenFrame,  // A length of zero or above the maximum.
  kTls,          // A broken record, or too many key updates.
  kHandshake,    // Never established; the handshake's result says why.
  kRevoked,
  kSession,   // The session ended it.
  kStopping,  // This process is going down.
  kEnd
};
[[nodiscard]] std::string_view label(CloseCause cause);

// Every call has an empty default, so that an observer names only what it counts.
class NetObserver {
 public:
  virtual ~NetObserver() = default;
  virtual void accept_refused(AcceptRefusal) {}
  virtual void handshake_done(HandshakeResult) {}
  virtual void connection_opened(core::Role) {}
  virtual void connection_closed(core::Role, CloseCause) {}
  virtual void frame_refused(FrameRefusal) {}
};

}  // namespace wasl::net
