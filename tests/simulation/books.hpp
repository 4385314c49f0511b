#pragma once
// What must hold over all rows at once, whatever happened before: each claim is in one state, the
// money is where the states say, and the lists show what the rows hold.

#include <string>
#include <vector>

#include "simulation/client_record.hpp"
#include "support/ordered_map_store.hpp"

namespace wasl::test {

// What is wrong, in words; empty as it must be. `record`: what the clients asked and were answered.
[[nodiscard]] std::vector<std::string> faults_in(const OrderedRows& rows,
                                                 const ClientRecord& record);

// How often the histories reached what they are about.
struct Reached {
  std::size_t bordereaux = 0;
  std::size_t accepted = 0;  // Claims.
  std::size_t held = 0;
  std::size_t rejected = 0;
  std::size_t corrected = 0;
  std::size_t reduced = 0;       // Claims,
  std::size_t reduced_paid = 0;  // of these when they were paid already.
  std::size_t in_run = 0;        // Items of payouts.
  std::size_t runs_approved = 0;
  std::size_t runs_cancelled = 0;  // That had taken something.
  std::size_t exported = 0;        // Payouts of which the bank has said nothing for good,
  std::size_t paid = 0;
  std::size_t returned = 0;
  std::size_t proposed_again = 0;  // With something that came back before,
  std::size_t paid_anew = 0;       // and these were paid.
  std::size_t withheld = 0;        // With something withheld,
  std::size_t withheld_paid = 0;   // and these were paid.
  std::size_t files_applied = 0;
  std::size_t files_refused = 0;  // Or dropped.
  std::size_t days = 0;           // That began.
};
[[nodiscard]] Reached reached_in(const OrderedRows& rows);

}  // namespace wasl::test
