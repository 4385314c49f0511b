#include "cli/init_command.hpp"

#include <iostream>
#include <memory>

#include "cli/exit.hpp"
#include "cli/init.hpp"

namespace wasl::cli {

void add_init_command(Command parent) {
  const auto options = std::make_shared<InitOptions>();
  options->funds = {"CNAS", "CASNOS", "AMO"};
  options->dns_names = {"localhost"};
  options->ip_addresses = {"127.0.0.1"};
  Command command = parent.command("init", "Make a new switch in a directory");
  command.examples(
      "Examples:\n"
      "  wasl init /var/lib/wasl --dns switch.example.dz --fund CNAS --fund CASNOS\n"
      "  wasl import --config /var/lib/wasl/wasl.toml config/sample\n"
      "  wasl serve --config /var/lib/wasl/wasl.toml");
  command.option("directory", options->directory, "Where; made if it is not there").required();
  command.option("--fund", options->funds, "Code of a fund; a card master key is made for each")
      .shows_default();
  command.option("--dns", options->dns_names, "Host names of the server's certificate")
      .shows_default();
  command.option("--ip", options->ip_addresses, "IP addresses of the server's certificate")
      .shows_default();
  command.runs([options] {
    options->now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    or_exit(init_switch(*options), "init");
    std::cout << "A switch is ready in " << options->directory << ". Next:\n"
              << "  wasl import --config " << options->directory << "/wasl.toml DIR\n"
              << "  wasl serve --config " << options->directory << "/wasl.toml\n";
  });
}

}  // namespace wasl::cli
