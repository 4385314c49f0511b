#pragma once
// Every bound of the network room, with the reason for its default. The configuration may change
// those that are members of a struct; the constants belong to the protocol.

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "wire/frame.hpp"

namespace wasl::net {

using wire::kFrameBytesMax;
using wire::kFrameHeaderBytes;
// TLS 1.3 keys last 2^24 records; a peer that renews them more often than this spends our time
// only.
inline constexpr int kKeyUpdatesMax = 64;
// Two certificates of a P-256 chain are 1.5 KiB; more than this is no certificate of ours.
inline constexpr long kPeerChainBytesMax = 16 * 1024;
// A leaf, an issuing authority and a root.
inline constexpr int kChainDepthMax = 2;

struct ConnectionLimits {
  // TCP connection to a whole ClientHello: one flight, sent at once by every honest client.
  std::chrono::milliseconds hello_timeout{5'000};
  // TCP connection to a finished handshake: three round trips at 2 s each and a slow card reader's
  // host.
  std::chrono::milliseconds handshake_timeout{10'000};
  // Between frames. Terminals keep their connection all day and send Echo within this; a dead peer
  // is noticed earlier, by TCP keep-alive.
  std::chrono::milliseconds idle_timeout{600'000};
  // First byte of a frame to its last: 64 KiB over a 64 kbit/s line take 8 s.
  std::chrono::milliseconds frame_timeout{10'000};
  // Bytes queued to the peer until they are taken: frame_timeout for the other direction, and half
  // as much again, as several answers may wait.
  std::chrono::milliseconds write_timeout{15'000};
  // Last answers and the peer's close; afterwards the socket is closed without waiting.
  std::chrono::milliseconds shutdown_timeout{2'000};
  // Answers waiting for a slow reader: four of the largest frames. Beyond, it is closed.
  std::size_t queued_bytes_max = 4 * (kFrameHeaderBytes + kFrameBytesMax);
  // With this much waiting, no further request is read from the peer.
  std::size_t queued_bytes_pause = kFrameBytesMax;
};

struct ListenerLimits {
  // 830 centres and 12,000 pharmacies, and a sixth more while old connections time out.
  std::size_t connections_max = 15'000;
  // An operator's address translation may hide a town's pharmacies behind one address.
  std::size_t connections_per_address_max = 1'024;
  // One certificate serves the counters of a pharmacy or the desks of a centre.
  std::size_t connections_per_certificate_max = 64;
  // Less than 1 ms of computing each, so that whoever is among them is through within a tenth of a
  // second where claims leave two cores free; and with round trips of 100 ms still 12,000 terminals
  // are back within half a minute. Counted from the client's hello on; beyond the bound, and beyond
  // a quarter of it from one address, hellos wait, for three quarters of handshake_timeout.
  std::size_t handshakes_max = 128;
  // The kernel's default maximum for accepted connections that wait for us.
  int backlog = 4'096;
  // After a refusal for want of descriptors or memory: long enough for some connections to end.
  std::chrono::milliseconds accept_pause{100};
};

}  // namespace wasl::net
