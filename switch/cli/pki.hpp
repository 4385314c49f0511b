#pragma once
// The network's own authority in a directory: `wasl pki`. Files: ca.crt, ca.key (0600), ca.crl,
// index (every certificate ever issued), and per certificate NAME.crt and NAME.key (0600). The
// index is written before what it describes and replaced atomically, so that no certificate exists
// that cannot be revoked; a revocation enters the index before the list. One process at a time
// holds the directory's lock. Everything blocks. The caller gives the time.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/certificate_authority.hpp"
#include "core/result.hpp"

namespace wasl::cli {

using std::chrono::days;

inline constexpr days kAuthorityValid{3'650};
// Short enough that a lost list is noticed, long enough that a month's absence stops no pharmacy.
inline constexpr days kCrlValid{30};
// A client's key sits in a shop for two years; the few servers are renewed each year.
inline constexpr days kClientValid{730};
inline constexpr days kServerValid{397};
// Certificates begin this much early: a terminal's clock may be behind ours.
inline constexpr std::chrono::minutes kBackdated{5};

struct PkiInit {
  std::string directory{};  // Created, 0700, if absent; must not hold an authority.
  std::string name = "Wasl network authority";
  TimePoint now{};
  days valid = kAuthorityValid;
  days crl_valid = kCrlValid;
};
[[nodiscard]] core::Result<void> pki_init(const PkiInit& options);

struct PkiIssue {
  std::string directory{};
  std::string uri{};  // A client's urn:wasl:<role>:<id>; empty for a server's certificate.
  std::vector<std::string> dns_names{};     // Servers only; a server has a DNS name or an address.
  std::vector<std::string> ip_addresses{};  // Servers only.
  std::string file_name{};  // Without suffix; empty: made from the uri, or "server".
  TimePoint now{};
  std::optional<days> valid{};  // Default: kClientValid, kServerValid.
};
struct IssuedFiles {
  std::string serial{};
  std::string certificate_file{};
  std::string key_file{};
  TimePoint not_after{};
};
// kExists if the files are there: a key is never overwritten.
[[nodiscard]] core::Result<IssuedFiles> pki_issue(const PkiIssue& options);

struct PkiIssueClients {
  std::string directory{};
  std::vector<std::string> uris{};
  TimePoint now{};
  days valid = kClientValid;
  std::function<void(std::size_t issued)> progress{};  // Called now and then.
};
// One certificate and key per URI, in that order, given back in memory; only the index is written.
// About 0.4 ms each, most of it OpenSSL encoding the key.
[[nodiscard]] core::Result<std::vector<IssuedCertificate>> pki_issue_clients(
    const PkiIssueClients& options);

struct PkiRevoke {
  std::string directory{};
  std::string subject{};  // A serial number, or a URI or server name: all certificates with it.
  TimePoint now{};
  days crl_valid = kCrlValid;
};
// Gives how many certificates are now revoked that were not before; zero, with a new list all the
// same, if all were. kNotFound if there is no such certificate.
[[nodiscard]] core::Result<std::size_t> pki_revoke(const PkiRevoke& options);

struct PkiCrl {
  std::string directory{};
  TimePoint now{};
  days valid = kCrlValid;
};
// A new list with the same entries: to be made before the old one expires.
[[nodiscard]] core::Result<void> pki_renew_crl(const PkiCrl& options);

struct PkiEntry {
  std::string serial{};
  CertificateKind kind{};
  TimePoint not_after{};
  std::optional<TimePoint> revoked_at{};
  std::string subject{};
};
// In the order of issue.
[[nodiscard]] core::Result<std::vector<PkiEntry>> pki_list(const std::string& directory);

struct PkiStatus {
  std::string name{};
  TimePoint authority_expires{};
  TimePoint crl_expires{};
  std::size_t issued = 0;
  std::size_t revoked = 0;
};
[[nodiscard]] core::Result<PkiStatus> pki_show(const std::string& directory);

// "2026-11-22T05:14:45Z"
[[nodiscard]] std::string utc_text(TimePoint time);

}  // namespace wasl::cli
