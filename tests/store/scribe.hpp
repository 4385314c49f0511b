#pragma once
// Writes groups as the engine does, with decisions made up by the test: core::apply() on rows of
// its own, and what a store must hold afterwards. One thread.

#include <map>
#include <string>
#include <vector>

#include "core/codec.hpp"
#include "core/decide.hpp"
#include "core/durable.hpp"

namespace wasl::test {

class Scribe {
 public:
  struct Deed {
    core::Command command;
    core::Decision decision;
  };

  // The next group: one record per deed.
  [[nodiscard]] core::Group group(const std::vector<Deed>& deeds);
  // To call with what became of it, before the next.
  void durable(const core::Committed& committed);

  // Every row as it must be stored once everything is applied.
  [[nodiscard]] const std::map<core::RowKey, std::string>& stored() const { return stored_; }
  [[nodiscard]] const core::Row& row(const core::RowKey& key) const { return rows_.at(key); }
  [[nodiscard]] core::Sequence next() const { return next_; }
  // The record of a deed at that sequence, whatever the rows say.
  [[nodiscard]] static std::string payload(const Deed& deed, core::Sequence sequence);
  // What the made-up answer of that record says.
  [[nodiscard]] static std::string body(core::Sequence sequence);

  // Deeds of a small world: person `number` has one card and one beneficiary.
  [[nodiscard]] Deed put_account(std::uint64_t number);
  // An approved claim of one line on the person's card.
  [[nodiscard]] Deed claim(std::uint64_t number);
  // Of the claim with that request id.
  [[nodiscard]] Deed reverse(const core::RequestId& original, core::Sequence claim);
  [[nodiscard]] Deed put_product(std::uint64_t number);

 private:
  [[nodiscard]] core::RowSet provide(const core::Command& command,
                                     std::map<core::Slot, core::RowKey>& keys);
  [[nodiscard]] core::RequestId next_request_id() { return request_id(++requests_); }
  [[nodiscard]] static core::RequestId request_id(std::uint64_t number);
  void record(const Deed& deed, core::Group& group, std::map<core::RowKey, core::RowChange>& last);

  std::map<core::RowKey, core::Row> rows_;
  std::map<core::RowKey, std::string> stored_;
  std::vector<core::RowKey> unsigned_;  // Request rows that wait for their receipt.
  core::Reference reference_;
  core::Sequence next_ = 1;
  std::uint64_t requests_ = 0;
  std::vector<core::RowChange> changes_;  // Of the group in flight.
};

}  // namespace wasl::test
