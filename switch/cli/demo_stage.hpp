#pragma once
// What the demo sets up before its first claim: directory, sample, switch, certificates. Blocking.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/demo_console.hpp"
#include "cli/demo_network.hpp"
#include "cli/demo_options.hpp"
#include "cli/fleet.hpp"
#include "cli/fund_keys.hpp"
#include "cli/scratch_directory.hpp"
#include "cli/server_process.hpp"

namespace wasl::cli {

// The directory the demo works in; removed at the end unless it is to be kept.
class DemoDirectory {
 public:
  // `keep`: that it is to be kept in, empty or absent; "": none. kExists: there is something in it.
  [[nodiscard]] static core::Result<DemoDirectory> make(const std::string& keep);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string sample() const { return path_ + "/sample"; }
  [[nodiscard]] std::string home() const { return path_ + "/switch"; }
  [[nodiscard]] std::string config() const { return home() + "/wasl.toml"; }
  [[nodiscard]] std::string log() const { return path_ + "/switch.log"; }

 private:
  explicit DemoDirectory(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::optional<ScratchDirectory> scratch_;  // Unless the directory is kept.
};

struct DemoStage {
  DemoDirectory directory;
  std::string binary;             // Of wasl.
  std::uint64_t connections = 0;  // That the switch accepts.
  core::Day today{};
  DemoNetwork network;
  FundKeys keys;
  std::shared_ptr<const net::TlsContext> tls;
  std::vector<Fleet::Seat> seats;  // Of all pharmacies, then of all payment centres.
};

// kLimit, with the way out, before anything is made, if this process or the switch's could not hold
// the connections.
[[nodiscard]] core::Result<DemoStage> set_up_demo(const DemoOptions& options, DemoConsole& console);

// Starts the switch, on the port of the time before if there was one.
[[nodiscard]] core::Result<ServerProcess> start_switch(const DemoStage& stage, std::uint16_t port);

}  // namespace wasl::cli
