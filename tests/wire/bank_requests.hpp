#pragma once
// Requests about bank files and what banks say, as an operator of a fund sends them, right in every
// field.

#include "wire/requests.hpp"

namespace wasl::test {

inline v1::Envelope export_run() {
  v1::Envelope envelope;
  v1::ExportRun& to_bank = *envelope.mutable_export_run();
  to_bank.set_request_id(std::string(16, '\xe5'));
  to_bank.set_run(77);
  to_bank.set_payouts_per_file(500);
  return envelope;
}

inline v1::Envelope get_bank_file() {
  v1::Envelope envelope;
  envelope.mutable_get_bank_file()->set_run(77);
  envelope.mutable_get_bank_file()->set_file(2);
  return envelope;
}

inline v1::Envelope open_status_file() {
  v1::Envelope envelope;
  v1::OpenStatusFile& open = *envelope.mutable_open_status_file();
  open.set_request_id(std::string(16, '\xe6'));
  open.set_message_id("BNA-2026-03-26/1");
  open.set_sha256(std::string(32, '\xd1'));
  open.set_entries(2);
  return envelope;
}

inline v1::Envelope receive_statuses() {
  v1::Envelope envelope;
  v1::ReceiveStatuses& receive = *envelope.mutable_receive_statuses();
  receive.set_request_id(std::string(16, '\xe7'));
  receive.set_file(90);
  receive.set_part(1);
  v1::StatusEntry& booked = *receive.add_entries();
  booked.set_run(77);
  booked.set_number(3);
  booked.set_word(v1::BANK_BOOKED);
  booked.set_amount_cents(500);
  v1::StatusEntry& rejected = *receive.add_entries();
  rejected.set_run(79);
  rejected.set_number(1);
  rejected.set_word(v1::BANK_REJECTED);
  rejected.set_reason("AC04");
  return envelope;
}

inline v1::Envelope apply_statuses() {
  v1::Envelope envelope;
  envelope.mutable_apply_statuses()->set_request_id(std::string(16, '\xe8'));
  envelope.mutable_apply_statuses()->set_file(90);
  return envelope;
}

inline v1::Envelope drop_status_file() {
  v1::Envelope envelope;
  envelope.mutable_drop_status_file()->set_request_id(std::string(16, '\xe9'));
  envelope.mutable_drop_status_file()->set_file(90);
  return envelope;
}

inline v1::Envelope list_status_files() {
  v1::Envelope envelope;
  envelope.mutable_list_status_files();
  return envelope;
}

}  // namespace wasl::test
