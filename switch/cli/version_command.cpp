#include "cli/version_command.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <rocksdb/version.h>

#include <boost/json.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "cli/version.hpp"
#include "core/decide.hpp"
#include "journal/format.hpp"
#include "store/applied_state.hpp"

namespace wasl::cli {
namespace {

// Of the libraries as they are loaded, which may be newer than those it was built with.
std::string rocksdb_version() { return rocksdb::GetRocksVersionAsString(true); }
std::string openssl_version() { return OpenSSL_version(OPENSSL_VERSION_STRING); }

std::string text() {
  return fmt::format(
      "wasl {}\n"
      "decider version   {}\n"
      "journal format    {}\n"
      "store format      {}\n"
      "compiler          {}, {}\n"
      "RocksDB           {}\n"
      "OpenSSL           {}",
      kVersion, core::kDeciderVersion, journal::kFormatVersion, store::kStoreFormatVersion,
      kCompiler, kBuildType, rocksdb_version(), openssl_version());
}

std::string json() {
  return boost::json::serialize(boost::json::object{{"version", kVersion},
                                                    {"decider_version", core::kDeciderVersion},
                                                    {"journal_format", journal::kFormatVersion},
                                                    {"store_format", store::kStoreFormatVersion},
                                                    {"compiler", kCompiler},
                                                    {"build_type", kBuildType},
                                                    {"rocksdb", rocksdb_version()},
                                                    {"openssl", openssl_version()}});
}

}  // namespace

void add_version_command(Command parent) {
  parent.version("--version", text, "What this build is, and the formats it writes");
  const auto as_json = std::make_shared<bool>(false);
  Command command = parent.command("version", "What this build is, and the formats it writes");
  command.examples(
      "Examples:\n"
      "  wasl version\n"
      "  wasl version --json    one object on stdout");
  command.flag("--json", *as_json, "One JSON object on stdout");
  command.runs([as_json] { std::cout << (*as_json ? json() : text()) << '\n'; });
}

}  // namespace wasl::cli
