#include "csv/network.hpp"

#include "csv/network_reader.hpp"

namespace wasl::csv {

Network read_network(const Open& open, const OnFile& on_file, Faults& faults) {
  Network network;
  const NetworkReader reader{open, on_file, faults, network};
  reader.wilayas();
  reader.funds();
  reader.participants();
  reader.centres();
  reader.agencies();
  reader.providers();
  reader.provider_agreements();
  reader.prescribers();
  reader.conditions();
  reader.inns();
  reader.products();
  reader.restrictions();
  reader.tarifs();
  return network;
}

}  // namespace wasl::csv
