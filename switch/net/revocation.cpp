#include "net/revocation.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "core/assert.hpp"

namespace wasl::net {

namespace {

bool any_revoked(const std::vector<CertificateId>& chain, const TlsContext& context) {
  return std::ranges::any_of(
      chain, [&context](const CertificateId& id) { return context.is_revoked(id); });
}

}  // namespace

bool is_revoked(const Connection& connection, const TlsContext& context) {
  return context.is_revoked(connection.certificate()) || any_revoked(connection.issuers(), context);
}

void ConnectionRegistry::add(const std::shared_ptr<Connection>& connection) {
  std::vector<CertificateId> chain{connection->certificate()};
  chain.insert(chain.end(), connection->issuers().begin(), connection->issuers().end());
  const core::MutexLock lock{mutex_};
  const bool added =
      connections_.emplace(connection.get(), Entry{std::move(chain), connection}).second;
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
    const std::function<bool(const Entry&)>& wanted) const {
  const core::MutexLock lock{mutex_};
  std::vector<std::shared_ptr<Connection>> found;
  for (const auto& [key, entry] : connections_) {
    if (!wanted(entry)) continue;
    std::shared_ptr<Connection> connection = entry.connection.lock();
    if (connection) found.push_back(std::move(connection));
  }
  return found;
}

std::size_t ConnectionRegistry::close_revoked(const TlsContext& context) {
  std::vector<std::shared_ptr<Connection>> revoked =
      select([&context](const Entry& entry) { return any_revoked(entry.chain, context); });
  // The reference moves into the handler: the last one must end on the connection's own thread.
  for (std::shared_ptr<Connection>& connection : revoked) {
    const asio::any_io_executor executor = connection->executor();
    asio::post(executor, [own = std::move(connection)] { own->close(core::CloseCause::kRevoked); });
  }
  return revoked.size();
}

void ConnectionRegistry::stop_all() {
  std::vector<std::shared_ptr<Connection>> all = select([](const Entry&) { return true; });
  for (std::shared_ptr<Connection>& connection : all) {
    const asio::any_io_executor executor = connection->executor();
    asio::post(executor, [own = std::move(connection)] { own->stop(); });
  }
}

}  // namespace wasl::net
