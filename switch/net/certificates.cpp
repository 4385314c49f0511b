#include "net/certificates.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace wasl::net {
namespace {

using core::Errc;

// Closes on the way out; reading needs no more than that.
struct Descriptor {
  explicit Descriptor(int opened) : fd(opened) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

core::Result<std::string> read_file(const std::string& path, bool secret) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status{};
  if (file.fd < 0 || ::fstat(file.fd, &status) != 0) {
    const Errc code = errno == ENOENT ? Errc::kNotFound : Errc::kIo;
    return core::fail(code, path + ": " + std::strerror(errno));
  }
  if (secret && (status.st_mode & 077) != 0) {
    return core::fail(Errc::kNotPermitted, path + ": others may read this key; run chmod 600");
  }
  if (!S_ISREG(status.st_mode) || static_cast<std::size_t>(status.st_size) > kPemFileBytesMax) {
    return core::fail(Errc::kLimit, path + ": not a plain file of at most 16 MiB");
  }
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t got = ::read(file.fd, text.data() + done, text.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return core::fail(Errc::kIo, path + ": cannot read all of it");
    done += static_cast<std::size_t>(got);
  }
  return text;
}

BioPtr memory_of(const std::string& text) {
  return BioPtr{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

// Reads until the PEM reader finds no further block; a broken block is an error, the end is none.
template <typename Pointer, typename Read>
core::Result<std::vector<Pointer>> read_blocks(const std::string& path, const char* what,
                                               Read read) {
  const core::Result<std::string> text = read_pem_file(path);
  if (!text) return std::unexpected(text.error());
  const BioPtr bio = memory_of(*text);
  std::vector<Pointer> found;
  ERR_clear_error();
  while (Pointer next{read(bio.get(), nullptr, nullptr, nullptr)}) found.push_back(std::move(next));
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  const std::string reason = take_openssl_error();
  if (!at_end) return core::fail(Errc::kMalformed, path + ": not a PEM " + what + ": " + reason);
  if (found.empty()) return core::fail(Errc::kMalformed, path + ": holds no PEM " + what);
  return found;
}

}  // namespace

core::Result<std::string> read_pem_file(const std::string& path) { return read_file(path, false); }

core::Result<std::string> read_secret_file(const std::string& path) {
  return read_file(path, true);
}

core::Result<KeyPtr> key_from_pem(const std::string& pem) {
  const BioPtr bio = memory_of(pem);
  // The empty passphrase keeps OpenSSL from asking at the terminal for an encrypted key.
  std::string no_passphrase;
  KeyPtr key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, no_passphrase.data())};
  if (!key) return core::fail(Errc::kMalformed, "not a PEM private key: " + take_openssl_error());
  return key;
}

core::Result<CertificatePtr> certificate_from_pem(const std::string& pem) {
  const BioPtr bio = memory_of(pem);
  CertificatePtr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
  if (!certificate) {
    return core::fail(Errc::kMalformed, "not a PEM certificate: " + take_openssl_error());
  }
  return certificate;
}

core::Result<KeyPtr> read_key_file(const std::string& path) {
  const core::Result<std::string> text = read_secret_file(path);
  if (!text) return std::unexpected(text.error());
  core::Result<KeyPtr> key = key_from_pem(*text);
  if (!key) return core::fail(key.error().code, path + ": " + key.error().context);
  return key;
}

core::Result<std::vector<CertificatePtr>> read_certificates(const std::string& path) {
  return read_blocks<CertificatePtr>(path, "certificate", PEM_read_bio_X509);
}

core::Result<std::vector<CrlPtr>> read_crls(const std::string& path) {
  return read_blocks<CrlPtr>(path, "revocation list", PEM_read_bio_X509_CRL);
}

TimePoint time_of(const ASN1_TIME* time) {
  std::tm fields{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &fields) != 1) return TimePoint{};
  return TimePoint{std::chrono::seconds{::timegm(&fields)}};
}

std::string common_name_of(const X509& certificate) {
  std::array<char, 256> text{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), NID_commonName, text.data(),
                            static_cast<int>(text.size()));
  return text.data();
}

}  // namespace wasl::net
