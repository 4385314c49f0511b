#include "cli/pki.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "cli/pki_index.hpp"
#include "net/identity.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

constexpr mode_t kSecretMode = 0600;
constexpr mode_t kPublicMode = 0644;
constexpr std::size_t kProgressEvery = 256;

std::string path_of(const std::string& directory, std::string_view file) {
  return directory + "/" + std::string{file};
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

// The directory's lock; waits for another `wasl pki` to finish. Released with the object.
class Lock {
 public:
  explicit Lock(const std::string& directory)
      : descriptor_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) == 0;
  }
  ~Lock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int descriptor_;
  bool held_ = false;
};

std::unexpected<core::Error> no_directory(const std::string& directory) {
  return core::fail(Errc::kNotFound, directory + ": " + std::strerror(errno) +
                                         "; make the authority with `wasl pki init`");
}

core::Result<PkiIndex> read_index(const std::string& directory) {
  const core::Result<std::string> text = net::read_pem_file(path_of(directory, "index"));
  if (!text) {
    return core::fail(text.error().code,
                      text.error().context + "; make the authority with `wasl pki init`");
  }
  return parse_index(*text);
}

core::Result<void> write_index(const std::string& directory, const PkiIndex& index) {
  return replace_file(path_of(directory, "index"), format_index(index));
}

core::Result<CertificateAuthority> read_authority(const std::string& directory) {
  const core::Result<std::string> certificate = net::read_pem_file(path_of(directory, "ca.crt"));
  if (!certificate) return std::unexpected(certificate.error());
  const core::Result<std::string> key = net::read_secret_file(path_of(directory, "ca.key"));
  if (!key) return std::unexpected(key.error());
  return CertificateAuthority::from_pem(*certificate, *key);
}

// Counts the list's number up and stores it first, so that no two lists ever share one.
core::Result<void> write_crl(const CertificateAuthority& authority, PkiIndex& index,
                             const PkiCrl& options) {
  ++index.crl_number;
  const core::Result<void> counted = write_index(options.directory, index);
  if (!counted) return counted;
  CrlRequest request{.revoked = {},
                     .number = index.crl_number,
                     .this_update = options.now - kBackdated,
                     .next_update = options.now + options.valid};
  for (const PkiEntry& entry : index.entries) {
    if (entry.revoked_at) request.revoked.push_back({entry.serial, *entry.revoked_at});
  }
  const core::Result<std::string> pem = authority.crl_pem(request);
  if (!pem) return std::unexpected(pem.error());
  return replace_file(path_of(options.directory, "ca.crl"), *pem);
}

// "urn:wasl:provider:16-004512" gives "provider-16-004512".
std::string file_name_of(const PkiIssue& options) {
  if (!options.file_name.empty()) return options.file_name;
  if (options.uri.empty()) return "server";
  std::string name = options.uri.substr(std::string_view{"urn:wasl:"}.size());
  std::ranges::replace(name, ':', '-');
  return name;
}

// Tabs and line ends would break the index, slashes would leave the directory.
bool is_plain(std::string_view text) {
  return !text.empty() && text.front() != '.' &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '/'; });
}

core::Result<CertificateRequest> request_of(const PkiIssue& options) {
  const bool server = options.uri.empty();
  CertificateRequest request{
      .kind = server ? CertificateKind::kServer : CertificateKind::kClient,
      .uris = {},
      .dns_names = options.dns_names,
      .ip_addresses = options.ip_addresses,
      .validity = {options.now - kBackdated,
                   options.now + options.valid.value_or(server ? kServerValid : kClientValid)}};
  const bool has_names = !options.dns_names.empty() || !options.ip_addresses.empty();
  if (server != has_names) {
    return core::fail(Errc::kConfiguration,
                      "give either a client's URI, or a server's DNS names and IP addresses");
  }
  if (!std::ranges::all_of(options.dns_names, is_plain)) {
    return core::fail(Errc::kMalformed, "a DNS name holds a space, a slash or a control character");
  }
  if (server) return request;
  const core::Result<core::Participant> participant = net::parse_participant(options.uri);
  if (!participant) return std::unexpected(participant.error());
  request.uris.push_back(options.uri);
  return request;
}

std::string subject_of(const CertificateRequest& request) {
  if (!request.uris.empty()) return request.uris.front();
  return request.dns_names.empty() ? request.ip_addresses.front() : request.dns_names.front();
}

PkiEntry entry_of(const IssuedCertificate& issued, const CertificateRequest& request) {
  return {.serial = issued.serial,
          .kind = request.kind,
          .not_after = issued.not_after,
          .revoked_at = std::nullopt,
          .subject = subject_of(request)};
}

struct Opened {
  CertificateAuthority authority;
  PkiIndex index;
};

core::Result<Opened> open_authority(const std::string& directory, const Lock& lock) {
  if (!lock.held()) return no_directory(directory);
  core::Result<CertificateAuthority> authority = read_authority(directory);
  if (!authority) return std::unexpected(authority.error());
  core::Result<PkiIndex> index = read_index(directory);
  if (!index) return std::unexpected(index.error());
  return Opened{std::move(*authority), std::move(*index)};
}

}  // namespace

core::Result<void> pki_init(const PkiInit& options) {
  if (::mkdir(options.directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return core::fail(Errc::kIo, options.directory + ": " + std::strerror(errno));
  }
  const Lock lock{options.directory};
  if (!lock.held()) return no_directory(options.directory);
  if (exists(path_of(options.directory, "ca.key"))) {
    return core::fail(Errc::kExists, options.directory + ": there is an authority already");
  }
  const core::Result<CertificateAuthority> authority = CertificateAuthority::create(
      options.name, {options.now - kBackdated, options.now + options.valid});
  if (!authority) return std::unexpected(authority.error());
  const core::Result<void> key =
      create_file(path_of(options.directory, "ca.key"), authority->key_pem(), kSecretMode);
  if (!key) return key;
  const core::Result<void> certificate =
      create_file(path_of(options.directory, "ca.crt"), authority->certificate_pem(), kPublicMode);
  if (!certificate) return certificate;
  PkiIndex index;
  return write_crl(*authority, index, {options.directory, options.now, options.crl_valid});
}

core::Result<IssuedFiles> pki_issue(const PkiIssue& options) {
  const core::Result<CertificateRequest> request = request_of(options);
  if (!request) return std::unexpected(request.error());
  const std::string name = file_name_of(options);
  if (!is_plain(name)) {
    return core::fail(Errc::kMalformed,
                      "the file name is empty or holds a slash, space or dot first");
  }
  const std::string path = path_of(options.directory, name);
  const Lock lock{options.directory};
  core::Result<Opened> opened = open_authority(options.directory, lock);
  if (!opened) return std::unexpected(opened.error());
  if (exists(path + ".key") || exists(path + ".crt")) {
    return core::fail(Errc::kExists, path + ".key or .crt is there already; give another name");
  }
  const core::Result<IssuedCertificate> issued = opened->authority.issue(*request);
  if (!issued) return std::unexpected(issued.error());
  opened->index.entries.push_back(entry_of(*issued, *request));
  const core::Result<void> indexed = write_index(options.directory, opened->index);
  if (!indexed) return std::unexpected(indexed.error());
  const core::Result<void> key = create_file(path + ".key", issued->key_pem, kSecretMode);
  if (!key) return std::unexpected(key.error());
  const core::Result<void> certificate =
      create_file(path + ".crt", issued->certificate_pem, kPublicMode);
  if (!certificate) return std::unexpected(certificate.error());
  return IssuedFiles{issued->serial, path + ".crt", path + ".key", issued->not_after};
}

core::Result<std::vector<IssuedCertificate>> pki_issue_clients(const PkiIssueClients& options) {
  const Lock lock{options.directory};
  core::Result<Opened> opened = open_authority(options.directory, lock);
  if (!opened) return std::unexpected(opened.error());
  std::vector<IssuedCertificate> all;
  all.reserve(options.uris.size());
  for (const std::string& uri : options.uris) {
    const core::Result<CertificateRequest> request =
        request_of({.uri = uri, .now = options.now, .valid = options.valid});
    if (!request) return std::unexpected(request.error());
    core::Result<IssuedCertificate> issued = opened->authority.issue(*request);
    if (!issued) return std::unexpected(issued.error());
    opened->index.entries.push_back(entry_of(*issued, *request));
    all.push_back(std::move(*issued));
    if (options.progress && all.size() % kProgressEvery == 0) options.progress(all.size());
  }
  const core::Result<void> indexed = write_index(options.directory, opened->index);
  if (!indexed) return std::unexpected(indexed.error());
  return all;
}

core::Result<std::size_t> pki_revoke(const PkiRevoke& options) {
  const Lock lock{options.directory};
  core::Result<Opened> opened = open_authority(options.directory, lock);
  if (!opened) return std::unexpected(opened.error());
  std::size_t found = 0;
  std::size_t revoked = 0;
  for (PkiEntry& entry : opened->index.entries) {
    if (entry.serial != options.subject && entry.subject != options.subject) continue;
    ++found;
    if (entry.revoked_at) continue;
    entry.revoked_at = options.now;
    ++revoked;
  }
  if (found == 0) {
    return core::fail(Errc::kNotFound,
                      "no certificate has this serial number or subject; see "
                      "`wasl pki list`");
  }
  const core::Result<void> written = write_crl(opened->authority, opened->index,
                                               {options.directory, options.now, options.crl_valid});
  if (!written) return std::unexpected(written.error());
  return revoked;
}

core::Result<void> pki_renew_crl(const PkiCrl& options) {
  const Lock lock{options.directory};
  core::Result<Opened> opened = open_authority(options.directory, lock);
  if (!opened) return std::unexpected(opened.error());
  return write_crl(opened->authority, opened->index, options);
}

core::Result<std::vector<PkiEntry>> pki_list(const std::string& directory) {
  core::Result<PkiIndex> index = read_index(directory);
  if (!index) return std::unexpected(index.error());
  return std::move(index->entries);
}

core::Result<PkiStatus> pki_show(const std::string& directory) {
  const core::Result<PkiIndex> index = read_index(directory);
  if (!index) return std::unexpected(index.error());
  const auto authority = net::read_certificates(path_of(directory, "ca.crt"));
  if (!authority) return std::unexpected(authority.error());
  const auto crl = net::read_crls(path_of(directory, "ca.crl"));
  if (!crl) return std::unexpected(crl.error());
  const X509& certificate = *authority->front();
  return PkiStatus{
      .name = net::common_name_of(certificate),
      .authority_expires = net::time_of(X509_get0_notAfter(&certificate)),
      .crl_expires = net::time_of(X509_CRL_get0_nextUpdate(crl->front().get())),
      .issued = index->entries.size(),
      .revoked = static_cast<std::size_t>(std::ranges::count_if(
          index->entries, [](const PkiEntry& entry) { return entry.revoked_at.has_value(); }))};
}

}  // namespace wasl::cli
