#include "net/revocation.hpp"

#include <boost/asio/post.hpp>

#include "core/assert.hpp"

namespace wasl::net {

void ConnectionRegistry::add(const std::shared_ptr<Connection>& connection) {
  const core::MutexLock lock{mutex_};
  const bool added =
      connections_.emplace(connection.get(), Entry{connection->certificate(), connection}).second;
  WASL_ASSERT(added);
}

void ConnectionRegistry::remove(const Connection& connection) {
  const core::MutexLock lock{mutex_};
  connections_.erase(&connection);
}

std::size_t ConnectionRegistry::size() const {
  const core::MutexLock lock{mutex_};
  return connections_.size();
}

std::vector<std::shared_ptr<Connection>> ConnectionRegistry::select(
    const std::function<bool(const CertificateId&)>& wanted) const {
  const core::MutexLock lock{mutex_};
  std::vector<std::shared_ptr<Connection>> found;
  for (const auto& [key, entry] : connections_) {
    if (!wanted(entry.certificate)) continue;
    std::shared_ptr<Connection> connection = entry.connection.lock();
    if (connection) found.push_back(std::move(connection));
  }
  return found;
}

std::size_t ConnectionRegistry::close_revoked(const TlsContext& context) {
  std::vector<std::shared_ptr<Connection>> revoked =
      select([&context](const CertificateId& id) { return context.is_revoked(id); });
  // The reference moves into the handler: the last one must end on the connection's own thread.
  for (std::shared_ptr<Connection>& connection : revoked) {
    const asio::any_io_executor executor = connection->executor();
    asio::post(executor, [own = std::move(connection)] { own->close(core::CloseCause::kRevoked); });
  }
  return revoked.size();
}

void ConnectionRegistry::stop_all() {
  std::vector<std::shared_ptr<Connection>> all = select([](const CertificateId&) { return true; });
  for (std::shared_ptr<Connection>& connection : all) {
    const asio::any_io_executor executor = connection->executor();
    asio::post(executor, [own = std::move(connection)] { own->stop(); });
  }
}

}  // namespace wasl::net
