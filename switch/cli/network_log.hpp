#pragma once
// What of the network is worth a line in the log: handshakes that were refused, and connections
// that did not end as they should, or were a centre's. At most a few lines of one cause in ten
// seconds, whatever a peer does; metrics count all.

#include "net/listener.hpp"
#include "ops/log.hpp"

namespace wasl::cli {

// The log outlives the listener.
[[nodiscard]] net::Notices notices_to(ops::Log& log);

}  // namespace wasl::cli
