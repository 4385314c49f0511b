#pragma once
// Canonical bytes of requests, decisions and rows: docs/data_format.md. Big-endian, lengths first,
// one encoding per value. Encoders append; a value outside the bounds of its type is a bug and
// aborts. A decoder refuses everything that the encoder would not have written. No thread.

#include <optional>
#include <string>

#include "core/decision.hpp"
#include "core/row_set.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// deed, request id, index, then the request's fields: what is hashed, signed and journaled.
void encode_request(const Command& command, std::string& out);
// Fills request_id, index and request of the command; of PutRulebook not the parsed rulebook, which
// is no part of what was sent. False: nothing of the command may be used.
[[nodiscard]] bool decode_request(Reader& in, Command& command);
// True if every field can be written by encode_request() and encode_record(): the last check of
// whoever makes a command from outside bytes.
[[nodiscard]] bool within_bounds(const Command& command);

// A record's payload: who asked, the request, proofs and verdicts, decision, answer body, hash of
// the rulebook used (zero if none), decider version.
struct RecordView {
  Command command;
  Decision decision;
  std::string body;
  Sha256 rulebook{};
  std::uint16_t decider_version = 0;
};
// The decision is of the kind its request asks for. Who asked has an empty id only where the switch
// asks itself, and of an Import.
void encode_record(const RecordView& record, std::string& out);
[[nodiscard]] std::optional<RecordView> decode_record(ByteView bytes);  // content is left zero.

void encode_decision(const Decision& decision, std::string& out);
[[nodiscard]] bool decode_decision(Reader& in, Decision& decision);

// A present row; its first byte is the row format's version. RequestRow: without its receipt, which
// the store keeps before these bytes.
void encode_row(const Row& row, std::string& out);
// True if encode_row() can write it: a present row whose fields and size are within their bounds.
[[nodiscard]] bool within_bounds(const Row& row);
[[nodiscard]] std::optional<Row> decode_row(const RowKey& key, ByteView bytes);
// What encode_row() would write; the row must fit kAccountBytesMax and kHistoryBytesMax.
[[nodiscard]] std::size_t encoded_bytes(const Account& account);
[[nodiscard]] std::size_t encoded_bytes(const History& history);
// What one more line adds to its history row.
[[nodiscard]] std::size_t encoded_bytes(const HistoryLine& line);

// Rows of the Reference; their first byte is the row format's version. A rulebook's row keeps what
// decide() needs, not its text, which stays in the journal.
void encode_entry(const Product& product, std::string& out);
void encode_entry(const Tarif& tarif, std::string& out);
void encode_entry(const Prescriber& prescriber, std::string& out);
void encode_entry(const Fund& fund, std::string& out);
void encode_entry(const Rulebook& rulebook, std::string& out);
// True if encode_entry() can write it.
[[nodiscard]] bool within_bounds(const Product& product);
[[nodiscard]] bool within_bounds(const Tarif& tarif);
[[nodiscard]] bool within_bounds(const Prescriber& prescriber);
[[nodiscard]] bool within_bounds(const Fund& fund);
[[nodiscard]] bool within_bounds(const Rulebook& rulebook);
// Decodes the value of a row whose key has one of the reference tags and puts it; false if the
// bytes are not what encode_entry() writes for that tag.
[[nodiscard]] bool decode_entry(const RowKey& key, ByteView bytes, Reference& reference);

}  // namespace wasl::core
