#pragma once
// A command that talks to a peer over mTLS, as it is typed: its files in a temporary directory, its
// certificate issued to whom the test says. The peer is the test's Network.

#include <string>
#include <utility>
#include <vector>

#include "cli/typed_command.hpp"
#include "net/network.hpp"
#include "wire/json.hpp"
#include "wire/requests.hpp"

namespace wasl::test {

class CommandOverTls : public ::testing::Test {
 protected:
  void connect(Network& network, const Authority& issuer,
               const char* uri = "urn:wasl:centre:16-001") {
    const auto centre = issuer.client(uri);
    write_file(path("centre.crt"), centre.certificate_pem);
    write_file(path("centre.key"), centre.key_pem, true);
    write_file(path("ca.crt"), network.authority().own().certificate_pem());
    write_file(path("refund.json"), *wire::to_json(refund().submit_claim(), true));
    port_ = std::to_string(network.listener().port());
  }
  void connect(Network& network) { connect(network, network.authority()); }
  void connect_as(Network& network, const char* uri) { connect(network, network.authority(), uri); }

  Typed type_whole(const cli::AddCommands& add, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(),
                     {"--server", "127.0.0.1:" + port_, "--certificate", path("centre.crt"),
                      "--key", path("centre.key"), "--authority", path("ca.crt"), "--outbox",
                      path("outbox"), "--timeout", "1500"});
    return test::type(add, std::move(arguments));
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return directory_.path() + "/" + name;
  }

 private:
  TemporaryDirectory directory_;
  std::string port_;
};

}  // namespace wasl::test
