#pragma once
// The established connections of a server, so that those of a revoked certificate can be found. Any
// thread may call; the mutex is taken when a connection begins or ends and during a reload, never
// per frame. Connections are closed on their own threads, within the time of one handler.

#include <cstddef>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/mutex.hpp"
#include "net/connection.hpp"
#include "net/tls_context.hpp"

namespace wasl::net {

// Its certificate, or one that stands between it and the authority.
[[nodiscard]] bool is_revoked(const Connection& connection, const TlsContext& context);

class ConnectionRegistry {
 public:
  // Holds no ownership: a connection lives as long as its session.
  void add(const std::shared_ptr<Connection>& connection);
  void remove(const Connection& connection);
  [[nodiscard]] std::size_t size() const;

  // Gives how many were told to close.
  std::size_t close_revoked(const TlsContext& context);
  // Ends the reading side of all: their sessions give the last answers and end.
  void stop_all();

 private:
  struct Entry {
    std::vector<CertificateId> chain;  // The certificate, then its issuers.
    std::weak_ptr<Connection> connection;
  };

  [[nodiscard]] std::vector<std::shared_ptr<Connection>> select(
      const std::function<bool(const Entry&)>& wanted) const;

  mutable core::Mutex mutex_;
  std::unordered_map<const Connection*, Entry> connections_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::net
