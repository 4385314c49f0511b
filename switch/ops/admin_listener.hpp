#pragma once
// The operator's pages over plain HTTP: /metrics, /livez, /readyz. One thread of its own, GET only,
// one request a connection. At its connection bound the oldest connection is closed for the newest,
// so that peers which never read cannot keep Prometheus out.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.hpp"
#include "ops/health.hpp"

namespace wasl::ops {

// Prometheus, a load balancer and an operator's browser need three.
inline constexpr std::size_t kAdminConnectionsMax = 64;
// What browsers send with their cookies is about 2 KiB.
inline constexpr std::uint32_t kAdminHeaderBytesMax = 8 * 1024;

struct AdminConfig {
  std::string address = "127.0.0.1";  // The pages name no person, but are for operators only.
  std::uint16_t port = 0;             // 0: the kernel chooses, see port().
  // From accept to the last byte of the answer: Prometheus itself gives up after 10 s.
  std::chrono::milliseconds deadline{5'000};
};

class AdminListener {
 public:
  // Called on the listener's thread.
  using Page = std::function<std::string()>;

  // Listens and starts the thread. `health` outlives the listener. kIo: the address cannot be used.
  [[nodiscard]] static core::Result<std::unique_ptr<AdminListener>> start(const AdminConfig& config,
                                                                          Page metrics,
                                                                          const Health& health);
  // Closes every connection and ends the thread.
  ~AdminListener();
  AdminListener(const AdminListener&) = delete;
  AdminListener& operator=(const AdminListener&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  class Server;
  explicit AdminListener(std::unique_ptr<Server> server);

  std::unique_ptr<Server> server_;
};

}  // namespace wasl::ops
