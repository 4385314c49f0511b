#pragma once
// What the people of a fund ask next: steps of its settlement runs, and what its bank has told
// them. They know what they were answered, and try what is not allowed too. One thread.

#include <optional>
#include <random>

#include "core/request.hpp"
#include "simulation/bank.hpp"
#include "simulation/client_record.hpp"
#include "simulation/hearsay.hpp"

namespace wasl::test {

class FundPeople {
 public:
  // `random` outlives them.
  explicit FundPeople(std::mt19937_64& random) : random_(random) {}

  [[nodiscard]] core::Request run_step(const ClientRecord& record, core::Day today);
  // Nothing: there is no file, and the bank has nothing to say. `rows`: of what was exported.
  [[nodiscard]] std::optional<core::Request> file_step(const ClientRecord& record,
                                                       const OrderedRows& rows);
  // Of one of these payees; it takes two of them.
  [[nodiscard]] core::Request account_change(const core::Payee& payee);

 private:
  [[nodiscard]] core::Request open_file(const std::string& name);
  [[nodiscard]] core::Request go_on(core::Sequence id, const KnownFile& file);
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::mt19937_64& random_;
  Bank bank_;
};

}  // namespace wasl::test
