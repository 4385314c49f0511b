#pragma once
// What modules report of their work; `ops` turns it into metrics. Calls come from every thread, on
// a claim's way too, so an observer takes no lock, allocates nothing and never fails. Everything is
// a number or a closed enum: nothing here can name a card, a person or a participant. Every call
// has an empty default: this very class is the observer that ignores everything.

#include <chrono>
#include <cstdint>
#include <string_view>

#include "core/decision.hpp"
#include "core/reply.hpp"
#include "core/request.hpp"

namespace wasl::core {

// Where a request's time goes; kTotal is from its last byte read to its answer handed to the
// socket.
enum class Stage : std::uint8_t {
  kDecode,  // Frame to command.
  kProof,   // Both proofs of a card.
  kQueue,   // Until the engine takes it.
  kLoad,    // Parked, until its rows are there.
  kDecide,
  kSync,  // One group: written and synced, in every copy of the journal.
  kTotal,
  kApply,  // One group, into the store.
  kEnd
};

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
  kVersion,           // Below the lowest TLS version configured.
  kProtocol,          // Any other TLS failure, garbage included.
  kTimeout,           // A deadline of the handshake passed.
  kClosed,            // The peer went away.
  kCertificateLimit,  // Too many connections of one certificate.
  kEnd
};

// Connections refused before any TLS.
enum class AcceptRefusal : std::uint8_t { kTotalLimit, kAddressLimit, kDescriptors, kEnd };

enum class FrameRefusal : std::uint8_t { kEmpty, kTooLong, kTruncated, kSlow, kEnd };

enum class CloseCause : std::uint8_t {
  kNone,         // Still open; never reported.
  kPeer,         // The peer closed between two frames.
  kLost,         // The peer closed inside a frame, or the line broke.
  kIdle,         // No frame for too long.
  kSlowFrame,    // A frame took too long.
  kSlowReader,   // Answers were not taken in time, or too many waited.
  kBrokenFrame,  // A length of zero or above the maximum.
  kTls,          // A broken record, or too many key updates.
  kHandshake,    // Never established; the handshake's result says why.
  kRevoked,
  kSession,   // The session ended it.
  kStopping,  // This process is going down.
  kEnd
};

// Texts for metrics and messages; never renamed, since alerts and dashboards name them.
[[nodiscard]] std::string_view label(HandshakeResult result);
[[nodiscard]] std::string_view label(AcceptRefusal refusal);
[[nodiscard]] std::string_view label(FrameRefusal refusal);
[[nodiscard]] std::string_view label(CloseCause cause);

class Observer {
 public:
  virtual ~Observer() = default;

  virtual void stage(Stage, std::chrono::nanoseconds) noexcept {}

  // A command was decided, for the first time. For what is no claim: kApproved where the reason is
  // kNone, else kDeclined.
  virtual void decided(Deed, Outcome, Reason) noexcept {}
  virtual void line_declined(Reason) noexcept {}
  // A stored answer was given again.
  virtual void repeated() noexcept {}
  virtual void busy(BusyCause) noexcept {}
  // Any refusal but kBusy.
  virtual void refused(Refusal) noexcept {}

  virtual void group_committed(std::uint64_t /*commands*/) noexcept {}
  virtual void queue_depth(std::uint64_t /*commands*/) noexcept {}
  virtual void parked(std::uint64_t /*commands*/) noexcept {}
  // Rows looked up since the last report.
  virtual void cache(std::uint64_t /*hits*/, std::uint64_t /*misses*/) noexcept {}

  virtual void accept_refused(AcceptRefusal) noexcept {}
  virtual void handshake_done(HandshakeResult) noexcept {}
  virtual void connection_opened(Role) noexcept {}
  virtual void connection_closed(Role, CloseCause) noexcept {}
  virtual void frame_refused(FrameRefusal) noexcept {}

  // Bytes of one copy of the journal, and the last sequence synced in all of them.
  virtual void journal_synced(std::uint64_t /*bytes*/, Sequence /*last*/) noexcept {}
  virtual void journal_head(Sequence) noexcept {}
  virtual void store_applied(Sequence) noexcept {}
  virtual void disk_free(std::uint64_t /*bytes*/) noexcept {}
  // True while the wall clock is not believed.
  virtual void clock_alarm(bool) noexcept {}
};

}  // namespace wasl::core
