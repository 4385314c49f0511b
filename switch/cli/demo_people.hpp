#pragma once
// Who comes into the demo's story by name, each with a certificate and a key in files, as `wasl pki
// issue` makes them. Blocking.

#include <memory>
#include <string>
#include <vector>

#include "cli/demo_stage.hpp"

namespace wasl::cli {

struct DemoPerson {
  core::Participant me;
  std::string key_file;
  std::shared_ptr<const net::ClientCertificate> certificate;
};

struct DemoPeople {
  DemoPerson pharmacy;            // Its key signs its bordereaux.
  core::Registration registered;  // The pharmacy, as the switch imported it.
  core::FundCode fund;            // With which the pharmacy works.
  DemoPerson clerk;               // An operator of the pharmacy's payment centre.
  DemoPerson proposer;            // Two operators of the fund.
  DemoPerson approver;
  std::vector<DemoPerson> funds;  // All whose cards are about.

  [[nodiscard]] const DemoPerson& of_fund() const;
};

// kOutOfRange, with the way out, if the network has no pharmacy for a story.
[[nodiscard]] core::Result<DemoPeople> issue_people(const DemoStage& stage);

}  // namespace wasl::cli
