#include "cli/pki_index.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>

namespace wasl::cli {
namespace {

using core::Errc;

constexpr std::string_view kHeader = "wasl-pki 1 crl=";
constexpr std::size_t kFields = 5;

std::unexpected<core::Error> io_failed(const std::string& path) {
  return core::fail(errno == EEXIST ? Errc::kExists : Errc::kIo,
                    path + ": " + std::strerror(errno));
}

core::Result<void> write_and_sync(int descriptor, std::string_view content,
                                  const std::string& path) {
  bool ok = descriptor >= 0;
  while (ok && !content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    ok = written > 0;
    if (ok) content.remove_prefix(static_cast<std::size_t>(written));
  }
  ok = ok && ::fsync(descriptor) == 0;
  core::Result<void> result;
  if (!ok) result = io_failed(path);
  if (descriptor >= 0) ::close(descriptor);
  return result;
}

core::Result<void> sync_parent(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string parent = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int descriptor = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return write_and_sync(descriptor, {}, parent);
}

bool next_field(std::string_view& rest, char end, std::string_view& field) {
  const std::size_t at = rest.find(end);
  if (at == std::string_view::npos) return false;
  field = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return true;
}

std::optional<TimePoint> parse_utc(std::string_view text) {
  const std::string copy{text};
  std::tm fields{};
  const char* const end = ::strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%SZ", &fields);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return TimePoint{std::chrono::seconds{::timegm(&fields)}};
}

std::optional<PkiEntry> parse_entry(std::string_view line) {
  std::array<std::string_view, kFields> fields;
  for (std::size_t i = 0; i + 1 < kFields; ++i) {
    if (!next_field(line, '\t', fields[i])) return std::nullopt;
  }
  fields[kFields - 1] = line;
  const std::optional<TimePoint> not_after = parse_utc(fields[2]);
  std::optional<TimePoint> revoked_at;
  if (fields[3] != "-") {
    revoked_at = parse_utc(fields[3]);
    if (!revoked_at) return std::nullopt;
  }
  const bool client = fields[1] == "client";
  if (fields[0].empty() || (!client && fields[1] != "server") || !not_after) return std::nullopt;
  return PkiEntry{.serial = std::string{fields[0]},
                  .kind = client ? CertificateKind::kClient : CertificateKind::kServer,
                  .not_after = *not_after,
                  .revoked_at = revoked_at,
                  .subject = std::string{fields[4]}};
}

}  // namespace

std::string utc_text(TimePoint time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm fields{};
  ::gmtime_r(&seconds, &fields);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
  return {text.data(), size};
}

std::string format_index(const PkiIndex& index) {
  std::string text{kHeader};
  text += std::to_string(index.crl_number) + "\n";
  for (const PkiEntry& entry : index.entries) {
    text += entry.serial;
    text += entry.kind == CertificateKind::kClient ? "\tclient\t" : "\tserver\t";
    text += utc_text(entry.not_after);
    text += "\t" + (entry.revoked_at ? utc_text(*entry.revoked_at) : "-");
    text += "\t" + entry.subject + "\n";
  }
  return text;
}

core::Result<PkiIndex> parse_index(std::string_view text) {
  PkiIndex index;
  std::string_view line;
  if (!text.starts_with(kHeader) || !next_field(text, '\n', line)) {
    return core::fail(Errc::kCorrupt, "index: line 1: not an index of this version");
  }
  line.remove_prefix(kHeader.size());
  const auto parsed = std::from_chars(line.data(), line.data() + line.size(), index.crl_number);
  if (parsed.ec != std::errc{} || parsed.ptr != line.data() + line.size()) {
    return core::fail(Errc::kCorrupt, "index: line 1: the revocation list's number is no number");
  }
  while (!text.empty()) {
    std::optional<PkiEntry> entry;
    if (next_field(text, '\n', line)) entry = parse_entry(line);
    if (!entry) {
      return core::fail(Errc::kCorrupt, "index: line " + std::to_string(index.entries.size() + 2) +
                                            ": not an entry; restore the file from a backup");
    }
    index.entries.push_back(std::move(*entry));
  }
  return index;
}

core::Result<void> create_file(const std::string& path, std::string_view content, mode_t mode) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  const core::Result<void> written = write_and_sync(descriptor, content, path);
  if (!written) return written;
  return sync_parent(path);
}

core::Result<void> replace_file(const std::string& path, std::string_view content) {
  const std::string beside = path + ".new";
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const core::Result<void> written = write_and_sync(descriptor, content, beside);
  if (!written) return written;
  if (::rename(beside.c_str(), path.c_str()) != 0) return io_failed(path);
  return sync_parent(path);
}

}  // namespace wasl::cli
