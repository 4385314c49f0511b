#pragma once
// What the engine gives back for a command; `wire` turns it into an answer frame. Plain values,
// handed from the engine thread to an I/O thread.

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/decide.hpp"
#include "core/durable.hpp"

namespace wasl::core {

// Refusals that are not remembered, have no effect, and say nothing about other copies of the
// request. Numbers are on the wire: never reused.
enum class Refusal : std::uint8_t {
  kMalformed = 1,
  kNotPermitted = 2,
  kParticipantSuspended = 3,
  kNotRegistered = 4,
  kBusy = 5,
  kRequestIdReused = 6,
  kUnknownRequest = 7,
};

enum class BusyCause : std::uint8_t {
  kNone = 0,
  kQueue = 1,   // The command queue is full.
  kParked = 2,  // Too many commands wait for rows.
  kLag = 3,     // The store is too far behind the journal.
  kDisk = 4,    // Free space is below the reserve.
  kClock = 5,   // The wall clock jumped and nobody has confirmed it.
  kRate = 6,    // This certificate asked for more look-ups in a minute than it may.
  kKeys = 7,    // The keys that prove cards cannot be reached.
};

struct Refused {
  Refusal code = Refusal::kMalformed;
  BusyCause cause = BusyCause::kNone;  // Of kBusy.
  std::uint32_t retry_after_ms = 0;    // Of kBusy; at least this long.
  bool fund_unknown = false;           // Of kMalformed: the field `fund` names nobody on file.
};

// Of a changing request: the stored body, new or repeated. Of a quote: a body that is not stored.
struct Answered {
  std::string body;
  Sequence sequence = 0;  // Of the record; 0 for a quote.
  Sha256 receipt{};       // Of the record.
  RequestState state_now = RequestState::kDone;
  bool repeat = false;
  Trace trace;  // Empty unless asked for.
};

// Of GetClaim. Body, sequence and receipt are empty unless an answer is stored.
struct Status {
  StatusDecision::Finding finding = StatusDecision::Finding::kNotSeen;
  std::string body;
  Sequence sequence = 0;
  Sha256 receipt{};
  RequestState state_now = RequestState::kDone;
  Cents reduced;  // By how much the fund pays less than the body says.
};

// Of a listing: rows in key order, values as stored; or a part of a bank file.
struct Listed {
  Deed deed = Deed::kListClaims;
  std::vector<std::pair<RowKey, std::string>> rows;
  bool more = false;
  std::optional<OwnTotals> own = std::nullopt;  // Of Reconcile: what the participant has counted.
  std::optional<BankFilePart> part = std::nullopt;
};

using Reply = std::variant<Refused, Answered, Status, Listed>;

}  // namespace wasl::core
