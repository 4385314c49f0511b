#include "cli/network_log.hpp"

namespace wasl::cli {
namespace {

// Each result and cause has lines of its own: a scanner does not crowd out a revoked pharmacy.
std::string event(std::string_view what, std::string_view cause) {
  return std::string(what) + "." + std::string(cause);
}

// 830 centres stay connected all day, and each matters. Pharmacies come and go.
bool worth_a_line(core::Role role, core::CloseCause cause) {
  switch (cause) {
    case core::CloseCause::kRevoked:
    case core::CloseCause::kBrokenFrame:
    case core::CloseCause::kTls:
    case core::CloseCause::kSlowReader:
    case core::CloseCause::kSlowFrame:
      return true;
    case core::CloseCause::kPeer:
    case core::CloseCause::kLost:
    case core::CloseCause::kIdle:
      return role == core::Role::kCentre;
    default:
      return false;
  }
}

}  // namespace

net::Notices notices_to(ops::Log& log) {
  net::Notices notices;
  notices.refused = [&log](core::HandshakeResult result, const core::Error& error,
                           const net::Notices::Address& address) {
    if (result == core::HandshakeResult::kClosed) return;  // Port scans, and lines that break.
    log.repeated_warning(event("handshake.refused", core::label(result)),
                         {{"address", address.to_string()}, {"error", error}});
  };
  notices.closed = [&log](const core::Participant& who, core::CloseCause cause,
                          const net::Notices::Address& address) {
    if (!worth_a_line(who.role, cause)) return;
    log.repeated_warning(event("connection.closed", core::label(cause)),
                         {{"participant", who}, {"address", address.to_string()}});
  };
  return notices;
}

}  // namespace wasl::cli
