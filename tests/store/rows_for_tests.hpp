#pragma once
// Small real rows and records for tests of the store, which does not care what they mean.

#include <cstdint>
#include <string>

#include "core/codec.hpp"
#include "core/row_set.hpp"
#include "journal/format.hpp"

namespace wasl::test {

inline core::CardNumber card_number(std::uint64_t number) {
  return *core::CardNumber::make("C" + std::to_string(number));
}
inline core::RowKey link_key(std::uint64_t number) { return core::card_key(card_number(number)); }

inline core::Row link_row(std::uint64_t insured) {
  return core::CardLink{*core::InsuredNumber::make("I" + std::to_string(insured))};
}

inline core::Participant provider(const std::string& id) {
  return {core::Role::kProvider, *core::ParticipantId::make(id)};
}

inline core::RequestId request_id(std::uint64_t number) {
  core::RequestId id{};
  core::put_big_endian(id.data() + 8, number);
  return id;
}
inline core::RowKey request_row_key(std::uint64_t number) {
  return core::request_key(provider("16-000001"), request_id(number), 0);
}

inline core::RequestRow request_row(core::Sequence sequence) {
  core::RequestRow row;
  row.answered = true;
  row.sequence = sequence;
  row.body = "answer " + std::to_string(sequence);
  return row;
}

inline std::string bytes_of(const core::Row& row) {
  std::string bytes;
  core::encode_row(row, bytes);
  return bytes;
}

inline journal::DataId data_id(std::uint8_t first) {
  journal::DataId id{};
  id[0] = first;
  return id;
}

}  // namespace wasl::test
