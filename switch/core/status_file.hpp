#pragma once
// What banks say of a fund's payouts, file by file: rows and requests. A file is first received in
// parts and judged, and carried out only if nothing in it is wrong. docs/settlement.md "What the
// bank says".

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/settlement.hpp"

namespace wasl::core {

// The bank's name of a file (Max35Text), in ASCII.
inline constexpr std::size_t kMessageIdBytesMax = 35;
// Payouts that one part of a file names.
inline constexpr std::size_t kPartEntriesMax = 60;
// Payouts that a file names in all.
inline constexpr std::uint32_t kFileEntriesMax = 10'000;

// What a file says of one payout of the fund.
struct StatusEntry {
  PayoutId payout;
  BankWord word = BankWord::kPending;
  Cents amount;        // As the bank has it; zero: not given, of a word before booking only.
  std::string reason;  // At most kBankReasonBytesMax; empty: none.

  friend bool operator==(const StatusEntry&, const StatusEntry&) = default;
};

// Numbers are stored and on the wire: never reused.
enum class StatusFileState : std::uint8_t {
  kReceiving = 1,
  kApplying = 2,  // Whole, and nothing wrong: it is carried out step by step.
  kApplied = 3,
  kRefused = 4,  // Something in it is wrong, or a person dropped it: nothing of it was done.
};

struct StatusFile {
  FundCode fund;
  Sequence id = 0;         // Of the record that opened it.
  std::string message_id;  // 1..kMessageIdBytesMax
  Sha256 sha256{};         // Of the bank's file.
  StatusFileState state = StatusFileState::kReceiving;
  OperatorId by;
  Instant at{};
  std::uint32_t entries = 0;   // Announced, 1..kFileEntriesMax,
  std::uint32_t received = 0;  // received,
  std::uint32_t wrong = 0;     // of these wrong,
  std::uint32_t applied = 0;   // and carried out: the first ones.
  std::uint16_t parts = 0;     // Received.
  PayoutId last;               // The highest payout named so far.
  std::uint16_t part = 1;      // The next entry to carry out: its part, from 1,
  std::uint16_t entry = 0;     // and its place in it.

  friend bool operator==(const StatusFile&, const StatusFile&) = default;
};

// A part of a file, kept as it was received.
struct StatusPart {
  FundCode fund;
  Sequence file = 0;
  std::uint16_t number = 0;          // From 1.
  std::vector<StatusEntry> entries;  // 1..kPartEntriesMax, by payout.

  friend bool operator==(const StatusPart&, const StatusPart&) = default;
};

// The last file of a bank's name, so that it is known again.
struct StatusFileName {
  Sequence file = 0;
  friend bool operator==(const StatusFileName&, const StatusFileName&) = default;
};

// The one file of a fund that is being received or carried out; 0: none. What was judged of it
// stays true until it is done.
struct StatusDesk {
  Sequence open = 0;
  friend bool operator==(const StatusDesk&, const StatusDesk&) = default;
};

// Requests of a fund's operators. All of its own fund.

// Begins a file, or finds the one that was begun or done under this name and digest.
struct OpenStatusFile {
  std::string message_id;
  Sha256 sha256{};
  std::uint32_t entries = 0;
  friend bool operator==(const OpenStatusFile&, const OpenStatusFile&) = default;
};

// The next part. Payouts go up, over all parts: none is named twice.
struct ReceiveStatuses {
  Sequence file = 0;
  std::uint16_t part = 0;            // From 1.
  std::vector<StatusEntry> entries;  // 1..kPartEntriesMax
  friend bool operator==(const ReceiveStatuses&, const ReceiveStatuses&) = default;
};

// The next step of a file that was received whole.
struct ApplyStatuses {
  Sequence file = 0;
  friend bool operator==(const ApplyStatuses&, const ApplyStatuses&) = default;
};

// Gives up a file that is being received.
struct DropStatusFile {
  Sequence file = 0;
  friend bool operator==(const DropStatusFile&, const DropStatusFile&) = default;
};

// Status files of the asking fund, oldest first. A scan.
struct ListStatusFiles {
  Sequence after = 0;
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListStatusFiles&, const ListStatusFiles&) = default;
};

}  // namespace wasl::core
