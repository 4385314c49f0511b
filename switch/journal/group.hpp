#pragma once
// A group: records written by one write and made durable by one sync, decided at one `now`. It is
// whole or it is nothing: every record names the group's bounds, so a missing one shows. One
// thread.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/bytes.hpp"
#include "journal/digest.hpp"
#include "journal/format.hpp"

namespace wasl::journal {

// Proof that a record is durable at its place in the chain.
struct Receipt {
  std::uint64_t sequence = 0;
  core::Sha256 hash{};
};

// The payload is opaque here and views the buffer of whoever verified the group.
struct Record {
  std::uint64_t sequence = 0;
  core::ByteView payload;
  core::Sha256 hash{};
};

// What a group must continue.
struct ChainPoint {
  std::uint64_t sequence = 0;
  core::Sha256 hash{};
  std::int64_t now_ms = 0;
};

// Stored bytes of a group of these payloads.
[[nodiscard]] std::uint64_t group_bytes(std::span<const core::ByteView> payloads);

// A group as it is stored, and the receipt of each record.
struct EncodedGroup {
  std::vector<std::uint8_t> bytes;
  std::vector<Receipt> receipts;
};

// Replaces what `out` held. Every payload is 1 to kPayloadBytesMax bytes, the group 1 to
// kGroupRecordsMax records and at most kGroupBytesMax bytes.
void encode_group(const ChainPoint& after, std::int64_t now_ms,
                  std::span<const core::ByteView> payloads, Digest& digest, EncodedGroup& out);

// True if `stored` (exactly one group's bytes) is whole and continues `after`; then `records` holds
// its records, viewing `stored`.
[[nodiscard]] bool verify_group(core::ByteView stored, const ChainPoint& after, Digest& digest,
                                std::vector<Record>& records);

}  // namespace wasl::journal
