#pragma once
// `wasl serve` (or another command of wasl) as a child process, which ends with the thread that
// started it. One thread.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace wasl::cli {

// The path of the running program: what `wasl` itself starts.
[[nodiscard]] std::string self_binary();

// Runs `binary` with these arguments until it ends with 0; its output goes to `log`, appended.
// Otherwise the error has its last words.
[[nodiscard]] core::Result<void> run_to_end(const std::string& binary,
                                            const std::vector<std::string>& arguments,
                                            const std::string& log);

struct ServerCommand {
  std::string binary;  // Of wasl.
  std::string config;
  std::string log;  // Gets its output, appended.
};

class ServerProcess {
 public:
  // Starts `wasl serve --config ...` and waits until it says that it is ready.
  [[nodiscard]] static core::Result<ServerProcess> start(const ServerCommand& command,
                                                         std::chrono::milliseconds patience);
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&& other) noexcept;
  ~ServerProcess();  // Kills it if it still runs.

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint16_t admin_port() const { return admin_port_; }

  // Memory that the process holds now; 0 if it cannot be read.
  [[nodiscard]] std::uint64_t resident_bytes() const;

  // SIGKILL: no destructor, no flush, nothing.
  void kill_now();
  // SIGTERM, then its exit code; killed if it takes longer than `patience`.
  [[nodiscard]] core::Result<int> stop(std::chrono::milliseconds patience);

 private:
  explicit ServerProcess(pid_t pid) : pid_(pid) {}

  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
};

}  // namespace wasl::cli
