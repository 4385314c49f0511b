#pragma once
// A working day of a whole country, made before it begins: its pharmacies with their claims, who
// decides at its payment centres, who pays for its funds. Blocking, one thread.

#include <string>
#include <vector>

#include "cli/load_claims.hpp"
#include "load/visits.hpp"

namespace wasl::cli {

struct DayPlan {
  std::string directory;  // As `wasl init` made it.
  std::string network;    // The sample that was imported into it.
  std::size_t pharmacies = 12'000;
  std::size_t claims_each = 25;
  std::size_t connections = 64;
  double arriving_per_second = 500;
  double closings_per_second = 0;  // 0: as fast as the connections allow.
};

// What a pharmacy sells in the day is of one fund: the first it has an agreement with.
struct DayPharmacy {
  core::FundCode fund;
  Envelopes claims;  // Some more than it needs: a few are declined.
};

struct FundOffice {
  Visitor proposer;
  Visitor approver;
};

struct DaySetting {
  Door door;  // Without a port.
  core::Day today{};
  std::vector<Visitor> visitors;        // The pharmacies,
  std::vector<DayPharmacy> pharmacies;  // in the same order.
  std::vector<Visitor> clerks;          // One of each centre that has pharmacies.
  std::vector<FundOffice> offices;
  std::vector<Visitor> arriving_at;  // Pharmacies from all over the country.
  Envelopes arriving;
};

// Issues the certificates. Errors: as read_load_setting(); kOutOfRange if fewer pharmacies sell.
[[nodiscard]] core::Result<DaySetting> prepare_day(const DayPlan& plan);

}  // namespace wasl::cli
