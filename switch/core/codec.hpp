#pragma once
// Canonical bytes of requests, decisions and rows: docs/data_format.md and, for requests,
// docs/wire_protocol.md "Canonical request". Big-endian, lengths first, one encoding per value.
// A decoder refuses everything that the encoder would not have written.

#include <optional>
#include <string>

#include "core/decision.hpp"
#include "core/row_set.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// deed, request id, index, then the request's fields: what is hashed, signed and journaled.
void encode_request(const Command& command, std::string& out);
// Fills request_id, index and request of the command.
[[nodiscard]] bool decode_request(Reader& in, Command& command);

// A record's payload: who asked, the request, proofs and verdicts, decision, answer body, hash of
// the rulebook used (zero if none), decider version.
struct RecordView {
  Command command;
  Decision decision;
  std::string body;
  Sha256 rulebook{};
  std::uint16_t decider_version = 0;
};
void encode_record(const RecordView& record, std::string& out);
[[nodiscard]] std::optional<RecordView> decode_record(ByteView bytes);  // content is left zero.

void encode_decision(const Decision& decision, std::string& out);
[[nodiscard]] bool decode_decision(Reader& in, Decision& decision);

// A present row; its first byte is the row format's version. RequestRow: without its receipt, which
// the store keeps before these bytes.
void encode_row(const Row& row, std::string& out);
[[nodiscard]] std::optional<Row> decode_row(const RowKey& key, ByteView bytes);
[[nodiscard]] std::size_t encoded_bytes(const Account& account);
[[nodiscard]] std::size_t encoded_bytes(const HistoryLine& line);

}  // namespace wasl::core
