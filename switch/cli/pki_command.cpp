#include "cli/pki_command.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>

#include "cli/exit.hpp"
#include "cli/pki.hpp"

namespace wasl::cli {
namespace {

TimePoint now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

constexpr std::string_view kPki = "pki";

const char* kind_text(CertificateKind kind) {
  return kind == CertificateKind::kClient ? "client" : "server";
}

const char* state_text(const PkiEntry& entry, TimePoint at) {
  if (entry.revoked_at) return "revoked";
  return entry.not_after < at ? "expired" : "valid";
}

boost::json::object json_of(const PkiEntry& entry, TimePoint at) {
  boost::json::object object{{"serial", entry.serial},
                             {"subject", entry.subject},
                             {"kind", kind_text(entry.kind)},
                             {"state", state_text(entry, at)},
                             {"not_after", utc_text(entry.not_after)}};
  if (entry.revoked_at) object["revoked_at"] = utc_text(*entry.revoked_at);
  return object;
}

void print_list(const std::string& directory, bool json) {
  const std::vector<PkiEntry> entries = or_exit(pki_list(directory), kPki);
  const TimePoint at = now();
  boost::json::array array;
  for (const PkiEntry& entry : entries) {
    if (json) {
      array.push_back(json_of(entry, at));
    } else {
      std::cout << entry.serial << "  " << kind_text(entry.kind) << "  " << state_text(entry, at)
                << "  until " << utc_text(entry.not_after) << "  " << entry.subject << '\n';
    }
  }
  if (json) std::cout << boost::json::serialize(array) << '\n';
}

void print_status(const std::string& directory, bool json) {
  const PkiStatus status = or_exit(pki_show(directory), kPki);
  if (json) {
    const boost::json::object object{{"name", status.name},
                                     {"authority_expires", utc_text(status.authority_expires)},
                                     {"crl_expires", utc_text(status.crl_expires)},
                                     {"issued", status.issued},
                                     {"revoked", status.revoked}};
    std::cout << boost::json::serialize(object) << '\n';
    return;
  }
  std::cout << "authority         " << status.name << '\n'
            << "valid until       " << utc_text(status.authority_expires) << '\n'
            << "revocation list   until " << utc_text(status.crl_expires)
            << (status.crl_expires < now() ? " (expired: run `wasl pki crl`)" : "") << '\n'
            << "certificates      " << status.issued << ", of which revoked " << status.revoked
            << '\n';
}

std::shared_ptr<std::string> add_directory(Command command) {
  auto directory = std::make_shared<std::string>("pki");
  command.option("--dir", *directory, "The authority's directory").shows_default();
  return directory;
}

Command add_command(Command pki, const char* name, const char* what, const char* examples) {
  Command command = pki.command(name, what);
  command.examples(std::string{"Examples:\n  "} + examples);
  return command;
}

void add_init(Command pki) {
  Command command = add_command(pki, "init", "Makes a new authority: key, certificate, empty list",
                                "wasl pki init --dir pki");
  const auto directory = add_directory(command);
  const auto name = std::make_shared<std::string>(PkiInit{}.name);
  command.option("--name", *name, "The authority's name, 1 to 64 bytes").shows_default();
  command.runs([directory, name] {
    or_exit(pki_init({.directory = *directory, .name = *name, .now = now()}), kPki);
    std::cout << *directory << "/ca.crt, ca.key and ca.crl are made; keep ca.key off the servers\n";
  });
}

void add_issue(Command pki) {
  Command command =
      add_command(pki, "issue", "Issues a client's or a server's certificate with a new key",
                  "wasl pki issue --uri urn:wasl:provider:16-004512    a client\n"
                  "  wasl pki issue --dns switch.example --ip 10.0.0.1   a server");
  const auto options = std::make_shared<PkiIssue>();
  const auto valid_days = std::make_shared<int>(0);
  const auto directory = add_directory(command);
  command.option("--uri", options->uri, "A client: urn:wasl:<role>:<id>");
  command.option("--dns", options->dns_names, "A server's DNS name; may be repeated");
  command.option("--ip", options->ip_addresses, "A server's IP address; may be repeated");
  command.option("--name", options->file_name, "File name without suffix");
  command.option("--days", *valid_days, "Days of validity: 730 for clients, 397 for servers")
      .between(1, static_cast<int>(kAuthorityValid.count()));
  command.runs([options, valid_days, directory] {
    options->directory = *directory;
    options->now = now();
    if (*valid_days > 0) options->valid = days{*valid_days};
    const IssuedFiles files = or_exit(pki_issue(*options), kPki);
    std::cout << files.certificate_file << '\n'
              << files.key_file << '\n'
              << "serial " << files.serial << ", valid until " << utc_text(files.not_after) << '\n';
  });
}

void add_revoke(Command pki) {
  Command command = add_command(pki, "revoke", "Revokes certificates and makes a new list",
                                "wasl pki revoke urn:wasl:provider:16-004512");
  const auto subject = std::make_shared<std::string>();
  const auto directory = add_directory(command);
  command.option("subject", *subject, "Serial number, URI or server name").required();
  command.runs([subject, directory] {
    const std::size_t revoked =
        or_exit(pki_revoke({.directory = *directory, .subject = *subject, .now = now()}), kPki);
    std::cout << revoked << " revoked; give " << *directory
              << "/ca.crl to the switch and send it SIGHUP\n";
  });
}

void add_crl(Command pki) {
  Command command = add_command(pki, "crl", "Makes a new revocation list, before the old expires",
                                "wasl pki crl --days 30");
  const auto valid_days = std::make_shared<int>(static_cast<int>(kCrlValid.count()));
  const auto directory = add_directory(command);
  command.option("--days", *valid_days, "Days of validity").between(1, 366).shows_default();
  command.runs([valid_days, directory] {
    or_exit(pki_renew_crl({.directory = *directory, .now = now(), .valid = days{*valid_days}}),
            kPki);
    std::cout << "give " << *directory << "/ca.crl to the switch and send it SIGHUP\n";
  });
}

void add_view(Command pki, const char* name, const char* what,
              void (*print)(const std::string& directory, bool json)) {
  Command command =
      add_command(pki, name, what, (std::string{"wasl pki "} + name + " --json").c_str());
  const auto json = std::make_shared<bool>(false);
  const auto directory = add_directory(command);
  command.flag("--json", *json, "One JSON value on stdout");
  command.runs([directory, json, print] { print(*directory, *json); });
}

}  // namespace

void add_pki_commands(Command parent) {
  Command pki = parent.command("pki", "The network's certificates: issue, revoke, list");
  pki.examples(
      "Examples:\n"
      "  wasl pki init --dir pki                              a new authority\n"
      "  wasl pki issue --dns switch.example --ip 10.0.0.1    a server's certificate\n"
      "  wasl pki issue --uri urn:wasl:provider:16-004512     a client's\n"
      "  wasl pki revoke urn:wasl:provider:16-004512\n"
      "  wasl pki crl                                         a new list, at least every 30 days");
  pki.needs_a_command();
  add_init(pki);
  add_issue(pki);
  add_revoke(pki);
  add_crl(pki);
  add_view(pki, "list", "Every certificate issued, with its state", print_list);
  add_view(pki, "show", "The authority and its revocation list", print_status);
}

}  // namespace wasl::cli
